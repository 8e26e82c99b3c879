from datetime import UTC, datetime

import pytest

from dashboard import words
from imagescraper.photo import Photo


@pytest.mark.parametrize(
    ("slug", "name"),
    [
        ("cc-by-nc-sa-2.0", "CC BY-NC-SA 2.0"),
        ("cc0-1.0", "CC0 1.0"),
        ("all-rights-reserved", "All rights reserved"),
        (None, "Licence unknown"),
    ],
)
def test_licences_read_as_people_write_them(slug, name):
    assert words.license_name(slug) == name


@pytest.mark.parametrize(
    ("granularity", "text"),
    [(0, "5 March 2019"), (None, "5 March 2019"), (4, "March 2019"), (6, "2019"), (8, "about 2019")],
)
def test_dates_say_no_more_than_is_known(granularity, text):
    photo = Photo("flickr", "1", date_taken=datetime(2019, 3, 5, tzinfo=UTC), date_taken_granularity=granularity)
    assert words.date_taken(photo) == text


@pytest.mark.parametrize(
    ("granularity", "text"),
    [(0, "2019-03-05 07:08:09"), (None, "2019-03-05 07:08:09"), (4, "March 2019"), (6, "2019")],
)
def test_times_by_the_cameras_clock_name_no_zone(granularity, text):
    taken = datetime(2019, 3, 5, 7, 8, 9, tzinfo=UTC)
    assert words.time_taken(Photo("flickr", "1", date_taken=taken, date_taken_granularity=granularity)) == text
    assert words.time_taken(Photo("flickr", "1")) == ""


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (datetime(2019, 3, 5, 7, 8, 9, tzinfo=UTC), "2019-03-05 07:08:09 UTC"), (True, "yes"), (1234, "1,234"),
        (0.1 + 0.2, "0.3"), (["a", 1], "a, 1"), ({"type": "Point", "at": [1.5, 2]}, "type: Point; at: 1.5, 2"),
    ],
)  # fmt: skip
def test_values_read_as_text(value, text):
    assert words.value(value) == text


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://www.flickr.com/photo.gne?id=1", True), ("javascript:alert(1)", False), ("//flickr.com", False),
        ("data:text/html,x", False),
        ("javascript://flickr.com/%0aalert(1)", False), ("ftp://flickr.com/", False),
        ("https://", False), ("http://[", False), (None, False), ("", False),
    ],
)  # fmt: skip
def test_only_web_addresses_become_links(url, safe):
    assert words.safe_link(url) == (url if safe else None)
