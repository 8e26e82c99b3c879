"""Everything that matches comes, whatever Flickr does to hide it; benchmarks/search.py asks others the same."""

import pytest

from sandbox.filters import Filters
from sandbox.generated import generate
from tests.end_to_end.project import Project, balanced
from tests.sandbox_server import running_sandbox

SEED = 3


def truth(photos, **how):
    collection, _ = generate(photos, SEED, **how)
    return int(Filters(collection, fuzzy=False).mask({"text": "cat", "media": "photos"}).sum())


@pytest.mark.parametrize(
    ("photos", "options", "how"),
    [
        (20_000, ["--unstable", "--fuzzy"], {"fuzzy": True}),
        (17_000, ["--burst", "17000"], {"burst": 17_000}),
    ],
    ids=["changing order, loose dates", "all in one second"],
)
def test_nothing_that_matches_is_missing(tmp_path, photos, options, how):
    expected = truth(photos, **how)
    assert expected > 4000
    with running_sandbox("--photos", str(photos), "--seed", str(SEED), *options) as flickr:
        project = Project(tmp_path, flickr.url)
        done = project.crawl("term=cat", "size=none")
        assert done.returncode == 0, done.stderr
    report = project.report()
    assert balanced(report)
    assert (report["stored"], report["lost"], report["unavailable"]) == (expected, 0, 0)
    assert len(project.rows()) == expected
    assert sum(line["distinct"] for line in report["coverage"]) >= expected
    if "--unstable" in options:
        assert report["api_calls"] <= 1.5 * (expected / 500 + 1)
