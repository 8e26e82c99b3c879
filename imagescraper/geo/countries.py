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
