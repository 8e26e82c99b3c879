import json
import math

import numpy as np
import pytest

from imagescraper.geo.areas import CountryArea, PolygonArea
from imagescraper.geo.places import shared
from tests.geo.inside import holds

SQUARE = {"type": "Polygon", "coordinates": [[[118, 5], [119, 5], [119, 6], [118, 6], [118, 5]]]}
FAR = {"type": "MultiPolygon", "coordinates": [[[[10, 50], [11, 50], [11, 51], [10, 50]]]]}


@pytest.fixture(scope="module")
def places():
    return shared()


@pytest.fixture
def polygon(tmp_path):
    def read(said):
        path = tmp_path / "area.geojson"
        path.write_text(said if isinstance(said, str) else json.dumps(said), encoding="utf-8")
        return PolygonArea.read(path)

    return read


def contains(area, lat, lon):
    return bool(area.contains(np.array([lat], float), np.array([lon], float))[0])


def in_boxes(area, lats, lons):
    inside = np.zeros(len(lats), bool)
    for box in area.boxes:
        inside |= (box.west <= lons) & (lons <= box.east) & (box.south <= lats) & (lats <= box.north)
    return inside


@pytest.mark.parametrize(
    ("lat", "lon", "inside"),
    [
        pytest.param(14.6, 121.0, True, id="Manila"),
        pytest.param(6.08, 118.31, True, id="Taganak"),
        pytest.param(5.8394, 118.1172, False, id="Sandakan, in the box"),
        pytest.param(6.175, 118.06, False, id="Selingan, in the box"),
        pytest.param(15, 123.9, False, id="open sea"),
        pytest.param(math.nan, 121.0, False, id="no place"),
        pytest.param(0, 0, False, id="unset"),
    ],
)
def test_a_country_is_what_places_say(places, lat, lon, inside):
    assert contains(CountryArea.parse("Philippines", places), lat, lon) is inside


def test_the_boxes_lose_no_point_of_a_country(places):
    """What `Places` calls a country's lies in its boxes: on land, near the coast, in gaps of a source, everywhere."""
    countries, cities = places.load()
    rng = np.random.default_rng(3)
    lats = np.clip(np.repeat(cities.lats, 2) + rng.normal(0, 0.6, 2 * len(cities.lats)), -90, 90)
    lons = (np.repeat(cities.lons, 2) + rng.normal(0, 0.6, len(lats)) + 180) % 360 - 180
    country = places.countries_of(lats, lons)
    for code in ("PH", "MY", "FR", "US", "FJ", "RU", "NZ", "KI", "ID", "NO", "NL", "GB", "HR", "CY", "HK", "PR"):
        own = country == countries.codes.index(code)
        assert own.sum() > 3, code
        assert in_boxes(CountryArea([code], places), lats[own], lons[own]).all(), code


def test_boxes_are_few_and_tight(places):
    france = CountryArea.parse("France", places)
    assert len(france.boxes) < 10
    assert sum((box.east - box.west) * (box.north - box.south) for box in france.boxes) < 250  # one box: 11,900
    assert not any(holds(box, 5, -53) for box in france.boxes)
    assert len(CountryArea.parse("Philippines", places).boxes) <= 3


@pytest.mark.parametrize("name", ["Fiji", "Russia", "US", "New Zealand"])
def test_across_180_degrees_no_box_is(places, name):
    boxes = CountryArea.parse(name, places).boxes
    assert any(box.east > 175 for box in boxes)
    assert any(box.west < -175 for box in boxes)
    assert all(box.west < box.east and box.east - box.west < 170 for box in boxes)


def test_territories_with_codes_are_left_out_and_named(places):
    china = CountryArea.parse("China", places)
    assert china.left_out == ["Hong Kong", "Macau"]
    assert not contains(china, 22.28, 114.16)
    both = CountryArea.parse("China|HK", places)
    assert str(both) == "China|Hong Kong"
    assert both.left_out == ["Macau"]
    assert contains(both, 22.28, 114.16)
    assert CountryArea.parse("Hong Kong", places).left_out == []


