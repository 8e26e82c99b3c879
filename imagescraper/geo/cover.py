"""The boxes to ask for when an area is wanted: few, tight, and none across 180°."""

import math
from itertools import combinations
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from imagescraper.geo.boxes import Box

#: Square degrees that a cut must save to be worth a further question, 440 x 440 km at the equator; and the share of
#: the box, because the photos of a large country lie in it more thinly.
WORTH, SHARE = 16.0, 0.05
LINES = 64  # places at which a cut is tried; more of them find hardly better ones
STEP = 0.001  # degrees, 110 m: edges are rounded outwards to it

Floats = NDArray[np.float64]


class Cut(NamedTuple):
    """A line along which pieces are divided; `saved` is in square degrees."""

    saved: float
    axis: int
    at: float


def cover(pieces: NDArray[np.object_]) -> list[Box]:
    """Give the boxes that hold every one of some polygons, which lie between -180 and 180 degrees."""
    bounds = shapely.bounds(pieces)
    if not len(bounds):
        return []
    return [_box(*around.tolist()) for around in _joined(_divided(bounds))]


def _box(west: float, south: float, east: float, north: float) -> Box:
    """Give the box with short numbers around the given one."""
    west, south = (round(math.floor(edge / STEP) * STEP, 3) for edge in (west, south))
    east, north = (round(math.ceil(edge / STEP) * STEP, 3) for edge in (east, north))
    return Box(max(west, -180), max(south, -90), min(east, 180), min(north, 90))


def _divided(bounds: Floats) -> list[Floats]:
    """Give the bounds of all pieces in one, or those of both sides of the best cut, as long as a cut is worth it."""
    around = _around(bounds)
    cut = max(_cuts(bounds, 0), _cuts(bounds, 1))
    if cut.saved < max(WORTH, SHARE * _area(around)):
        return [around]
    before, behind = bounds[bounds[:, cut.axis] < cut.at].copy(), bounds[bounds[:, cut.axis + 2] > cut.at].copy()
    before[:, cut.axis + 2] = np.minimum(before[:, cut.axis + 2], cut.at)
    behind[:, cut.axis] = np.maximum(behind[:, cut.axis], cut.at)
    return _divided(before) + _divided(behind)


def _joined(boxes: list[Floats]) -> list[Floats]:
    """Put boxes together where one around both wastes little: cuts leave strips that are worth no question."""
    pairs = [(_around(np.array(pair)), pair) for pair in combinations(boxes, 2)]
    wastes = [_area(both) - sum(map(_area, pair)) for both, pair in pairs]
    if not wastes or min(wastes) >= WORTH:
        return boxes
    both, pair = pairs[wastes.index(min(wastes))]
    return _joined([both, *(box for box in boxes if not any(box is part for part in pair))])


def _cuts(bounds: Floats, axis: int) -> Cut:
    """Give the cut across an axis (0 longitude, 1 latitude) that saves the most."""
    whole = _area(_around(bounds))
    lines = np.unique(bounds[:, [axis, axis + 2]])[1:-1]
    lines = lines[:: max(1, len(lines) // LINES)]
    best = Cut(0.0, axis, 0.0)
    for line in lines.tolist():
        low, high = bounds[bounds[:, axis] < line], bounds[bounds[:, axis + 2] > line]
        before, behind = _around(low), _around(high)
        before[axis + 2], behind[axis] = min(before[axis + 2], line), max(behind[axis], line)
        best = max(best, Cut(whole - _area(before) - _area(behind), axis, line))
    return best


def _around(bounds: Floats) -> Floats:
    """Give the bounds of several bounds."""
    return np.concatenate((bounds[:, :2].min(axis=0), bounds[:, 2:].max(axis=0)))


def _area(bounds: Floats) -> float:
    west, south, east, north = bounds.tolist()
    return float((east - west) * (north - south))
