"""The question that the project began with: photos of the Philippines, without those of Sandakan in their box."""

import json
import urllib.parse
import urllib.request

import pytest

from sandbox.filters import place_id
from sandbox.places import PLACES
from tests.end_to_end.project import Project, balanced
from tests.sandbox_server import running_sandbox

#: Inside Sandakan alone.
AREA = {"type": "Polygon", "coordinates": [[[117.9, 5.7], [118.3, 5.7], [118.3, 6.0], [117.9, 6.0], [117.9, 5.7]]]}


@pytest.fixture(scope="module")
def flickr():
    with running_sandbox("--photos", "6000", "--seed", "7") as running:
        yield running


@pytest.fixture(scope="module")
def truth(flickr):
    """The ids of the placed photos of cats, by country and by city, as the sandbox itself knows them."""
    known = {}
    for number, place in enumerate(PLACES):
        form = {"method": "flickr.photos.search", "api_key": "x", "format": "json", "nojsoncallback": "1"}
        form |= {"text": "cat", "media": "photos", "place_id": place_id(number), "per_page": "500", "has_geo": "1"}
        address = f"{flickr.url}/services/rest/?{urllib.parse.urlencode(form)}"
        with urllib.request.urlopen(address, timeout=30) as answer:
            ids = {row["id"] for row in json.load(answer)["photos"]["photo"]}
        known[place.city] = ids
        known[place.country] = known.get(place.country, set()) | ids
    assert len(known["Sandakan"]) > 10
    assert len(known["Philippines"]) > 20
    return known


@pytest.fixture
def crawl(tmp_path, flickr):
    project = Project(tmp_path, flickr.url)

    def run(*arguments):
        done = project.crawl("term=cat", "size=none", *arguments)
        assert done.returncode == 0, done.stderr
        report = project.report()
        assert balanced(report)
        assert report["promised"] == report["came"]
        return {row["photo_id"] for row in project.rows()}, report, done.stdout

    return run


def test_the_originals_box_of_the_philippines_returns_sandakan(crawl, truth):
    came, report, _ = crawl("bbox=116 4 127 22")
    assert came == truth["Philippines"] | truth["Sandakan"]
    assert report["turned_away"] == 0


def test_the_originals_smaller_box_returns_no_sandakan_and_loses_palawan(crawl, truth):
    came, _, _ = crawl("bbox=119 6 127 22")
    assert not came & truth["Sandakan"]
    assert came == truth["Philippines"] - truth["Puerto Princesa"]


def test_the_country_returns_no_sandakan_and_loses_none(crawl, truth):
    came, report, printed = crawl("country=Philippines")
    assert came == truth["Philippines"]
    assert report["turned_away"] == len(truth["Sandakan"])
    assert f"turned away {len(truth['Sandakan']):>8}" in printed


@pytest.mark.parametrize("name", ["Malaysia", "Fiji", "フランス", "US", "Россия", "Chine|TWN"])
def test_other_countries_lose_none(crawl, truth, name):
    wanted = {"フランス": ["France"], "US": ["United States"], "Россия": ["Russia"], "Chine|TWN": ["China", "Taiwan"]}
    came, report, _ = crawl(f"country={name}")
    assert came == set().union(*(truth[country] for country in wanted.get(name, [name])))
    assert report["search"]["country"] == "|".join(wanted.get(name, [name]))


def test_a_limit_counts_the_photos_of_the_country(crawl, truth):
    came, report, _ = crawl("country=Philippines", "limit=9")
    assert len(came) == report["promised"] == 9
    assert came < truth["Philippines"]


def test_a_polygon(crawl, truth, tmp_path):
    (tmp_path / "area.geojson").write_text(json.dumps(AREA), encoding="utf-8")
    came, report, _ = crawl("polygon=area.geojson")
    assert came == truth["Sandakan"]
    assert report["search"]["polygon"].startswith("area.geojson")


def test_a_box_and_a_country_are_both_meant(crawl, truth):
    came, report, _ = crawl("country=Philippines", "bbox=116 4 119 22")
    assert came == truth["Puerto Princesa"]
    assert report["turned_away"] == len(truth["Sandakan"])
