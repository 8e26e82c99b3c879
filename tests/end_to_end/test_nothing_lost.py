"""Outages, kills and interruptions: what is lost is counted, and is nothing."""

import json
import os
import random
import signal
import subprocess
import sys
import time

import pytest
from PIL import Image

from imagescraper.settings import EXTENSIONS
from tests.end_to_end.project import Project, balanced
from tests.sandbox_server import running_sandbox


@pytest.fixture(scope="module")
def flickr():
    with running_sandbox("--photos", "1200", "--seed", "5") as running:
        yield running


@pytest.fixture
def fresh(tmp_path, flickr):
    flickr.faults({})
    yield Project(tmp_path, flickr.url)
    flickr.faults({})


def truth(flickr, folder):
    """Return how many cats there are."""
    project = Project(folder, flickr.url)
    done = project.crawl("term=cat", "size=none")
    assert done.returncode == 0, done.stderr
    return project.report()["stored"]


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 503},
        {"status": 429},
        {"status": 429, "retry_after": 2},
        {"close": True},
        {"cut": True},
    ],
    ids=["503", "429", "429 with Retry-After", "closed", "cut"],
)
def test_an_outage_costs_no_photo(fresh, flickr, fault):
    with flickr.outage(4, "image", **fault):
        done = fresh.crawl("term=cat", "limit=30")
    assert done.returncode == 0, done.stderr
    assert fresh.report()["stored"] == 30


@pytest.mark.parametrize("fault", [{"unavailable": True}, {"invalid_json": True}, {"status": 500}])
def test_an_api_that_is_away_for_a_while_is_waited_for(fresh, flickr, fault):
    with flickr.outage(3, "api", **fault):
        done = fresh.crawl("term=cat", "limit=5", "size=none")
    assert done.returncode == 0, done.stderr
    assert fresh.report()["stored"] == 5


def test_single_failures_cost_no_photo(fresh, flickr):
    flickr.faults([{"status": 503, "share": 0.1, "role": "image"}, {"cut": True, "share": 0.05, "role": "image"}])
    done = fresh.crawl("term=cat", "limit=30")
    assert done.returncode == 0, done.stderr
    assert fresh.report()["stored"] == 30


def test_an_outage_that_lasts_ends_the_run_and_the_next_goes_on(fresh, flickr):
    flickr.faults({"status": 503, "share": 1.0, "role": "image"})
    done = fresh.crawl("term=cat", "limit=6", PATIENCE="3")
    report = fresh.report()
    assert done.returncode == 1
    assert "has not answered for 3 s: status 503" in done.stderr
    assert balanced(report)
    assert (report["stored"], report["lost"] + report["pending"]) == (0, 6)
    flickr.faults({})
    assert fresh.crawl("term=cat", "limit=6").returncode == 0
    assert fresh.report()["stored"] == 6


def test_a_host_that_is_not_well_is_asked_once_a_second_at_most(tmp_path):
    with running_sandbox("--photos", "500") as flickr:
        project = Project(tmp_path, flickr.url)
        with flickr.outage(8, "image", status=503):
            assert project.crawl("term=cat", "limit=30").returncode == 0
        # Those in flight when it began, one a second while it lasts, and each photo once.
        assert flickr.asked("image") <= 8 + 8 + 2 + 30


BROKEN_LEDGER = """
from imagescraper.extensions.ledger import LedgerExtension


class BrokenLedger(LedgerExtension):
    async def unknown(self, photos, window, *, pictures):
        if window.question.name == "horse":
            raise OSError("disk full")
        return await super().unknown(photos, window, pictures=pictures)
"""


def test_an_error_in_the_spider_ends_the_run_and_the_next_goes_on(fresh):
    (fresh.folder / "broken.py").write_text(BROKEN_LEDGER, encoding="utf-8")
    others = {name: order for name, order in EXTENSIONS.items() if "LedgerExtension" not in name}
    extensions = json.dumps({"broken.BrokenLedger": 100} | others)
    command = ["crawl", "flickr", "-a", "term=cat|horse", "-a", "size=none"]
    done = fresh.scrapy(*command, "-s", f"EXTENSIONS={extensions}")
    report = fresh.report()
    assert done.returncode == 1
    assert "an error in the spider (OSError): ended early" in done.stderr
    assert balanced(report)
    assert report["stored"] > 0
    assert report["pending"] > 0
    assert fresh.scrapy(*command).returncode == 0
    assert {term for row in fresh.rows() for term in row["search_terms"]} == {"cat", "horse"}
    assert len(fresh.rows()) == report["stored"] + fresh.report()["stored"]


