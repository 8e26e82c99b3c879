import shutil

import pytest

from imagescraper.commands.train import side_of, term_of
from imagescraper.exceptions import WrongUse
from imagescraper.pipelines.scorers import learned_model
from tests.end_to_end.project import Project

TERMS = ("--positive", "term=cat", "--negative", "term=coffee")


@pytest.fixture(scope="module")
def first(tmp_path_factory, sandbox):
    project = Project(tmp_path_factory.mktemp("train"), sandbox.url)
    for term in ("cat", "coffee"):
        done = project.crawl(f"term={term}", "limit=25")
        assert done.returncode == 0, done.stderr
    return project


@pytest.fixture
def crawled(first, tmp_path, sandbox):
    """A collection of its own to every test."""
    shutil.copytree(first.folder, tmp_path, dirs_exist_ok=True)
    return Project(tmp_path, sandbox.url)


def model(project, label):
    store = project.store()
    found = learned_model(store, label)
    store.close()
    return found


def decide(project, label, accept):
    """Decide about every photo by the terms that found it."""
    store = project.store()
    for row in store.rows():
        store.decide(row["_id"], label, accept=accept(row))
    store.close()


def test_a_label_is_learned_from_terms_and_then_scored(crawled):
    done = crawled.scrapy("train", "tabby face", *TERMS)
    assert done.returncode == 0, done.stderr
    for words in ('Learned "tabby face"', "AUC", "precision", "most doubtful", "suggested threshold"):
        assert words in done.stdout
    learned = model(crawled, "tabby face")
    assert learned.provenance["positive_terms"] == ["cat"]
    assert learned.provenance["positive"] >= 10
    scored = crawled.scrapy("score", "--label", "tabby face")
    assert scored.returncode == 0, scored.stderr
    values = {True: [], False: []}
    for row in crawled.rows():
        score = next(score for score in row["scores"] if score["label"] == "tabby face")
        assert (score["scorer"], score["coverage"]) == ("learned", learned.coverage)
        values["cat" in row["search_terms"]].append(score["value"])
    assert sum(values[True]) / len(values[True]) > 0.6 > 0.4 > sum(values[False]) / len(values[False])


def test_what_was_learned_is_used_by_the_next_crawl(crawled):
    assert crawled.scrapy("train", "cup", *TERMS).returncode == 0
    done = crawled.crawl("term=rocket", "limit=5", "labels=cup,rocket")
    assert done.returncode == 0, done.stderr
    for row in crawled.rows():
        if "rocket" in row["search_terms"]:
            coverage = {score["label"]: score["coverage"] for score in row["scores"]}
            assert coverage["cup"].startswith("learned:cup-")
            assert not coverage["rocket"].startswith("learned:")


def test_decisions_overrule_terms(crawled):
    decide(crawled, "face", lambda row: "coffee" in row["search_terms"])
    done = crawled.scrapy("train", "face", *TERMS)
    assert done.returncode == 0, done.stderr
    assert model(crawled, "face").provenance["decided"] == len(crawled.rows())
    crawled.scrapy("score", "--label", "face")
    values = {
        side: [score["value"] for row in crawled.rows() if row["search_terms"] == [side]
               for score in row["scores"] if score["label"] == "face"]
        for side in ("cat", "coffee")
    }  # fmt: skip
    assert sum(values["coffee"]) / len(values["coffee"]) > 0.6 > 0.4 > sum(values["cat"]) / len(values["cat"])


def test_missing_embeddings_are_made_from_the_previews(crawled):
    store = crawled.store()
    before = dict(store.embeddings())
    store._connection.execute("DELETE FROM embeddings")
    store.close()
    assert crawled.scrapy("train", "face", *TERMS).returncode == 0
    store = crawled.store()
    assert dict(store.embeddings()).keys() == before.keys()
    store.close()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "name one label"),
        (["face"], "no photo of"),
        (["face", "--positive", "cat"], 'term="monkey cage"'),
        (["face", "--positive", "term=cat"], "0 negative photos"),
        (["face", "--positive", "term=nothing"], "no photo of"),
    ],
)
def test_wrong_use_is_one_line_and_status_2(crawled, arguments, words):
    done = crawled.scrapy("train", *arguments)
    assert (done.returncode, done.stderr.count("\n"), done.stdout) == (2, 1, ""), done.stderr
    assert words in done.stderr


def test_a_photo_found_by_both_sides_teaches_nothing():
    terms = {True: ["monkey cage"], False: ["monkey wild"]}
    assert side_of({"search_terms": ["Monkey Cage"]}, terms) is True
    assert side_of({"search_terms": ["monkey wild", "zoo"]}, terms) is False
    assert side_of({"search_terms": ["monkey cage", "monkey wild"]}, terms) is None
    assert side_of({"search_terms": ["zoo"]}, terms) is None


def test_a_term_may_hold_anything():
    assert term_of("term=monkey=cage") == "monkey=cage"
    with pytest.raises(WrongUse):
        term_of("tag=monkey")