def test_a_name_that_is_not_known_says_which_are_near(places):
    with pytest.raises(ValueError, match="did you mean Philippines"):
        CountryArea.parse("Malaysia|Philipines", places)


@pytest.mark.parametrize(
    "said",
    [
        SQUARE,
        {"type": "MultiPolygon", "coordinates": [SQUARE["coordinates"]]},
        {"type": "Feature", "properties": {"name": "Sandakan"}, "geometry": SQUARE},
        {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "properties": None, "geometry": None},
                {"type": "Feature", "properties": None, "geometry": {"type": "Point", "coordinates": [1, 2]}},
                {
                    "type": "Feature",
                    "properties": None,
                    "geometry": {"type": "GeometryCollection", "geometries": [SQUARE]},
                },
            ],
        },
        "\ufeff" + json.dumps(SQUARE),
    ],
)
def test_any_form_of_geojson(polygon, said):
    area = polygon(said)
    assert [str(box) for box in area.boxes] == ["118,5,119,6"]
    assert contains(area, 5.8394, 118.1172)
    assert contains(area, 5, 118.5), "the edge belongs to it"
    assert not contains(area, 6.08, 118.31)
    assert not contains(area, math.nan, 118.5)


def test_several_polygons_are_one_area(polygon):
    features = [{"type": "Feature", "properties": {}, "geometry": part} for part in (SQUARE, FAR)]
    area = polygon({"type": "FeatureCollection", "features": features})
    assert len(area.boxes) == 2
    assert contains(area, 5.5, 118.5)
    assert contains(area, 50.2, 10.8)
    assert not contains(area, 50.9, 10.1)


def test_holes_are_outside(polygon):
    hole = [[118.4, 5.4], [118.6, 5.4], [118.6, 5.6], [118.4, 5.6], [118.4, 5.4]]
    area = polygon({"type": "Polygon", "coordinates": [*SQUARE["coordinates"], hole]})
    assert not contains(area, 5.5, 118.5)


def test_beyond_180_degrees_is_the_other_side(polygon):
    area = polygon({"type": "Polygon", "coordinates": [[[177, -20], [182, -20], [182, -12], [177, -12], [177, -20]]]})
    assert {str(box) for box in area.boxes} == {"177,-20,180,-12", "-180,-20,-178,-12"}
    assert contains(area, -16.8, -179.95)
    assert contains(area, -17.8, 177.4)
    assert not contains(area, -17.8, -177.4)


def test_another_content_is_another_name(polygon):
    assert str(polygon(SQUARE)).startswith("area.geojson (")
    assert str(polygon(SQUARE)) != str(polygon(FAR))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("no json", "no GeoJSON"),
        ("[]", "no GeoJSON"),
        ("{}", "no GeoJSON"),
        ('"x"', "no GeoJSON"),
        ("[" * 100_000, "no GeoJSON"),
        ('{"type": "Polygon"}', "no GeoJSON"),
        ('{"type": "Feature"}', "no GeoJSON"),
        ('{"type": "FeatureCollection", "features": 3}', "no GeoJSON"),
        ('{"type": "Polygon", "coordinates": [[[118, 5], [119, 5]]]}', "no GeoJSON"),
        ('{"type": "Polygon", "coordinates": []}', "no polygon"),
        ('{"type": "Point", "coordinates": [1, 2]}', "no polygon"),
        ('{"type": "FeatureCollection", "features": []}', "no polygon"),
        ({"type": "Polygon", "coordinates": [[[5, 118], [6, 118], [6, 119], [5, 118]]]}, "in this order"),
        ({"type": "Polygon", "coordinates": [[[177, 0], [-178, 0], [-178, 2], [177, 0]]]}, "182 for -178"),
    ],
)
def test_what_is_no_area_is_one_line(polygon, said, words):
    with pytest.raises(ValueError, match=words) as caught:
        polygon(said)
    assert "\n" not in str(caught.value)


def test_a_file_that_cannot_be_read_is_one_line(tmp_path):
    with pytest.raises(ValueError, match="No such file"):
        PolygonArea.read(tmp_path / "none.geojson")
    (tmp_path / "bytes.geojson").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ValueError, match="UTF-8"):
        PolygonArea.read(tmp_path / "bytes.geojson")
