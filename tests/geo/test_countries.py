import numpy as np
import pytest
import shapely

from imagescraper.geo.countries import NONE, Countries


@pytest.fixture(scope="module")
def countries():
    return Countries.load()


def test_codes_names_and_states_go_together(countries):
    assert len(countries.codes) == len(countries.names) == len(countries.sovereigns)
    assert countries.codes[NONE] is None
    assert countries.names[NONE] is None
    assert countries.sovereigns[NONE] == NONE
    codes = countries.codes[:-1]
    assert codes == sorted(set(codes))
    assert all(countries.names[:-1])
    assert {"PH", "XK", "BQ", "AQ", "HK"} < set(codes)
    assert not {"EU", "UN", "FX"} & set(codes)


@pytest.mark.parametrize(
    ("territory", "state"), [("HK", "CN"), ("PR", "US"), ("GL", "DK"), ("PH", "PH"), ("XK", "XK")]
)
def test_a_territory_belongs_to_a_state(countries, territory, state):
    assert countries.codes[countries.sovereigns[countries.codes.index(territory)]] == state


def test_both_sources_are_asked(countries):
    lats, lons = np.array([14.6, 44.95, 15.0, 0.0]), np.array([121.0, 34.1, 123.9, -140.0])
    claims = countries.locate(lats, lons)
    assert [countries.codes[index] for index in claims.osm] == ["PH", "UA", None, None]
    assert [countries.codes[index] for index in claims.coder] == ["PH", "RU", "PH", None]


def test_no_points_no_countries(countries):
    claims = countries.locate(np.array([]), np.array([]))
    assert len(claims.osm) == len(claims.coder) == 0


def test_territories_of_a_state(countries):
    def of(code):
        return [countries.codes[index] for index in countries.territories(countries.codes.index(code))]

    assert of("CN") == ["HK", "MO"]
    assert of("PH") == of("HK") == []
    assert {"RE", "GP", "GF"} < set(of("FR"))


def test_the_pieces_of_a_country_have_no_other_country_in_them(countries):
    italy, vatican = countries.codes.index("IT"), countries.codes.index("VA")
    for source in countries.pieces(italy):
        assert not any(shapely.intersects_xy(source, 12.4534, 41.9029))
    assert all(any(shapely.intersects_xy(source, 12.4534, 41.9029)) for source in countries.pieces(vatican))
