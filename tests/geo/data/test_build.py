import numpy as np
import pytest
import shapely

from imagescraper.geo.countries import NONE, Borders
from imagescraper.geo.data.build import MOST_VERTICES, STEP, packed, pieces, polygons

ISLAND = shapely.Point(10, 10).buffer(5, quad_segs=100)
LAKE = shapely.Point(10, 10).buffer(1, quad_segs=100)


def borders(**countries):
    return Borders(
        {f"osm_{key}": array for key, array in packed(countries, ["AA", "BB"]).items()} | {"step": STEP}, "osm"
    )


def owners(source, *points):
    return source.owners(shapely.points(points)).tolist()


def test_pieces_are_small_and_cover_the_polygon():
    parts = list(pieces(ISLAND - LAKE))
    assert max(shapely.get_num_coordinates(parts)) <= MOST_VERTICES
    assert sum(part.area for part in parts) == pytest.approx((ISLAND - LAKE).area)
    assert shapely.union_all(parts).symmetric_difference(ISLAND - LAKE).area == pytest.approx(0, abs=1e-6)


def test_lines_and_points_are_left_out():
    mixed = shapely.GeometryCollection([shapely.Point(0, 0), shapely.MultiPolygon([ISLAND]), LAKE, ISLAND.boundary])
    assert polygons(mixed) == [ISLAND, LAKE]


def test_the_smaller_country_wins_inside_the_larger():
    source = borders(AA=ISLAND, BB=LAKE)
    assert owners(source, (10, 10), (13, 10), (16, 10)) == [1, 0, NONE]


def test_no_point_falls_between_the_pieces():
    country = ISLAND - LAKE
    source = borders(BB=country)
    anywhere = shapely.points(np.random.default_rng(3).uniform(4, 16, (20_000, 2)))
    on_cuts = shapely.points(
        shapely.get_coordinates(shapely.segmentize([part.boundary for part in pieces(country)], 0.05))
    )
    points = np.concatenate([anywhere, on_cuts])
    clear = points[~shapely.dwithin(country.boundary, points, 2 * STEP)]
    assert len(clear) > 20_500
    assert ((source.owners(clear) != NONE) == shapely.intersects(country, clear)).all()
