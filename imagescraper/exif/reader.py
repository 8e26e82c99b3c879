"""Reads everything that a picture file says of itself."""

from typing import Any

from imagescraper.exif import exiv2, pillow
from imagescraper.exif.normalise import normalise
from imagescraper.exif.reading import Reading


def read(data: bytes) -> dict[str, Any]:
    """Return all metadata in a file's bytes, safe for JSON and BSON, and {} where there is none; never raise.

    The families are Exif (with MakerNotes), Iptc, Xmp, Comment and, for PNG, Text.
    """
    return normalise(reading(data).tags)


def reading(data: bytes) -> Reading:
    """Return all metadata as Python has it, and what could not be read; never raise.

    Exiv2's values win; Pillow fills in the EXIF tags and the whole other families that Exiv2 did not find. Without
    pyexiv2, which is optional for its licence, Pillow and pi-heif alone give the standard EXIF tags, IPTC by number
    and XMP as one text; MakerNotes then stay one block of bytes.
    """
    found = exiv2.read(data)
    found.fill(pillow.read(data))
    return found
