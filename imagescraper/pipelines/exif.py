"""Reads all metadata of the file, while it is still in one piece."""

import asyncio

from imagescraper.exif.camera import camera
from imagescraper.exif.reader import read
from imagescraper.photo import Photo


class ExifPipeline:
    """Adds `exif` (whole, to be sealed), `camera` (plain, allow-listed) and `exif_source`."""

    async def process_item(self, photo: Photo) -> Photo:
        """Read the downloaded bytes; a broken part of them costs that part of the metadata alone."""
        if photo.data is None:
            return photo
        photo.exif = await asyncio.to_thread(read, photo.data) or None
        photo.exif_source = "file" if photo.exif else "none"
        photo.camera = camera(photo.exif or {})
        return photo
