"""Finds the country and the city of a photo's coordinates, offline."""

import asyncio
from typing import Any

from imagescraper.geo.accuracy import coordinate_uncertainty_m
from imagescraper.geo.places import Place, shared
from imagescraper.photo import Photo


class GeocodePipeline:
    """Adds country, city and the uncertainty of both; a photo without a place stays without."""

    def __init__(self) -> None:
        self._places = shared()

    async def open_spider(self) -> None:
        """Read the borders before the first photo needs them."""
        await asyncio.to_thread(self._places.load)

    def process_item(self, photo: Photo) -> Photo:
        """Look the place up."""
        if photo.latitude is None or photo.longitude is None:
            return photo
        place = self._places.locate(photo.latitude, photo.longitude)
        for name, value in found(place, photo.accuracy).items():
            setattr(photo, name, value)
        return photo


def found(place: Place, accuracy: int | None) -> dict[str, Any]:
    """Return the fields of a photo that follow from its place and from Flickr's accuracy."""
    return {
        "country_code": place.country_code,
        "country": place.country,
        "city": place.city,
        "country_uncertain": place.uncertain if place.country_code else None,
        "coordinate_uncertainty_m": coordinate_uncertainty_m(accuracy),
    }
