from math import inf, nan

import pytest

from imagescraper.exif.gps import gps


def tags(latitude, longitude, north="N", east="E"):
    info = {"GPSLatitude": latitude, "GPSLongitude": longitude, "GPSLatitudeRef": north, "GPSLongitudeRef": east}
    return {"Exif": {"GPSInfo": {name: value for name, value in info.items() if value is not None}}}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (tags([5.0, 50.0, 21.84], [118, 7, 1.56]), (5.8394, 118.1171)),
        (tags([5.0, 50.0, 21.84], [118, 7, 1.56], "S", "W"), (-5.8394, -118.1171)),
        (tags([5.5, 0, 0], [118.25], " n", "east"), (5.5, 118.25)),
        (tags(5.5, [118, 15]), (5.5, 118.25)),
        (tags([0, 0, 0], [6, 0, 0]), (0, 6)),
        (tags([90, 0, 0], [180, 0, 0]), (90, 180)),
    ],
)
def test_signed_degrees(given, expected):
    assert gps(given) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"Exif": "?"},
        {"Exif": {"GPSInfo": []}},
        tags([None, None, None], [None, None, None]),
        tags([5, 50, None], [118, 7, 1]),
        tags([0, 0, 0], [0, 0, 0]),
        tags([5, 50, 21], None),
        tags([5, 50, 21], [118, 7, 1], None),
        tags([5, 50, 21], [118, 7, 1], "N", ""),
        tags([5, 50, 21], [118, 7, 1], "N", 7),
        tags([91, 0, 0], [118, 7, 1]),
        tags([5, 50, 21], [180, 0, 1]),
        tags([-5, 0, 0], [118, 7, 1]),
        tags([nan, 0, 0], [118, 7, 1]),
        tags([5, inf, 0], [118, 7, 1]),
        tags(["5", "50", "21"], [118, 7, 1]),
        tags([5, 50, 21, 3], [118, 7, 1]),
        tags([], [118, 7, 1]),
        tags([True], [118, 7, 1]),
        tags({"_b64": ""}, [118, 7, 1]),
    ],
)
def test_none_where_there_is_no_place(given):
    assert gps(given) is None
