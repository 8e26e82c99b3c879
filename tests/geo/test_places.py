import math
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import numpy as np
import pytest

from imagescraper.geo.cities import Cities
from imagescraper.geo.places import NOWHERE, Place, Places


@pytest.fixture(scope="module")
def places():
    return Places()


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [
        pytest.param(5.8394, 118.1172, "MY", id="Sandakan, inside the box of the Philippines"),
        pytest.param(6.08, 118.31, "PH", id="Taganak"),
        pytest.param(6.175, 118.06, "MY", id="Selingan, nearer to a Philippine town"),
        pytest.param(51.4375, 4.9317, "BE", id="Baarle, an enclave"),
        pytest.param(41.9029, 12.4534, "VA", id="Vatican"),
        pytest.param(43.73, 7.43, "MC", id="Monaco's sea"),
        pytest.param(44.95, 34.1, "UA", id="Crimea"),
        pytest.param(11.05, 114.28, "PH", id="Spratly Islands"),
        pytest.param(21.0285, 105.8542, "VN", id="Hanoi"),
        pytest.param(-16.8, -179.95, "FJ", id="Taveuni, across the date line"),
        pytest.param(-17.8, 177.4, "FJ", id="Nadi, before it"),
        pytest.param(22.28, 114.16, "HK", id="Hong Kong, a territory"),
        pytest.param(78.22, 15.65, "SJ", id="Svalbard"),
        pytest.param(12.15, -68.27, "BQ", id="Bonaire, known to one source by three letters"),
        pytest.param(42.66, 21.16, "XK", id="Pristina"),
        pytest.param(35.89, -5.32, "ES", id="Ceuta"),
        pytest.param(-29.5, 28.0, "LS", id="Lesotho, a hole in another country"),
        pytest.param(-65.17, -64.14, "AQ", id="Petermann Island"),
        pytest.param(-90, 0, "AQ", id="South Pole"),
        pytest.param(-63.5, -75.0, None, id="sea south of 60° S"),
        pytest.param(0, -140, None, id="Pacific"),
        pytest.param(15, 123.9, None, id="110 km east of Luzon"),
        pytest.param(-20, 180, None, id="sea on the date line, east"),
        pytest.param(-20, -180, None, id="sea on the date line, west"),
        pytest.param(90, 0, None, id="North Pole"),
    ],
)
def test_the_country_is_right_or_none(places, lat, lon, code):
    assert places.locate(lat, lon).country_code == code


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        (0, 0),
        (0.0, -0.0),
        (None, None),
        (None, 3),
        (3, None),
        (math.nan, 3),
        (3, math.inf),
        (90.1, 3),
        (3, -180.1),
        (3, 500),
    ],
)
def test_what_is_no_position_is_nowhere(places, lat, lon):
    assert places.locate(lat, lon) == NOWHERE


def test_the_equator_and_the_meridian_are_positions(places):
    assert places.locate(0, 36.0).country_code == "KE"
    assert places.locate(51.478, 0).country_code == "GB"


def test_a_place_has_names(places):
    assert places.locate(5.8394, 118.1172) == Place("MY", "Malaysia", "Sandakan", uncertain=False)
    assert places.locate(51.4375, 4.9317).city == "Baarle-Hertog"


def test_the_city_lies_in_the_country_found(places):
    selingan = places.locate(6.175, 118.06)
    _, cities = places.load()
    philippine = places.locate(6.08, 118.31).city
    assert selingan.city in cities.names
    assert selingan.city not in (None, philippine)


@pytest.mark.parametrize(("lat", "lon", "code"), [(22, -5, "ML"), (23.5, 10, "DZ"), (-80, 30, "AQ"), (30, -40, None)])
def test_far_from_any_city_there_is_none(places, lat, lon, code):
    assert places.locate(lat, lon) == Place(code, places.locate(lat, lon).country, None, uncertain=False)


@pytest.mark.parametrize(
    ("lat", "lon", "uncertain"),
    [
        (44.95, 34.1, True),
        (35.2, 33.36, True),
        (11.05, 114.28, True),
        (14.6, 121.0, False),
        (18.4, -66.1, False),
        (0, -140, False),
        pytest.param(28.21, -177.37, False, id="Midway, a state to one source and its territory to the other"),
    ],
)
def test_disagreement_is_told(places, lat, lon, uncertain):
    assert places.locate(lat, lon).uncertain is uncertain


def test_a_gap_near_a_city_is_filled_and_uncertain(places):
    countries, _ = places.load()
    grid = np.random.default_rng(5).uniform((-60, -180), (75, 180), (40_000, 2)).T
    claims = countries.locate(*grid)
    gap = (claims.osm < 0) & (claims.coder >= 0)
    found = places.locate_many(*grid[:, gap])
    filled = [place for place in found if place.country_code]
    assert 0 < len(filled) < len(found)
    assert all(place.uncertain for place in filled)
    assert all(place == NOWHERE for place in found if not place.country_code)


def test_many_are_each_one(places):
    rng = np.random.default_rng(7)
    lats, lons = rng.uniform(-90, 90, 300), rng.uniform(-180, 180, 300)
    lats[::50] = math.nan
    together = places.locate_many(lats, lons)
    assert together == [places.locate(lat, lon) for lat, lon in zip(lats.tolist(), lons.tolist(), strict=True)]
    assert together[0] == NOWHERE
    assert len({place.country_code for place in together}) > 20


def test_the_country_alone_is_the_same_one(places):
    rng = np.random.default_rng(8)
    lats, lons = rng.uniform(-90, 90, 500), rng.uniform(-180, 180, 500)
    lats[::50], lons[:2], lats[:2] = math.nan, 0, 0
    countries, _ = places.load()
    codes = [countries.codes[index] for index in places.countries_of(lats, lons).tolist()]
    assert codes == [place.country_code for place in places.locate_many(lats, lons)]


def test_lists_with_gaps_are_taken(places):
    codes = [place.country_code for place in places.locate_many([5.8394, None, 0], [118.1172, 3, 0])]
    assert codes == ["MY", None, None]


def test_no_points_no_places(places):
    assert places.locate_many([], []) == []


def test_points_need_both_coordinates(places):
    with pytest.raises(ValueError, match="2 latitudes but 1 longitudes"):
        places.locate_many([1, 2], [3])


def test_nothing_is_read_for_photos_without_a_position(monkeypatch):
    monkeypatch.setattr(Cities, "load", None)
    assert Places().locate_many([None, 0, 91], [None, 0, 0]) == [NOWHERE] * 3


def test_threads_share_one_load(monkeypatch):
    real, loads = Cities.load, []
    monkeypatch.setattr(Cities, "load", lambda codes: loads.append(1) or real(codes))
    fresh, start = Places(), Barrier(8)

    def work(_):
        start.wait()
        return fresh.locate_many([5.8394, 6.175, 51.4375], [118.1172, 118.06, 4.9317])

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(work, range(8)))
    assert loads == [1]
    assert all(result == results[0] for result in results)
    assert [place.country_code for place in results[0]] == ["MY", "MY", "BE"]
