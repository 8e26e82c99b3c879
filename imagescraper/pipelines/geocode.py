"""Finds the country and the city of a photo's coordinates, offline."""

import asyncio

from imagescraper.geo.accuracy import coordinate_uncertainty_m
from imagescraper.geo.places import Places
from imagescraper.photo import Photo


class GeocodePipeline:
    """Adds country, city and the uncertainty of both; a photo without a place stays without."""

    def __init__(self) -> None:
        self._places = Places()

    async def open_spider(self) -> None:
        """Read the borders before the first photo needs them."""
        await asyncio.to_thread(self._places.load)

    def process_item(self, photo: Photo) -> Photo:
        """Look the place up."""
        if photo.latitude is None or photo.longitude is None:
            return photo
        place = self._places.locate(photo.latitude, photo.longitude)
        photo.country_code, photo.country, photo.city = place.country_code, place.country, place.city
        photo.country_uncertain = place.uncertain if place.country_code else None
        photo.coordinate_uncertainty_m = coordinate_uncertainty_m(photo.accuracy)
        return photo