def test_the_hourly_budget_is_kept_over_restarts(fresh, flickr):
    for _ in range(2):
        assert fresh.crawl("term=cat", "limit=3", "size=none").returncode == 0
    assert fresh.crawl("term=cat", "limit=3", "size=none", FLICKR_API_BUDGET="3").returncode == 0
    asked = flickr.asked("api")
    process = start(fresh, "term=cat", "limit=3", "size=none", FLICKR_API_BUDGET="3")
    wait_until(lambda: runs(fresh) == 4)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(timeout=3)
    assert flickr.asked("api") == asked
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=15)
    assert process.returncode == 0


def start(project, *arguments, **environment):
    given = [part for argument in arguments for part in ("-a", argument)]
    return subprocess.Popen(
        [sys.executable, "-m", "scrapy", "crawl", "flickr", *given],
        cwd=project.folder,
        env=os.environ | project.environment() | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def stored(project):
    try:
        return len(project.rows())
    except Exception:  # the collection is not there yet, or is being made
        return 0


def runs(project):
    """Return how many runs were begun."""
    store = project.store()
    begun = len(store.runs())
    store.close()
    return begun


def wait_until(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.02)


def test_a_wish_to_end_is_met_within_ten_seconds_and_loses_nothing(fresh, flickr, tmp_path_factory):
    everything = truth(flickr, tmp_path_factory.mktemp("truth"))
    flickr.faults({"delay": 0.2, "share": 1.0, "role": "image"})
    process = start(fresh, "term=cat")
    wait_until(lambda: stored(fresh) > 20)
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    output, errors = process.communicate(timeout=20)
    assert time.monotonic() - began < 10
    assert process.returncode == 0, errors
    assert "the same command goes on where this one stopped" in errors
    report = fresh.report()
    assert balanced(report)
    assert report["lost"] == 0
    assert report["pending"] > 0
    assert "pending" in output
    flickr.faults({})
    done = fresh.crawl("term=cat")
    assert done.returncode == 0, done.stderr
    assert balanced(fresh.report())
    assert len(fresh.rows()) == everything


@pytest.mark.parametrize("kills", [4])
def test_a_killed_crawl_loses_nothing(fresh, flickr, kills, tmp_path_factory):
    """The benchmark kills 40 times; see benchmarks/resilience.py."""
    seed = random.randrange(10**6)
    sys.stderr.write(f"seed {seed}\n")  # pytest shows it when the test fails
    dice = random.Random(seed)
    everything = truth(flickr, tmp_path_factory.mktemp("truth"))
    flickr.faults({"delay": 0.05, "share": 1.0, "role": "image"})
    for _ in range(kills):
        before = stored(fresh)
        process = start(fresh, "term=cat")
        wait_until(lambda before=before, process=process: stored(fresh) > before or process.poll() is not None)
        time.sleep(dice.random())
        process.kill()
        process.communicate()
    flickr.faults({})
    assert fresh.crawl("term=cat").returncode == 0
    rows = fresh.rows()
    assert len({row["_id"] for row in rows}) == len(rows) == everything
    for row in rows:
        with Image.open(fresh.images / row["filename"]) as picture:
            picture.load()
    assert balanced(fresh.report())


def test_a_finished_search_asks_only_for_what_is_new(fresh, flickr):
    assert fresh.crawl("term=cat", "size=none").returncode == 0
    first = fresh.report()
    assert fresh.crawl("term=cat", "size=none").returncode == 0
    second = fresh.report()
    assert first["stored"] > 100
    assert second["api_calls"] == 1
    assert (second["promised"], second["stored"]) == (0, 0)
