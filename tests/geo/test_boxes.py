import math
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imagescraper.geo.boxes import Box
from tests.geo.inside import holds

MINUTES = Box(116 + 40 / 60, 4 + 40 / 60, 126 + 34 / 60, 21 + 10 / 60)

latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)


@st.composite
def boxes(draw):
    south, north = sorted((draw(latitudes), draw(latitudes)))
    west, east = draw(longitudes), draw(longitudes)
    return Box(west, south, east, north if any((west, south, east, north)) else 1)


@pytest.mark.parametrize(
    "text",
    [
        "116 4 127 22",
        "116,4,127,22",
        "116;4;127;22",
        "116, 4, 127, 22",
        "116; 4; 127; 22",
        "  116\t4 127 22 ",
        "116,4,127,22,",
        "116.0,4.0,127.0,22.0",
        "+116 4 127 22",
        "116°,4°,127°,22°",
        "116E 4N 127E 22N",
        "E116,N4,E127,N22",
        "4N 116E 22N 127E",
        "116E 127E 4N 22N",
    ],
)
def test_whole_degrees(text):
    assert Box.parse(text) == Box(116, 4, 127, 22)


@pytest.mark.parametrize(
    "text",
    [
        "116°40'E 4°40'N 126°34'E 21°10'N",
        "116 40 E, 4 40 N, 126 34 E, 21 10 N",
        "116°40′E; 4°40′N; 126°34′E; 21°10′N",
        "E 116°40' N 4°40' E 126°34' N 21°10'",
        "4°40'N 116°40'E 21°10'N 126°34'E",
        "116°40' 4°40' 126°34' 21°10'",
        "116° 40', 4° 40', 126° 34', 21° 10'",
        "116d40m0sE 4d40mN 126d34mE 21d10mN",
    ],
)
def test_degrees_and_minutes(text):
    box = Box.parse(text)
    edges = [
        (box.west, MINUTES.west),
        (box.south, MINUTES.south),
        (box.east, MINUTES.east),
        (box.north, MINUTES.north),
    ]
    for found, expected in edges:
        assert math.isclose(found, expected, abs_tol=1e-9)


@pytest.mark.parametrize(
    ("text", "box"),
    [
        ("116,5 4,25 127 22", Box(116.5, 4.25, 127, 22)),
        ("116,5 4,2 127,1 22", Box(116.5, 4.2, 127.1, 22)),
        ("116,5;4,25;127;22", Box(116.5, 4.25, 127, 22)),
        ("116,5E 4,25N 127E 22N", Box(116.5, 4.25, 127, 22)),
        ("-10,-20,30,40", Box(-10, -20, 30, 40)),
        ("−10 −20 30 40", Box(-10, -20, 30, 40)),
        ("10W 20S 30E 40N", Box(-10, -20, 30, 40)),
        ("177E 20S 178W 12S", Box(177, -20, -178, -12)),
    ],
)
def test_decimal_commas_signs_and_letters(text, box):
    assert Box.parse(text) == box


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "0 coordinates"),
        ("1 2 3", "3 coordinates"),
        ("1,2,3,4,5", "5 coordinates"),
        ("116 40 4 40 126 34 21 10", "8 coordinates"),
        ("116/4/127/22", "1 coordinates"),
        ("4N 116E", "2 coordinates"),
        ("a,b,c,d", "cannot read 'a' as degrees"),
        ("116,,127,22", "cannot read '' as degrees"),
        ("nan,4,127,22", "cannot read 'nan' as degrees"),
        ("116,4,inf,22", "cannot read 'inf' as degrees"),
        ("1e2,4,127,22", "cannot read '1e2' as degrees"),
        ("4s,4,127,22", "cannot read '4s' as degrees"),
        ("116 70 E, 4 N, 127 E, 22 N", "cannot read '116 70 E' as degrees"),
        ("116E about 4N 127E 22N", "cannot read 'about 4N' as degrees"),
        ("116E 4N 127E 22", "some of"),
        ("E116 4N 127E 22N", "some of"),
        ("116E 117E 127E 22N", "two longitudes"),
        ("-116W 4N 110W 22N", "both a sign and a letter"),
        ("181 4 182 22", "longitude beyond 180"),
        ("116 -91 127 22", "latitude beyond 90"),
        ("116 22 127 4", "swap the two latitudes"),
        ("0 0 0 0", "four zeros"),
    ],
)
def test_what_is_no_box_is_refused_in_one_line_with_the_remedy(text, message):
    with pytest.raises(ValueError, match=message) as refusal:
        Box.parse(text)
    said = str(refusal.value)
    assert "\n" not in said
    assert any(remedy in said for remedy in ("give min_lon,min_lat,max_lon,max_lat", "swap", "keep one"))


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_numbers_that_are_none_are_refused(bad):
    with pytest.raises(ValueError, match="finite"):
        Box(1, 2, bad, 4)


def test_text_is_what_flickr_takes():
    assert str(Box(116.5, 4.25, 127.0, -0.0 + 22)) == "116.5,4.25,127,22"
    assert str(Box(-0.0, 0.0000001, 100, 90)) == "0,0.0000001,100,90"


def test_a_box_across_the_date_line_is_two():
    fiji = Box.parse("177,-20,-178,-12").split()
    assert [str(part) for part in fiji] == ["177,-20,180,-12", "-180,-20,-178,-12"]


def test_an_ordinary_box_is_one():
    box = Box(116, 4, 127, 22)
    assert box.split() == [box]


@given(boxes(), latitudes, longitudes)
def test_the_parts_hold_exactly_the_points_of_the_box(box, lat, lon):
    parts = box.split()
    assert all(part.west <= part.east for part in parts)
    assert holds(box, lat, lon) == any(holds(part, lat, lon) for part in parts)


@given(boxes())
def test_the_text_reads_back_as_the_same_box(box):
    assert Box.parse(str(box)) == box


@given(st.one_of(st.text(), st.text("0123456789 .,;-°'NSEWdm")))
def test_any_text_is_read_or_refused(text):
    with suppress(ValueError):
        assert isinstance(Box.parse(text), Box)
