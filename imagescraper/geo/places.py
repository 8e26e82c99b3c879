"""The country and the city of a coordinate, or honestly none."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from imagescraper.geo.cities import Cities, unit_vectors
from imagescraper.geo.countries import NONE, Countries, Indices

CITY_KM = 50  # a city farther away says nothing about where a photo was taken
COAST_KM = 100  # farther from any city, what the second source alone claims is open sea

Coordinates = Sequence[float | None] | NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a photo was taken; `uncertain` means that the sources disagree about the sovereign state."""

    country_code: str | None = None
    country: str | None = None
    city: str | None = None
    uncertain: bool = False


NOWHERE = Place()


def are_real(lats: NDArray[np.float64], lons: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell for each point whether it is a position at all: finite, in range, and not the 0, 0 of unset coordinates."""
    real: NDArray[np.bool_] = (np.abs(lats) <= 90) & (np.abs(lons) <= 180)  # false for NaN, too
    real &= (lats != 0) | (lons != 0)
    return real


class Places:
    """Looks places up offline; loaded on first use, for any number of threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._loaded: tuple[Countries, Cities] | None = None

    def load(self) -> tuple[Countries, Cities]:
        """Read the data (about a second) unless that was done, and give it."""
        with self._lock:
            if self._loaded is None:
                countries = Countries.load()
                self._loaded = countries, Cities.load(filter(None, countries.codes))
            return self._loaded

    def locate(self, lat: float | None, lon: float | None) -> Place:
        """Give the place of one point in degrees; nowhere for a missing or impossible one and for 0, 0."""
        return self.locate_many([lat], [lon])[0]

    def locate_many(self, lats: Coordinates, lons: Coordinates) -> list[Place]:
        """Give the place of each point, as `locate` does; raises ValueError if the lengths differ."""
        all_lats, all_lons = np.array(lats, dtype=float), np.array(lons, dtype=float)
        if all_lats.shape != all_lons.shape:
            raise ValueError(f"{len(all_lats)} latitudes but {len(all_lons)} longitudes: give one for each point")
        real = are_real(all_lats, all_lons)
        places = np.full(len(real), NOWHERE, dtype=object)
        if real.any():
            places[real] = self._locate(all_lats[real], all_lons[real])
        return list(places)

    def countries_of(self, lats: NDArray[np.float64], lons: NDArray[np.float64]) -> Indices:
        """Give the index of each point's country in `Countries.codes`, or NONE: `locate_many` without cities."""
        real = are_real(lats, lons)
        found = np.full(len(real), NONE)
        if real.any():
            vectors = unit_vectors(lats[real], lons[real])
            found[real], _ = self._countries(lats[real], lons[real], vectors)
        return found

    def _locate(self, lats: NDArray[np.float64], lons: NDArray[np.float64]) -> list[Place]:
        countries, cities = self.load()
        vectors = unit_vectors(lats, lons)
        country, uncertain = self._countries(lats, lons, vectors)
        city = cities.nearest_in(country, vectors, CITY_KM)
        place = cache(Place)  # most photos share theirs with others
        return [
            place(countries.codes[i], countries.names[i], cities.names[j], doubt)
            for i, j, doubt in zip(country.tolist(), city.tolist(), uncertain.tolist(), strict=True)
        ]

    def _countries(
        self, lats: NDArray[np.float64], lons: NDArray[np.float64], vectors: NDArray[np.float64]
    ) -> tuple[Indices, NDArray[np.bool_]]:
        """Ask both sources, let the second one fill the first one's gaps near cities, and tell where they disagree."""
        countries, cities = self.load()
        country, second = countries.locate(lats, lons)
        uncertain = countries.sovereigns[country] != countries.sovereigns[second]
        gap = np.flatnonzero((country == NONE) & (second != NONE))
        if len(gap):
            country[gap] = np.where(cities.nearest(vectors[gap], COAST_KM) == NONE, NONE, second[gap])
        uncertain &= country != NONE
        return country, uncertain


@cache
def shared() -> Places:
    """Give the one that all of a process may use: its data take a second and 100 MB."""
    return Places()
