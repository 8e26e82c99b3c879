"""What `scrapy plan` says, and that it leaves no trace."""

import re

import pytest

from imagescraper.arguments import FlickrArguments


def counted(text, name):
    """Return the number that stands at a line of the plan."""
    found = re.search(rf"^  {name} +([\d,]+)", text, re.MULTILINE)
    return int(found.group(1).replace(",", ""))


def test_the_counts_are_what_a_crawl_stores(project, sandbox):
    before = sandbox.stats()["roles"].get("api", 0)
    done = project.plan("term=cat", "uploaded=2010..2020", "license=cc", "size=none")
    assert done.returncode == 0, done.stderr
    assert sandbox.stats()["roles"]["api"] - before == 1
    assert done.stderr == ""
    assert list(project.folder.iterdir()) == []
    crawled = project.crawl("term=cat", "uploaded=2010..2020", "license=cc", "size=none")
    assert crawled.returncode == 0
    rows = project.rows()
    assert 10 < len(rows) < 200
    assert all(2010 <= row["date_uploaded"].year <= 2020 and row["license"].startswith("cc") for row in rows)
    assert counted(done.stdout, "photos") == len(rows)
    assert counted(done.stdout, "API calls") == project.report()["api_calls"]


def test_words_costs_and_warnings(project):
    done = project.plan("term=cat", "languages=es,ja,zh,id", "labels=cat,zzz")
    assert done.returncode == 0, done.stderr
    for words in (
        "cat is taken for Q146, cat",
        "es         gato",
        "ja,zh      猫",
        " gato (es)",
        " 猫 (ja,zh)",
        "at most; what several words find is stored once",
        "3,600 an hour at most",
        "an estimate, by the sizes of",
        "calls of Flickr, and 2 of Wikidata",
        "warning: no word for cat in id",
        "warning: the local scorer does not know zzz",
    ):
        assert words in done.stdout
    assert list(project.folder.iterdir()) == []


def test_another_meaning_can_be_chosen(project):
    done = project.plan("term=cat", "languages=es", "entity=Q144")
    assert "cat is taken for Q144" in done.stdout
    assert "perro" in done.stdout


def test_a_collection_that_is_there_is_not_touched(project):
    project.crawl("term=cat", "limit=3", "size=none")
    before = {path: path.read_bytes() for path in project.folder.rglob("*") if path.is_file()}
    done = project.plan("term=dog", "languages=es")
    assert done.returncode == 0
    assert {path: path.read_bytes() for path in project.folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("arguments", "environment", "words"),
    [
        (["trem=cat"], {}, ["trem", "did you mean term?"]),
        (["term=cat"], {"FLICKR_KEY": ""}, ["FLICKR_KEY"]),
        (["term=cat"], {"FLICKR_KEY": "invalid"}, ["100", "Invalid API Key"]),
        (["term=xyzzy", "languages=es"], {}, ["xyzzy", "entity"]),
    ],
)
def test_wrong_use_is_one_line_and_status_2(project, arguments, environment, words):
    done = project.plan(*arguments, **environment)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert all(word in done.stderr for word in words)


def test_an_unknown_spider_is_wrong_use(project):
    done = project.scrapy("plan", "flicker")
    assert done.returncode == 2
    assert done.stderr == "scrapy plan: name the spider: scrapy plan flickr\n"


def test_help_lists_all_arguments(project):
    done = project.plan("help=1")
    assert (done.returncode, done.stderr, done.stdout) == (0, "", FlickrArguments.help())


def test_a_question_without_an_answer_is_no_success(project, sandbox):
    sandbox.faults({"status": 400, "share": 1.0, "role": "api"})
    done = project.plan("term=cat")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "a part of the search was given up" in done.stderr


@pytest.mark.parametrize("command", ["crawl", "plan"])
def test_a_group_that_is_not_for_everyone_is_one_line_and_status_2(command, project):
    done = getattr(project, command)("term=cat", "group=34427469792@N01")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.endswith("You don't have permission to view this pool; check user and group\n")


def test_a_plan_says_what_google_would_cost(project):
    done = project.plan("term=cat", "scorer=google", "limit=100")
    assert done.returncode == 0, done.stderr
    assert "at most, for scoring every photo" in done.stdout
    assert "dollars" in done.stdout
    assert "dollars" not in project.plan("term=cat", "limit=100").stdout
