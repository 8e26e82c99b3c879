"""Chooses the format's own module and applies what it says is to be kept."""

from collections.abc import Callable, Iterator

from imagescraper.media.segments import gif, jpeg, patch, png, webp
from imagescraper.media.sniff import PictureType, sniff

_PIECES: dict[PictureType, Callable[[bytes], Iterator[patch.Piece]]] = {
    "jpg": jpeg.pieces,
    "png": png.pieces,
    "gif": gif.pieces,
    "webp": webp.pieces,
}


def split(data: bytes) -> patch.Split:
    """Return the picture without metadata and the metadata without the picture; nothing is encoded anew.

    The picture keeps the coded image as it is, its colour description and, where it is not upright, an EXIF block
    that holds the orientation alone. Raises `NotAPhoto` for other types and for files cut short or damaged.
    """
    return patch.cut(data, _PIECES[sniff(data)](data))


def clean(data: bytes) -> bytes:
    """Return only the picture that `split` would give."""
    return patch.kept(data, _PIECES[sniff(data)](data))
