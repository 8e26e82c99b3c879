import pytest

from dashboard.collection import Collection
from dashboard.panels import detail, parts
from imagescraper.photo import FIELDS
from tests.dashboard import sample


@pytest.fixture
def told(settings):
    """Return everything that the drawer says of one photo, as text."""

    def text(id_):
        collection = Collection(settings)
        body = str([part.to_plotly_json() for part in detail._photo(collection.photo(id_)) if part is not None])
        collection.close()
        return body

    return text


def test_tells_every_plain_fact_and_no_token(told):
    body = told("flickr:1000")
    for text in (
        "NIKON",
        "exposure time",
        "local EfficientNet-Lite2",
        "coverage exact",
        "120,000",
        "Seen from the road.",
    ):
        assert text in body
    for name in ("owner_name", "owner", "exif"):
        assert FIELDS[name].label in body
    assert FIELDS["path_alias"].label not in body
    assert sample.TOKEN not in body


def test_only_times_of_a_known_zone_name_it(told, photos):
    assert f"'{photos[0].date_taken:%Y-%m-%d %H:%M:%S}'" in told("flickr:1000")
    assert told("flickr:1000").count(" UTC'") == 1


def test_links_only_to_web_addresses(told):
    assert "photo.gne" in told("flickr:1000")
    assert "noopener noreferrer" in told("flickr:1000")
    assert "'javascript:" not in told("flickr:1001")


@pytest.mark.parametrize("link", [None, "", 5, [], "#", "photo=1", "#other=1"])
def test_other_links_open_nothing(link):
    assert parts.photo_of(link) is None


def test_a_link_opens_its_photo():
    assert parts.photo_of(parts.photo_link("flickr:1")) == "flickr:1"
