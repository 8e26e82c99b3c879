import shutil

import numpy as np
import pytest

from imagescraper.commands.score import answered, outcome_of
from imagescraper.vision.scorer import Score, Sight
from tests.end_to_end.project import Project

GOOGLE = {"GOOGLE_VISION_KEY": "c0ffee"}


@pytest.fixture(scope="module")
def first(tmp_path_factory, sandbox):
    project = Project(tmp_path_factory.mktemp("score"), sandbox.url)
    done = project.crawl("term=cat", "limit=20", "labels=cat,sky")
    assert done.returncode == 0, done.stderr
    assert '"sky" has no answer' in done.stderr
    return project


@pytest.fixture
def crawled(first, tmp_path, sandbox):
    """A collection of its own to every test."""
    shutil.copytree(first.folder, tmp_path, dirs_exist_ok=True)
    yield Project(tmp_path, sandbox.url)
    sandbox.faults({})


def scores(project, label):
    return [score for row in project.rows() for score in row["scores"] if score["label"] == label]


def test_the_crawl_keeps_an_embedding_of_every_photo(crawled):
    store = crawled.store()
    vectors = dict(store.embeddings())
    store.close()
    assert set(vectors) == {row["_id"] for row in crawled.rows()}
    assert all(np.isfinite(np.frombuffer(vector, np.float16)).all() for vector in vectors.values())
    assert {len(vector) for vector in vectors.values()} == {2560}


def test_a_label_nobody_knows_is_null_and_never_zero(crawled):
    assert [(score["value"], score["coverage"]) for score in scores(crawled, "sky")] == [(None, "none")] * 20


def test_new_labels_are_scored_from_the_previews(crawled, sandbox):
    before = sandbox.stats()["roles"]
    done = crawled.scrapy("score", "--label", "animal", "--label", "mono", "--score-as", "mono=dog")
    assert done.returncode == 0, done.stderr
    assert sandbox.stats()["roles"] == before
    assert "20  scored" in done.stdout
    assert all(score["value"] is not None for score in scores(crawled, "animal"))
    assert {score["coverage"] for score in scores(crawled, "mono")} == {"as:dog"}
    assert len(scores(crawled, "cat")) == 20


def test_what_is_scored_is_not_scored_again(crawled):
    assert crawled.scrapy("score", "--label", "dog").returncode == 0
    done = crawled.scrapy("score", "--label", "dog")
    assert "0  scored" in done.stdout
    assert "20  known" in done.stdout


def test_a_scoring_that_was_cut_short_goes_on_with_the_rest(crawled):
    store = crawled.store()
    rows = [row["_id"] for row in store.rows()]
    known = {"label": "dog", "value": 0.123, "scorer": "local", "coverage": "hypernym:118"}
    store.rescore({id_: {"scores": [known]} for id_ in rows[:13]})
    store.close()
    done = crawled.scrapy("score", "--label", "dog")
    assert "7  scored" in done.stdout
    assert [score["value"] for score in scores(crawled, "dog")].count(0.123) == 13


def test_google_answers_in_batches_and_everything_it_said_is_kept(crawled, sandbox):
    before = sandbox.stats()["roles"].get("vision", 0)
    done = crawled.scrapy("score", "--label", "feline", "--scorer", "google", GOOGLE_VISION_URL=sandbox.url, **GOOGLE)
    assert done.returncode == 0, done.stderr
    assert "20 photos cost at most 0.08 dollars" in done.stderr
    assert sandbox.stats()["roles"]["vision"] == before + 3  # the key, 16 photos, 4 photos
    for row in crawled.rows():
        assert row["annotations"]["labels"]
        assert row["annotations"]["safe_search"]["adult"] == "VERY_UNLIKELY"
    found = scores(crawled, "feline")
    assert {score["scorer"] for score in found} == {"google"}
    assert all(score["value"] is None or score["value"] >= 0.5 for score in found)
    assert {score["coverage"] for score in found if score["value"] is None} <= {"below:0.5"}


def test_no_more_is_spent_than_allowed_and_no_score_is_lost(crawled, sandbox):
    before = scores(crawled, "cat")
    google = {"GOOGLE_VISION_URL": sandbox.url, **GOOGLE}
    done = crawled.scrapy("score", "--label", "cat", "--scorer", "google", "--max-cost", "0.02", **google)
    assert done.returncode == 1
    assert "15  unpaid" in done.stdout
    after = scores(crawled, "cat")
    assert sum(score["scorer"] == "google" for score in after) == 5
    assert all(score in before for score in after if score["scorer"] == "local")
    again = crawled.scrapy("score", "--label", "cat", "--scorer", "google", **google)
    assert "15  scored" in again.stdout


def test_what_the_scorer_does_not_know_is_not_called_scored(crawled):
    done = crawled.scrapy("score", "--label", "serendipity")
    assert done.returncode == 0
    assert "without an answer" in done.stdout
    assert " 0  scored" in done.stdout


def test_the_report_helps_to_choose_a_threshold(crawled):
    store = crawled.store()
    rows = list(store.rows())
    for place, row in enumerate(rows):
        store.decide(row["_id"], "cat", accept=place % 2 == 0)
    store.close()
    done = crawled.scrapy("score", "--label", "cat", "--report")
    assert done.returncode == 0
    for words in ('"cat": 20 scores', "judged by 20 decided photos", "suggested threshold: "):
        assert words in done.stdout


@pytest.mark.parametrize(
    ("arguments", "environment", "words"),
    [
        (["cat"], {}, '--label "cat"'),
        (["--label", "cat", "--score-as", "mono"], {}, "--score-as"),
        (["--label", "cat", "--scorer", "google"], {"GOOGLE_VISION_KEY": ""}, "GOOGLE_VISION_KEY"),
        (["--label", "dog", "--scorer", "google"], {"GOOGLE_VISION_KEY": "invalid"}, "API key not valid"),
        (["--label", "dog"], {"STORE_URI": "sqlite:///nowhere/photos.sqlite"}, "no collection"),
    ],
)
def test_wrong_use_is_one_line_and_status_2(crawled, sandbox, arguments, environment, words):
    done = crawled.scrapy("score", *arguments, **({"GOOGLE_VISION_URL": sandbox.url} | environment))
    lines = [line for line in done.stderr.splitlines() if "WARNING" not in line]
    assert (done.returncode, len(lines), done.stdout) == (2, 1, ""), done.stderr
    assert words in lines[0]


def test_a_row_is_known_only_with_all_its_labels():
    class Always:
        def answered(self, score):
            return score.coverage == "exact"

    row = {"scores": [{"label": "cat", "value": 0.5, "scorer": "local", "coverage": "exact"}]}
    assert answered(Always(), row, ["cat"])
    assert not answered(Always(), row, ["cat", "dog"])


@pytest.mark.parametrize("coverage", ["failed", "unpaid"])
def test_one_failed_label_is_told(coverage):
    sight = Sight([Score("cat", 0.5, "learned", "learned:x"), Score("dog", None, "google", coverage)])
    assert outcome_of(sight) == coverage
