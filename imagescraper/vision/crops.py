"""Cuts from a picture the squares that the classifier looks at."""

from io import BytesIO
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps

SIDE = 260
"""Height and width in pixels of the network's input, as it was trained."""

CENTRE = 0.875
"""Side of the crop that stands for the whole picture, as a share of the shorter side: the network was evaluated so."""

TILE = 0.6
"""Side of a tile as a share of the shorter side. Of 79 monkeys pasted small into other photos, 95 % were found with
tiles of this size, 87 % with 0.75, 77 % with 1.0, 73 % without; none saw a monkey in 117 other photos."""

Crop = npt.NDArray[np.uint8]


def decode(image: bytes) -> Image.Image | None:
    """Return the picture upright and in RGB, or None if it cannot be decoded."""
    try:
        with Image.open(BytesIO(image)) as picture:
            return ImageOps.exif_transpose(picture).convert("RGB")
    except Exception:  # damaged and hostile files make the decoders raise nearly anything
        return None


def square(picture: Image.Image, x: float, y: float, side: float) -> Crop:
    """Return the square with its centre at (x, y) as bytes of shape (260, 260, 3)."""
    box: Any = (x - side / 2, y - side / 2, x + side / 2, y + side / 2)
    return np.asarray(picture.resize((SIDE, SIDE), Image.Resampling.BICUBIC, box=box))


def whole(picture: Image.Image) -> Crop:
    """Return the crop that stands for the whole picture."""
    width, height = picture.size
    return square(picture, width / 2, height / 2, CENTRE * min(width, height))


def elongated(picture: Image.Image) -> bool:
    """Tell whether most of the picture lies outside the crop that stands for the whole, as in a panorama."""
    return max(picture.size) > 3 * TILE * min(picture.size)


def tiles(picture: Image.Image) -> list[Crop]:
    """Return three crops along the longer side, at both ends and in the middle, that leave out little."""
    width, height = picture.size
    shorter, longer = sorted(picture.size)
    side = min(max(TILE * shorter, longer / 3), shorter)
    if width >= height:
        return [square(picture, x, height / 2, side) for x in (side / 2, width / 2, width - side / 2)]
    return [square(picture, width / 2, y, side) for y in (side / 2, height / 2, height - side / 2)]
