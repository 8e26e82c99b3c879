import json
from datetime import UTC, datetime

import pytest

from imagescraper.flickr import photos
from tests.conftest import REAL_DATA

ROW = {
    "id": "30885328974",
    "owner": "12345678@N04",
    "ownername": "A. Person",
    "pathalias": "aperson",
    "title": "Macaque < 3",
    "description": {"_content": 'Seen in <a href="https://example.org">Sepilok</a>,<br />by &quot;us&quot;\nall'},
    "tags": "monkey borneo",
    "machine_tags": "taxonomy:genus=macaca",
    "license": "4",
    "dateupload": "1478000000",
    "datetaken": "2016-10-30 09:05:12",
    "datetakengranularity": 0,
    "datetakenunknown": "0",
    "latitude": "5.8394",
    "longitude": 118.1172,
    "accuracy": "16",
    "geo_is_public": 1,
    "views": "70",
    "count_comments": "2",
    "media": "photo",
    "url_o": "https://live.staticflickr.com/1/30885328974_abc_o.jpg",
    "url_l": "https://live.staticflickr.com/1/30885328974_def_b.jpg",
}


def test_a_whole_row():
    photo = photos.to_photo(ROW)
    assert photo.id == "flickr:30885328974"
    assert photo.title == "Macaque < 3"
    assert photo.description == 'Seen in Sepilok,\nby "us"\nall'
    assert (photo.tags, photo.machine_tags) == (["monkey", "borneo"], ["taxonomy:genus=macaca"])
    assert (photo.owner, photo.owner_name, photo.path_alias) == ("12345678@N04", "A. Person", "aperson")
    assert photo.date_uploaded == datetime(2016, 11, 1, 11, 33, 20, tzinfo=UTC)
    assert (photo.date_taken, photo.date_taken_granularity) == (datetime(2016, 10, 30, 9, 5, 12, tzinfo=UTC), 0)
    assert (photo.latitude, photo.longitude, photo.accuracy) == (5.8394, 118.1172, 16)
    assert photo.location == {"type": "Point", "coordinates": [118.1172, 5.8394]}
    assert (photo.views, photo.comment_count, photo.faves) == (70, 2, None)
    assert (photo.license, photo.license_url) == ("cc-by-2.0", "https://creativecommons.org/licenses/by/2.0/")
    assert photo.sizes == [ROW["url_o"], ROW["url_l"]]


def test_the_page_is_addressed_without_the_owner():
    photo = photos.to_photo(ROW)
    for text in (photo.page_url, photo.credit):
        assert "30885328974" in text
        assert "aperson" not in text
        assert "12345678" not in text


@pytest.mark.parametrize(
    ("html", "seen"),
    [
        ("I <3 cats and dogs > birds", "I <3 cats and dogs > birds"),
        ("5 < 6 and\n7 > 2", "5 < 6 and\n7 > 2"),
        ('<a href="https://example.org?a=b">one</a><!-- two --><IMG\nsrc=three /> &lt;b&gt;', "one <b>"),
        ("<br>", None),
    ],
)
def test_a_description_as_a_reader_sees_it(html, seen):
    assert photos.text(html) == seen


def test_a_row_with_nothing_but_its_id():
    photo = photos.to_photo({"id": "1"})
    assert (photo.title, photo.description, photo.tags, photo.sizes) == (None, None, [], [])
    assert (photo.date_taken, photo.latitude, photo.location, photo.license) == (None, None, None, None)


@pytest.mark.parametrize("value", ["../1", "1/2", "", "１２", "-5"])
def test_an_id_that_is_no_number_is_refused(value):
    with pytest.raises(ValueError, match="number"):
        photos.to_photo({"id": value})


@pytest.mark.parametrize(
    "row",
    [
        {"latitude": 0, "longitude": 0, "accuracy": 0},
        {"latitude": "0", "longitude": "0"},
        {},
        {"latitude": "91", "longitude": "5"},
        {"latitude": "x", "longitude": "5"},
        {"latitude": "nan", "longitude": "5"},
        {"latitude": 10**400, "longitude": "5"},
    ],
)
def test_no_place(row):
    assert photos.position(row) == (None, None)


def test_a_place_on_the_equator_and_meridian_is_a_place():
    assert photos.position({"latitude": 0, "longitude": 0, "geo_is_public": 1}) == (0.0, 0.0)
    assert photos.position({"latitude": 0, "longitude": "32.5"}) == (0.0, 32.5)


@pytest.mark.parametrize(
    "row",
    [
        {"datetaken": "0000-00-00 00:00:00"},
        {"datetaken": "0000-01-01 00:00:00", "datetakengranularity": "6"},
        {"datetaken": "2016-10-30 09:05:12", "datetakenunknown": "1"},
        {"datetaken": "2016-13-45 09:05:12"},
        {},
    ],
)
def test_an_unknown_date_is_none(row):
    assert photos.taken(row) == (None, None)


def test_a_licence_since_added_is_recorded():
    photo = photos.to_photo({"id": "1", "license": "99"})
    assert photo.license == "flickr-99"
    assert photo.errors == ["licence 99 is not known to this version"]


@pytest.mark.realdata
def test_recorded_rows():
    rows = [json.loads(line) for line in (REAL_DATA / "flickr" / "recorded_photos.jsonl").read_text().splitlines()]
    read = [photos.to_photo(row) for row in rows]
    assert len(read) == len(rows) > 300
    assert sum(photo.latitude is not None for photo in read) > 20
    # Rows of albums do not repeat the owner.
    assert sum(photo.owner is not None for photo in read) > 300
    assert not any("</" in (photo.description or "") for photo in read)


class East:
    def contains(self, lats, lons):
        return lons > 0


class North:
    def contains(self, lats, lons):
        return lats > 0


def test_rows_outside_an_area_or_without_a_place_are_named():
    rows = [
        {"id": "1", "latitude": "5.8", "longitude": 118.1},
        {"id": 2, "latitude": 5.8, "longitude": -118.1},
        {"id": "3", "latitude": -5.8, "longitude": 118.1},
        {"id": "4", "latitude": 0, "longitude": 0},
        {"id": "5"},
    ]
    assert photos.outside_ids(rows, [East()]) == {"2", "4", "5"}
    assert photos.outside_ids(rows, [East(), North()]) == {"2", "3", "4", "5"}
    assert photos.outside_ids([], [East()]) == set()
