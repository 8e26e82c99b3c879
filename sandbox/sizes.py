"""The sizes in which Flickr offers a picture."""

from typing import NamedTuple

from sandbox.collection import Photo


class Size(NamedTuple):
    """One size: its name in `extras`, in file names, in words and in page addresses, and its longest side."""

    extra: str
    suffix: str
    label: str
    page: str
    limit: int
    square: bool = False
    own_secret: bool = False


# The misc.urls page of Flickr's API documentation; names in `extras` differ from the suffixes for the older sizes.
SIZES = (
    Size("sq", "s", "Square", "sq", 75, square=True),
    Size("q", "q", "Large Square", "q", 150, square=True),
    Size("t", "t", "Thumbnail", "t", 100),
    Size("s", "m", "Small", "s", 240),
    Size("n", "n", "Small 320", "n", 320),
    Size("w", "w", "Small 400", "w", 400),
    Size("m", "", "Medium", "m", 500),
    Size("z", "z", "Medium 640", "z", 640),
    Size("c", "c", "Medium 800", "c", 800),
    Size("l", "b", "Large", "l", 1024),
    Size("h", "h", "Large 1600", "h", 1600, own_secret=True),
    Size("k", "k", "Large 2048", "k", 2048, own_secret=True),
    Size("3k", "3k", "X-Large 3K", "3k", 3072, own_secret=True),
    Size("4k", "4k", "X-Large 4K", "4k", 4096, own_secret=True),
    Size("5k", "5k", "X-Large 5K", "5k", 5120, own_secret=True),
    Size("6k", "6k", "X-Large 6K", "6k", 6144, own_secret=True),
)
ORIGINAL = "o"


class Rendition(NamedTuple):
    """One size of one photo: where it lies and its pixels."""

    size: Size
    secret: str
    width: int
    height: int


def renditions(photo: Photo) -> list[Rendition]:
    """List the sizes a photo has, smallest first; none is larger than the original.

    The sizes with a secret of their own begin where the one before ends: an original of 1200 pixels has a
    "Large 1600" of 1200 pixels.
    """
    longest = max(photo.width, photo.height)
    found = []
    before = 0
    for size in SIZES:
        if longest >= size.limit or (size.own_secret and longest > before):
            secret = photo.token(size.suffix) if size.own_secret else photo.secret
            found.append(Rendition(size, secret, *_pixels(photo, size)))
        before = size.limit
    return found


def _pixels(photo: Photo, size: Size) -> tuple[int, int]:
    if size.square:
        return size.limit, size.limit
    scale = min(1.0, size.limit / max(photo.size))
    width, height = (max(1, round(side * scale)) for side in photo.size)
    return width, height
