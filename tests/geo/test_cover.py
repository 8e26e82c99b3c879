import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from imagescraper.geo.cover import cover
from tests.geo.inside import holds


def area(boxes):
    return sum((box.east - box.west) * (box.north - box.south) for box in boxes)


def test_nothing_needs_no_box():
    assert cover(np.array([], dtype=object)) == []


def test_one_box_around_what_lies_together():
    assert [str(box) for box in cover(shapely.box([0, 2], [0, 1], [2, 4], [1, 2]))] == ["0,0,4,2"]


def test_what_lies_apart_gets_boxes_of_its_own():
    boxes = cover(shapely.box([0, 100], [0, 0], [10, 110], [10, 10]))
    assert [str(box) for box in boxes] == ["0,0,10,10", "100,0,110,10"]


def test_both_sides_of_180_degrees_are_two():
    boxes = cover(shapely.box([177, -180], [-20, -20], [180, -178], [-12, -12]))
    assert {str(box) for box in boxes} == {"177,-20,180,-12", "-180,-20,-178,-12"}


def test_a_corner_saves_its_empty_quarter():
    boxes = cover(shapely.box([0, 0], [0, 0], [40, 5], [5, 40]))
    assert len(boxes) == 2
    assert area(boxes) < 0.3 * 40 * 40


def test_edges_are_rounded_outwards():
    (box,) = cover(shapely.box([1.00049], [2.00051], [3.00049], [4.00051]))
    assert (box.west, box.south, box.east, box.north) == (1.0, 2.0, 3.001, 4.001)


pieces = st.lists(
    st.tuples(st.floats(-180, 175), st.floats(-90, 85), st.floats(0.01, 5), st.floats(0.01, 5)),
    min_size=1,
    max_size=40,
)


@given(pieces)
def test_every_piece_is_covered_by_few_boxes(drawn):
    west, south, width, height = np.array(drawn).T
    boxes = cover(shapely.box(west, south, west + width, south + height))
    assert len(boxes) <= len(drawn)
    assert all(box.west <= box.east for box in boxes)
    low, high = 1e-9, 1 - 1e-9  # a sum of two numbers is as exact as that
    for x, y in ((low, low), (high, low), (low, high), (high, high), (0.5, 0.3)):
        for lon, lat in zip(west + x * width, south + y * height, strict=True):
            assert any(holds(box, lat, lon) for box in boxes)
