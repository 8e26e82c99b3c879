import pytest

from imagescraper.geo.points import Point


@pytest.mark.parametrize(
    "text",
    ["5.84,118.11", "5.84, 118.11", "5.84 118.11", "5,84 118,11", "5.84N 118.11E", "118.11E 5.84N", "5.84;118.11"],
)
def test_decimals(text):
    assert Point.parse(text) == Point(5.84, 118.11)


@pytest.mark.parametrize("text", ["5°50'N 118°7'E", "118°7'E, 5°50'N", "N5°50' E118°7'", "5°50' 118°7'"])
def test_degrees_and_minutes(text):
    point = Point.parse(text)
    assert (point.latitude, point.longitude) == pytest.approx((5 + 50 / 60, 118 + 7 / 60))


def test_south_and_west_are_negative():
    assert Point.parse("33.9S 18.4E") == Point(-33.9, 18.4)
    assert Point.parse("-33.9,-70.6") == Point(-33.9, -70.6)


@pytest.mark.parametrize(
    "text",
    ["", "5.84", "5.84,118.11,3", "118.11,5.84", "here and there", "5N 6N", "5E 6E", "nan nan", "91,0", "0,181"],
)
def test_what_is_no_point_is_said_in_one_line(text):
    with pytest.raises(ValueError, match="latitude and then the longitude") as caught:
        Point.parse(text)
    assert "\n" not in str(caught.value)


def test_the_text_of_a_point_is_one():
    assert Point.parse(str(Point(-0.5, 118.1172))) == Point(-0.5, 118.1172)
