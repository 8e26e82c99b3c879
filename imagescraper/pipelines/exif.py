"""Reads all metadata of the file, while it is still in one piece."""

import asyncio
from typing import Any

from imagescraper.exif.camera import camera
from imagescraper.exif.gps import gps
from imagescraper.exif.reader import read
from imagescraper.geo.distance import kilometres
from imagescraper.photo import Photo

#: Kilometres up to which file and source agree: the precision of the borders, and more than Flickr's street level has.
AGREES = 1.0


class ExifPipeline:
    """Adds `exif` (whole, to be sealed), `camera` (plain, allow-listed) and `exif_source`."""

    async def process_item(self, photo: Photo) -> Photo:
        """Read the downloaded bytes; a broken part of them costs that part of the metadata alone."""
        if photo.data is None:
            return photo
        photo.exif = await asyncio.to_thread(read, photo.data) or None
        photo.exif_source = "file" if photo.exif else "none"
        photo.camera = camera(photo.exif or {})
        if photo.exif and (own := gps(photo.exif)):
            # Inside what is sealed, and nowhere else: the owner may have hidden the place that the file still tells.
            photo.exif["Position"] = _compared(own, photo)
        return photo


def _compared(own: tuple[float, float], photo: Photo) -> dict[str, Any]:
    """Return the file's position, and whether it agrees with the one that the photo was found with."""
    position: dict[str, Any] = {"latitude": own[0], "longitude": own[1]}
    if photo.latitude is None or photo.longitude is None:
        return position | {"compared": "only in file"}
    km = round(kilometres(own, (photo.latitude, photo.longitude)), 3)
    return position | {"compared": "agrees" if km <= AGREES else "differs", "km": km}
