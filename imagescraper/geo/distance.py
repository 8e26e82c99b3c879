"""Distances over the ground."""

from math import asin, cos, radians, sin, sqrt

from imagescraper.geo.cities import EARTH_KM


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Give the great-circle distance of two points, each latitude and longitude in degrees (haversine)."""
    (lat, lon), (other_lat, other_lon) = (map(radians, point) for point in (one, other))
    half = sin((other_lat - lat) / 2) ** 2 + cos(lat) * cos(other_lat) * sin((other_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))
