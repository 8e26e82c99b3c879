"""Areas as questions: boxes to ask a service for, and a test of what it answers."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, Self

import numpy as np
import shapely
from numpy.typing import NDArray

from imagescraper.geo import names
from imagescraper.geo.boxes import Box
from imagescraper.geo.cities import EARTH_KM
from imagescraper.geo.countries import Floats
from imagescraper.geo.cover import cover
from imagescraper.geo.places import COAST_KM, Places, are_real

Bools = NDArray[np.bool_]

CELL = 0.5  # degrees: cities of one cell are one when the sea near them is looked for


class Area(Protocol):
    """A part of the world; its text is what the user called it."""

    @property
    def boxes(self) -> list[Box]:
        """The boxes that together hold the whole of it; none crosses 180°."""

    def contains(self, lats: Floats, lons: Floats) -> Bools:
        """Tell for each point, in degrees, whether it lies inside; NaN and 0, 0 never do."""


class CountryArea:
    """One or more countries: every point whose country `Places` would say is one of them.

    A territory with a code of its own (Hong Kong, Puerto Rico, Greenland) is no part of its state; `left_out` names
    the territories of the states that were asked for and that were not asked for themselves.
    """

    def __init__(self, codes: Sequence[str], places: Places) -> None:
        self._places = places
        countries, _ = places.load()
        self._countries = [countries.codes.index(code) for code in codes]
        self.boxes = cover(self._pieces())
        self._names = [countries.names[index] or "" for index in self._countries]
        territories = {index for state in self._countries for index in countries.territories(state)}
        self.left_out = [countries.names[index] or "" for index in sorted(territories - set(self._countries))]

    @classmethod
    def parse(cls, text: str, places: Places) -> Self:
        """Read names or ISO codes of countries with | between them.

        Raises ValueError, of one line, for a name that is not known and for a country that has no borders.
        """
        countries, _ = places.load()
        area = cls(list(dict.fromkeys(names.find(name.strip(), countries) for name in text.split("|"))), places)
        if not area.boxes:
            raise ValueError(
                f"the borders of {area} are not known: ask for the state it belongs to, or give a polygon"
            )
        return area

    def __str__(self) -> str:
        """Give the English names."""
        return "|".join(self._names)

    def contains(self, lats: Floats, lons: Floats) -> Bools:
        """Tell for each point, in degrees, whether its country is one of them."""
        return np.isin(self._places.countries_of(lats, lons), self._countries)

    def _pieces(self) -> NDArray[np.object_]:
        """Give polygons that hold every point of the countries: the first source's, and the second's near cities."""
        countries, cities = self._places.load()
        found = [np.array([], dtype=object)]
        near_cities = shapely.STRtree(_surroundings(cities.lats, cities.lons, COAST_KM))
        for country in self._countries:
            osm, coder = countries.pieces(country)
            piece, near = near_cities.query(coder, predicate="intersects")
            filled = shapely.intersection(coder[piece], near_cities.geometries[near])
            found += [osm, filled[~shapely.is_empty(filled)]]
        return np.concatenate(found)


class PolygonArea:
    """The polygons of a GeoJSON text."""

    def __init__(self, text: str, name: str) -> None:
        self._name = name
        self._shape = _wrapped(_polygons(text))
        shapely.prepare(self._shape)
        self.boxes = cover(shapely.get_parts(self._shape))

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a GeoJSON file: Polygon, MultiPolygon, Feature, FeatureCollection, in degrees of WGS 84.

        Raises ValueError, of one line, if it cannot be read or holds no polygon.
        """
        try:
            data = path.read_bytes()
            text = data.decode("utf-8-sig")
        except OSError as error:
            raise ValueError(f"cannot read {path}: {error.strerror}") from None
        except UnicodeDecodeError:
            raise ValueError(f"{path} is no GeoJSON: it is not text in UTF-8") from None
        try:
            return cls(text, f"{path.name} ({hashlib.sha256(data).hexdigest()[:8]})")
        except ValueError as error:
            raise ValueError(f"{path}: {error}") from None

    def __str__(self) -> str:
        """Give the file's name, and the beginning of its hash: another content is another area."""
        return self._name

    def contains(self, lats: Floats, lons: Floats) -> Bools:
        """Tell for each point, in degrees, whether it lies in a polygon or on its edge."""
        inside: Bools = are_real(lats, lons) & shapely.intersects_xy(self._shape, lons, lats)
        return inside


def _surroundings(lats: Floats, lons: Floats, km: float) -> NDArray[np.object_]:
    """Give boxes that hold every point within a distance of some points; those across 180° also on the other side."""
    cells = np.unique(np.round(lats / CELL) + 1j * np.round(lons / CELL)) * CELL
    up = float(np.degrees(km / EARTH_KM)) + CELL / 2
    farthest = np.radians(np.minimum(np.abs(cells.real) + up, 89.9))
    aside = np.minimum(up / np.cos(farthest), 180)
    south, north, west, east = cells.real - up, cells.real + up, cells.imag - aside, cells.imag + aside
    boxes = [shapely.box(west, south, east, north)]
    for beyond, turn in ((west < -180, 360), (east > 180, -360)):
        boxes.append(shapely.box(west[beyond] + turn, south[beyond], east[beyond] + turn, north[beyond]))
    return np.concatenate(boxes)


def _polygons(text: str) -> NDArray[np.object_]:
    """Read the polygons of a GeoJSON text, repaired where their edges cross.

    Raises ValueError if there is none, or one is not in degrees.
    """
    try:
        said = json.loads(text)
        features = said["features"] if said["type"] == "FeatureCollection" else [said]
        geometries = [part["geometry"] if part["type"] == "Feature" else part for part in features]
        found = _parts(shapely.from_geojson([json.dumps(part) for part in geometries if part]))
    except (ValueError, LookupError, TypeError, RecursionError, shapely.errors.GEOSException):
        raise ValueError("this is no GeoJSON: write a Polygon, a MultiPolygon, or features of these") from None
    if not len(found):
        raise ValueError("there is no polygon in it: write a Polygon, a MultiPolygon, or features of these")
    west, south, east, north = shapely.total_bounds(found).tolist()
    if not (west >= -360 and east <= 360 and south >= -90 and north <= 90):
        raise ValueError("its coordinates must be longitude and latitude in degrees, in this order (WGS 84)")
    if any(np.abs(np.diff(shapely.get_coordinates(ring)[:, 0])).max() > 180 for ring in shapely.get_rings(found)):
        raise ValueError(
            "an edge spans more than 180 degrees: where it crosses 180, write on beyond it, as in 182 for -178; "
            "if it is meant, divide it"
        )
    return _parts(shapely.make_valid(found))


def _parts(geometries: shapely.Geometry | NDArray[np.object_]) -> NDArray[np.object_]:
    """Give the polygons in any geometries, in collections too."""
    parts = shapely.get_parts(shapely.get_parts(shapely.get_parts(geometries)))
    are_polygons = (shapely.get_type_id(parts) == shapely.GeometryType.POLYGON) & ~shapely.is_empty(parts)
    polygons: NDArray[np.object_] = parts[are_polygons]
    return polygons


def _wrapped(polygons: NDArray[np.object_]) -> shapely.Geometry:
    """Give polygons in one, with what lies beyond 180° brought back from the other side."""
    turned = [shapely.transform(polygons, np.array((turn, 0)).__add__) for turn in (-360, 0, 360)]
    within = shapely.intersection(np.concatenate(turned), shapely.box(-180, -90, 180, 90))
    return shapely.union_all(_parts(within))
