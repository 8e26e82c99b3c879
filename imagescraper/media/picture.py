"""Opens and decodes some bytes as a picture, by their content and never by their name."""

from io import BytesIO

from PIL import Image

from imagescraper.media.segments import clean
from imagescraper.media.sniff import NotAPhoto

#: Twice the largest photo of the original collection (25 MP); decoded it takes 180 MB.
MAX_PIXELS = 60_000_000
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP")


def opened(data: bytes, max_pixels: int = MAX_PIXELS) -> Image.Image:
    """Return the picture with its header read and nothing decoded; raise `NotAPhoto` with a reason.

    Pillow sees only the clean picture, so no metadata, however malformed or large, reaches a parser here.
    """
    try:
        image = Image.open(BytesIO(clean(data)), formats=_FORMATS)
    except NotAPhoto:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NotAPhoto("too many pixels") from error
    except Exception as error:  # a hostile header makes Pillow raise nearly anything
        raise NotAPhoto("damaged") from error
    if image.width * image.height > max_pixels:
        image.close()
        raise NotAPhoto("too many pixels")
    return image


def load(image: Image.Image) -> None:
    """Decode an opened picture; raise `NotAPhoto` if any of its image data is missing or wrong."""
    try:
        image.load()
    except Exception as error:  # a hostile image makes Pillow raise nearly anything
        raise NotAPhoto("cut" if "truncated" in str(error) else "damaged") from error
