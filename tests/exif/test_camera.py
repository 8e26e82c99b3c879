from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imagescraper.exif.camera import FACTS, camera

TAGS = {
    "Exif": {
        "Image": {"Make": "NIKON  CORPORATION\n", "Model": "NIKON D90", "Orientation": 6, "Artist": "Jane"},
        "Photo": {
            "FNumber": 2.8,
            "ExposureTime": 0.004,
            "ISOSpeedRatings": [400, 0],
            "FocalLength": 35,
            "FocalLengthIn35mmFilm": 52,
            "Flash": 25,
            "WhiteBalance": 0,
            "LensModel": "AF-S 35mm f/1.8G",
            "BodySerialNumber": "3001234",
            "DateTimeOriginal": "2012:06:06 14:17:31",
        },
        "GPSInfo": {"GPSLatitude": [5.0, 50.0, 21.0]},
    }
}  # fmt: skip


def test_gives_the_allowed_facts_and_no_others():
    assert camera(TAGS) == {
        "make": "NIKON CORPORATION",
        "model": "NIKON D90",
        "lens": "AF-S 35mm f/1.8G",
        "aperture": 2.8,
        "exposure_time": 0.004,
        "iso": 400,
        "focal_length": 35.0,
        "focal_length_35mm": 52,
        "flash": True,
        "white_balance": "auto",
        "orientation": 6,
    }


def test_every_fact_has_a_reason():
    assert all(fact.reason for fact in FACTS)
    assert len({fact.name for fact in FACTS}) == len(FACTS)


@pytest.mark.parametrize("tag", ["FNumber", "ExposureTime", "ISOSpeedRatings", "FocalLength", "FocalLengthIn35mmFilm"])
@pytest.mark.parametrize("value", [0, -1, None, nan, inf, "2.8", True, [], {}, {"_b64": "AA=="}])
def test_senseless_numbers_are_left_out(tag, value):
    assert camera({"Exif": {"Photo": {tag: value}}}) == {}


@pytest.mark.parametrize("value", ["", "   ", "x" * 65, 12, None, {"_text": "x", "_size": 1}])
def test_senseless_names_are_left_out(value):
    assert camera({"Exif": {"Image": {"Make": value}}}) == {}


def test_other_senseless_values_are_left_out():
    photo = {"Flash": 16.5, "WhiteBalance": 7, "ISOSpeedRatings": 65535}
    assert camera({"Exif": {"Photo": photo, "Image": {"Orientation": 36865}}}) == {}
    assert camera({"Exif": {"Photo": {"Flash": 16}}}) == {"flash": False}


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=3), inner, max_size=3)),
)


@given(st.dictionaries(st.sampled_from([fact.tag for fact in FACTS]), JSON), JSON)
def test_takes_anything(tags, anything):
    for exif in (anything, {"Photo": tags, "Image": tags}, {"Photo": anything, "Image": anything}):
        assert camera({"Exif": exif}).keys() <= {fact.name for fact in FACTS}
    assert camera({}) == {}
