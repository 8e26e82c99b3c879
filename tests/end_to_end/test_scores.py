"""Scores of a whole crawl: what cannot be scored, the paid scorer, and a model learned from two searches."""

import re

import pytest

from tests.conftest import REAL_DATA
from tests.end_to_end.project import Project, balanced
from tests.sandbox_server import running_sandbox


def test_what_no_scorer_knows_is_announced_and_null_and_no_photo_is_turned_away(project):
    done = project.crawl("term=cat", "limit=6", "labels=sky,cage,wedding,cat")
    assert done.returncode == 0, done.stderr
    for label in ("sky", "cage", "wedding"):
        assert f'"{label}" has no answer' in done.stderr
    rows = project.rows()
    assert len(rows) == 6
    for row in rows:
        values = {score["label"]: score["value"] for score in row["scores"]}
        assert (values["sky"], values["cage"], values["wedding"]) == (None, None, None)
        assert values["cat"] is not None


@pytest.mark.parametrize(("key", "words"), [("", "GOOGLE_VISION_KEY"), ("invalid", "API key not valid")])
def test_a_wrong_google_key_stops_before_the_first_download(project, sandbox, key, words):
    before = sandbox.stats()["roles"]
    done = project.crawl("term=cat", "scorer=google", GOOGLE_VISION_KEY=key, GOOGLE_VISION_URL=sandbox.url)
    lines = [line for line in done.stderr.splitlines() if "data key lies in" not in line]
    assert (done.returncode, len(lines)) == (2, 1), done.stderr
    assert words in lines[0]
    after = sandbox.stats()["roles"]
    assert {role: after.get(role, 0) for role in ("api", "image")} == {
        role: before.get(role, 0) for role in ("api", "image")
    }


def test_a_crawl_with_google_asks_in_batches_and_outlasts_a_busy_service(project, sandbox):
    before = sandbox.asked("vision")
    with sandbox.outage(0.5, "vision", status=429, retry_after=1):
        done = project.crawl(
            "term=cat", "limit=32", "labels=cat,beach", "scorer=google", "score_as=beach=feline",
            GOOGLE_VISION_KEY="c0ffee", GOOGLE_VISION_URL=sandbox.url,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "32 photos cost at most 0.12 dollars" in done.stderr
    rows = project.rows()
    assert balanced(project.report())
    assert sandbox.asked("vision") - before < 12
    assert not any(row["errors"] for row in rows if row["annotations"])
    cats = [score for row in rows for score in row["scores"] if score["label"] == "cat" and score["value"]]
    assert len(cats) > len(rows) / 2
    assert {score["coverage"] for score in cats} == {"exact"}
    assert "as:feline" in {score["coverage"] for row in rows for score in row["scores"] if score["label"] == "beach"}


def test_what_may_not_be_paid_is_stored_all_the_same(project, sandbox):
    done = project.crawl(
        "term=cat", "limit=6", "scorer=google", "max_cost=0.008",
        GOOGLE_VISION_KEY="c0ffee", GOOGLE_VISION_URL=sandbox.url,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    rows = project.rows()
    assert [row["scores"][0]["coverage"] for row in rows].count("unpaid") == len(rows) - 2
    assert "stored without scores" in done.stderr


@pytest.mark.realdata
def test_cage_is_learned_from_two_searches(tmp_path):
    with running_sandbox("--folder", str(REAL_DATA / "photos")) as sandbox:
        project = Project(tmp_path, sandbox.url)
        for term in ("monkey cage", "monkey wild"):
            assert project.crawl(f"term={term}").returncode == 0
    trained = project.scrapy("train", "cage", "--positive", "term=monkey cage", "--negative", "term=monkey wild")
    assert trained.returncode == 0, trained.stderr
    assert float(re.search(r"AUC (\d\.\d+)", trained.stdout)[1]) > 0.8
    scored = project.scrapy("score", "--label", "cage", "--report")
    assert "89  scored" in scored.stdout
    assert "suggested threshold" in scored.stdout
