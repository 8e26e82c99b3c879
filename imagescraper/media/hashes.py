"""Fingerprints: of the bytes as they came, and of what the eye sees."""

import hashlib

from PIL import Image

_SIDE = 8


def sha256(data: bytes) -> str:
    """Return the SHA-256 of `data` as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def dhash(image: Image.Image) -> str:
    """Return the 64-bit difference hash of `image`, row by row, as 16 hexadecimal digits.

    A bit is set where a pixel of the 9 x 8 grey picture is darker than its right neighbour, which is the convention
    of the ImageHash package, so both give the same digits for the same picture.
    """
    grey = image.convert("L").resize((_SIDE + 1, _SIDE), Image.Resampling.LANCZOS).tobytes()
    bits = 0
    for row in range(0, len(grey), _SIDE + 1):
        for left, right in zip(grey[row : row + _SIDE], grey[row + 1 : row + _SIDE + 1], strict=True):
            bits = bits << 1 | (right > left)
    return f"{bits:016x}"
