"""One search in many languages, from the command line to the export."""

import json

import pytest

from tests.end_to_end.project import Project, balanced

LANGUAGES = ("es", "fr", "ja", "de", "zh", "ar", "ru")


@pytest.fixture(scope="module")
def crawled(tmp_path_factory, sandbox):
    project = Project(tmp_path_factory.mktemp("languages"), sandbox.url)
    done = project.crawl("term=cat", f"languages={','.join(LANGUAGES)}", "size=none", LC_ALL="C")
    assert done.returncode == 0, done.stderr
    return project, done


def test_eight_languages_find_more_than_english_and_each_photo_once(crawled, project):
    assert project.crawl("term=cat", "size=none").returncode == 0
    english = {row["photo_id"] for row in project.rows()}
    everything = [row["photo_id"] for row in crawled[0].rows()]
    assert len(everything) == len(set(everything))
    assert english < set(everything)
    assert balanced(crawled[0].report())
    assert crawled[0].report()["stored"] == len(everything)


def test_each_photo_keeps_the_word_and_the_language_that_found_it(crawled):
    rows = crawled[0].rows()
    for row in rows:
        assert row["search_languages"]
        assert {found.partition(":")[2] for found in row["search_languages"]} <= set(row["search_terms"])
    found = {entry for row in rows for entry in row["search_languages"]}
    assert {"en:cat", "es:gato", "fr:chat", "de:Katze", "ja:猫", "zh:猫", "ar:قطة", "ru:кошка"} >= found
    assert {"en:cat", "ja:猫", "zh:猫", "ar:قطة"} <= found


def test_words_of_all_scripts_reach_the_export(crawled):
    done = crawled[0].scrapy("export", "--columns", "classic", "-", LC_ALL="C")
    terms = {json.loads(line)["search term"] for line in done.stdout.splitlines()}
    assert any("قطة" in term for term in terms)
    assert any("猫" in term for term in terms)


def test_the_same_search_again_asks_flickr_for_the_same_words_and_wikidata_for_nothing(crawled, sandbox):
    project, _ = crawled
    arguments = ("term=cat", f"languages={','.join(LANGUAGES)}", "size=none")
    done = project.crawl(*arguments, WIKIDATA_API_URL=f"{sandbox.url}/w/api.php")
    assert done.returncode == 0, done.stderr
    asked = sandbox.stats()["roles"]
    project.crawl(*arguments)
    assert sandbox.stats()["roles"].get("wikidata", 0) == asked.get("wikidata", 0)


def test_right_to_left_and_unspaced_terms_survive(project):
    terms = "قطة|猫|кошка|chat -noir"
    done = project.crawl(f"term={terms}", "size=none", LC_ALL="C")
    assert done.returncode == 0, done.stderr
    assert f'term="{terms}"' in done.stdout
    assert project.report()["search"]["term"] == terms
    stored = {term for row in project.rows() for term in row["search_terms"]}
    assert {"قطة", "猫", "кошка"} <= stored
    store = project.store()
    assert store.runs()[-1]["search"]["term"] == terms
    store.close()


def test_a_term_that_has_no_word_is_logged_in_its_own_script(project):
    done = project.crawl("term=قطة", "languages=ar,id", "size=none", LC_ALL="C")
    assert done.returncode == 0, done.stderr
    assert "no word for قطة in id" in done.stderr
