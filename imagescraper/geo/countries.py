"""Countries by polygons with territorial waters, from two independent sources."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
import shapely
from numpy.typing import NDArray

BORDERS = Path(__file__).parent / "data" / "borders.npz"
NONE = -1

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]


class Claims(NamedTuple):
    """What each source says of every point: an index into `Countries.codes`, or NONE."""

    osm: Indices
    coder: Indices


class Borders:
    """One source's polygons, searchable by point."""

    def __init__(self, arrays: Mapping[str, NDArray[np.generic]], source: str) -> None:
        coordinates = np.cumsum(arrays[f"{source}_steps"], axis=0) * arrays["step"]
        offsets = arrays[f"{source}_rings"], arrays[f"{source}_parts"]
        self._tree = shapely.STRtree(shapely.from_ragged_array(shapely.GeometryType.POLYGON, coordinates, offsets))
        self._owners = np.append(arrays[f"{source}_owners"], NONE).astype(np.intp)

    def owners(self, points: NDArray[np.object_]) -> Indices:
        """Give the index of the country around each point; where countries lie inside one another, the smallest."""
        point, piece = self._tree.query(points, predicate="intersects")
        first = np.full(len(points), len(self._owners) - 1)
        np.minimum.at(first, point, piece)
        owners: Indices = self._owners[first]
        return owners

    def pieces(self, country: int) -> NDArray[np.object_]:
        """Give the polygons in which points are this country's: those of smaller countries in it are taken out."""
        mine = np.flatnonzero(self._owners[:-1] == country)
        pieces = self._tree.geometries[mine]
        own, other = self._tree.query(pieces, predicate="intersects")
        before = (other < mine[own]) & (self._owners[other] != country)
        for number in np.unique(own[before]).tolist():
            taken = shapely.union_all(self._tree.geometries[other[before & (own == number)]])
            pieces[number] = shapely.difference(pieces[number], taken)
        left: NDArray[np.object_] = pieces[~shapely.is_empty(pieces)]
        return left


class Countries:
    """The countries and territories of ISO 3166-1, and Kosovo (XK).

    `codes`, `names` and `sovereigns` (the index of the state a territory belongs to, a state's own index otherwise) go
    together by index; the last element of each stands for NONE.
    """

    def __init__(self, arrays: Mapping[str, NDArray[np.generic]]) -> None:
        self.codes: list[str | None] = [*arrays["codes"].tolist(), None]
        self.names: list[str | None] = [*arrays["names"].tolist(), None]
        self.sovereigns: Indices = np.append(arrays["sovereigns"], NONE).astype(np.intp)
        self._osm = Borders(arrays, "osm")
        self._coder = Borders(arrays, "coder")

    @classmethod
    def load(cls) -> Self:
        """Read the borders that come with the package; takes about 0.1 s."""
        with np.load(BORDERS) as arrays:
            return cls(arrays)

    def locate(self, lats: Floats, lons: Floats) -> Claims:
        """Ask both sources for the country of each point, in finite degrees; territories have their own codes."""
        points = shapely.points(lons, lats)
        return Claims(self._osm.owners(points), self._coder.owners(points))

    def pieces(self, country: int) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
        """Give each source's polygons of a country, by its index, without those of territories with own codes."""
        return self._osm.pieces(country), self._coder.pieces(country)

    def territories(self, country: int) -> list[int]:
        """Give the indices of what belongs to a state and has a code of its own."""
        return [index for index, state in enumerate(self.sovereigns[:-1].tolist()) if state == country != index]
