"""The image host: originals, the sizes made from them, and what they show."""

import io
import re
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageOps

from sandbox.collection import Collection, Gone, Photo
from sandbox.pictures import Originals
from sandbox.sizes import ORIGINAL, SIZES, Rendition, renditions

PLACEHOLDER = "/images/photo_unavailable.gif"
CONTENT_TYPES = {"jpg": "image/jpeg", "png": "image/png", "gif": "image/gif"}

_NAME = re.compile(
    r"(?P<id>\d+)_(?P<secret>[0-9a-f]{10})(?:_(?P<suffix>[a-z0-9]{1,2}))??(?P<save>_d)?\.(?P<format>\w+)$"
)
_ALIKE = 6  # bits of 64 by which two fingerprints of one picture may differ
_SUFFIXES = {size.suffix for size in SIZES}


class File(NamedTuple):
    """A file of the image host with its pixels."""

    content: bytes
    content_type: str
    width: int
    height: int


@dataclass(frozen=True)
class Address:
    """A file name of the image host, taken apart."""

    photo: Photo
    rendition: Rendition | None  # None: the original
    as_attachment: bool


class ImageHost:
    """Serves files by name; keeps the latest in memory. Every method may be called from several threads."""

    def __init__(self, collection: Collection, originals: Originals) -> None:
        self._collection = collection
        self._originals = originals
        self._subjects: dict[int, tuple[str, ...]] = {}
        self._original = lru_cache(maxsize=128)(self._make_original)
        self._resized = lru_cache(maxsize=512)(self._make_resized)

    def address(self, server: str, name: str) -> Address | None:
        """Take a file name apart; None if there is no such file."""
        match = _NAME.match(name)
        photo = match and self._collection.find(match["id"])
        if not match or not photo or server != str(photo.server):
            return None
        suffix = match["suffix"] or ""
        if suffix == ORIGINAL:
            known = match["secret"] == photo.token(ORIGINAL) and match["format"] == photo.format and not photo.video
            return Address(photo, None, bool(match["save"])) if known else None
        if suffix not in _SUFFIXES or match["format"] != "jpg":
            return None
        for rendition in renditions(photo):
            if rendition.size.suffix == suffix and rendition.secret == match["secret"]:
                return Address(photo, rendition, bool(match["save"]))
        return None

    def file(self, address: Address) -> File | None:
        """Return the file at an address, or None if it is gone for good or cannot be resized."""
        if address.photo.gone in {Gone.DELETED, Gone.PRIVATE}:
            return None
        if address.rendition is None:
            return self._original(address.photo.row)
        try:
            return self._resized(address.photo.row, address.rendition)
        except OSError:
            return None

    def original(self, photo: Photo) -> File:
        """Return the original file of a photo, whoever may see it."""
        return self._original(photo.row)

    def subjects(self, picture: Image.Image) -> tuple[str, ...] | None:
        """Say what a picture shows that was served before in any size; None for one never seen."""
        seen = fingerprint(picture)
        # Of a copy: meanwhile another thread may serve a picture for the first time.
        nearest = min(tuple(self._subjects), key=lambda known: (known ^ seen).bit_count(), default=None)
        if nearest is None or (nearest ^ seen).bit_count() > _ALIKE:
            return None
        return self._subjects[nearest]

    def _make_original(self, row: int) -> File:
        photo = self._collection.photo(row)
        content = self._originals.content(photo)
        # A damaged file is handed out all the same, as Flickr does with originals.
        with suppress(OSError), Image.open(io.BytesIO(content)) as picture:
            picture.draft("RGB", (64, 64))
            self._subjects.setdefault(fingerprint(picture), self._originals.subjects(photo))
        return File(content, CONTENT_TYPES[photo.format], photo.width, photo.height)

    def _make_resized(self, row: int, rendition: Rendition) -> File:
        width, height = rendition.width, rendition.height
        with Image.open(io.BytesIO(self._original(row).content)) as picture:
            picture.draft("RGB", (max(width, height),) * 2)
            upright = ImageOps.exif_transpose(picture).convert("RGB")
        if rendition.size.square:
            small = ImageOps.fit(upright, (width, height))
        else:
            small = upright.resize((width, height), Image.Resampling.BICUBIC)
        content = io.BytesIO()
        small.info.clear()  # sizes carry neither EXIF nor a colour profile
        small.save(content, "JPEG", quality=86)
        return File(content.getvalue(), "image/jpeg", width, height)


def fingerprint(picture: Image.Image) -> int:
    """Return 64 bits that stay nearly the same when a picture is resized or encoded anew (a difference hash)."""
    small = ImageOps.exif_transpose(picture).convert("L").resize((9, 8), Image.Resampling.BOX)
    levels = small.tobytes()
    bits = 0
    for place in range(72):
        if place % 9 < 8:
            bits = bits << 1 | (levels[place] > levels[place + 1])
    return bits


def placeholder() -> bytes:
    """Draw the GIF that Flickr shows in place of a photo that is no longer there."""
    picture = Image.new("L", (500, 374), 230)
    ImageDraw.Draw(picture).text((110, 180), "This photo is no longer available", fill=90)
    content = io.BytesIO()
    picture.save(content, "GIF")
    return content.getvalue()
