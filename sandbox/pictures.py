"""Originals made from the photos that come inside scikit-image and scikit-learn."""

import importlib.util
import io
import random
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from PIL import Image

from sandbox.captions import TOPICS
from sandbox.collection import Collection, Ints, Photo
from sandbox.exif import camera_metadata

_SKIMAGE = ("skimage", "data")
_SKLEARN = ("sklearn", "datasets/images")
_FILES: dict[str, tuple[tuple[str, str], tuple[str, ...]]] = {
    "cat": (_SKIMAGE, ("chelsea.png",)),
    "coffee": (_SKIMAGE, ("coffee.png",)),
    "rocket": (_SKIMAGE, ("rocket.jpg",)),
    "astronaut": (_SKIMAGE, ("astronaut.png",)),
    "horse": (_SKIMAGE, ("horse.png",)),
    "galaxy": (_SKIMAGE, ("hubble_deep_field.jpg",)),
    "retina": (_SKIMAGE, ("retina.jpg",)),
    "brick": (_SKIMAGE, ("brick.png",)),
    "grass": (_SKIMAGE, ("grass.png",)),
    "gravel": (_SKIMAGE, ("gravel.png",)),
    "moon": (_SKIMAGE, ("moon.png",)),
    "coin": (_SKIMAGE, ("coins.png",)),
    "motorcycle": (_SKIMAGE, ("motorcycle_left.png", "motorcycle_right.png")),
    "temple": (_SKLEARN, ("china.jpg",)),
    "flower": (_SKLEARN, ("flower.jpg",)),
    "photographer": (_SKIMAGE, ("camera.png",)),
    "clock": (_SKIMAGE, ("clock_motion.png",)),
    "page": (_SKIMAGE, ("page.png", "text.png")),
}
_TURNS = {90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_270}
_PILLOW_NAMES = {"jpg": "JPEG", "png": "PNG", "gif": "GIF"}


class PicturesMissing(Exception):
    """The packages whose pictures the sandbox shows are not installed."""


class Originals(Protocol):
    """Where originals come from."""

    def content(self, photo: Photo) -> bytes:
        """Return the original file of a photo."""

    def subjects(self, photo: Photo) -> tuple[str, ...]:
        """Say in English words what a photo shows."""


class BundledPictures:
    """Varies the packages' pictures by crop, mirror and tone, so that every photo is its own; the same every time."""

    def __init__(self, collection: Collection, subject: Ints) -> None:
        """Look for the pictures; raises PicturesMissing."""
        self._files = _locate()
        self._subject = subject
        self._seed = collection.seed
        self._decoded = lru_cache(maxsize=None)(_decode)  # all of them together are below 20 MB

    def subjects(self, photo: Photo) -> tuple[str, ...]:
        """Say what a photo shows, whatever its words are about."""
        return (TOPICS[self._subject[photo.row]],)

    def content(self, photo: Photo) -> bytes:
        """Make the original file of a photo."""
        rng = random.Random(photo.token("picture"))
        picture = self._decoded(rng.choice(self._files[TOPICS[self._subject[photo.row]]]))
        picture = picture.resize(photo.size, Image.Resampling.BILINEAR, _crop(picture, photo.size, rng))
        if rng.random() < 0.5:
            picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        picture = picture.point(_tone(len(picture.getbands()), rng))
        if photo.rotation:
            picture = picture.transpose(_TURNS[photo.rotation])
        options: dict[str, Any] = camera_metadata(photo)
        if photo.format == "jpg":
            options["quality"] = rng.randrange(80, 92)
        elif photo.format == "gif":
            options = {}
        content = io.BytesIO()
        picture.save(content, _PILLOW_NAMES[photo.format], **options)
        return content.getvalue()


def _locate() -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = {}
    for topic, ((package, folder), names) in _FILES.items():
        spec = importlib.util.find_spec(package)
        if spec is None or spec.origin is None:
            raise PicturesMissing(
                f"the sandbox's pictures come with {package}: pip install -r requirements-sandbox.txt"
            )
        found[topic] = [Path(spec.origin).parent / folder / name for name in names]
        for path in found[topic]:
            if not path.is_file():
                raise PicturesMissing(f"{path} is missing: pip install -r requirements-sandbox.txt")
    return found


def _decode(path: Path) -> Image.Image:
    with Image.open(path) as picture:
        return picture.convert("L" if picture.mode == "L" else "RGB")


def _crop(picture: Image.Image, size: tuple[int, int], rng: random.Random) -> tuple[float, float, float, float]:
    """Choose a box of the shape of `size` that keeps most of the picture."""
    width, height = size
    scale = min(picture.width / width, picture.height / height) * rng.uniform(0.72, 1.0)
    left = rng.uniform(0, picture.width - width * scale)
    top = rng.uniform(0, picture.height - height * scale)
    return left, top, left + width * scale, top + height * scale


def _tone(bands: int, rng: random.Random) -> list[int]:
    """Make a lookup table of a gentle gamma and, in colour, a tint."""
    gamma = rng.uniform(0.8, 1.25)
    gains = [rng.uniform(0.88, 1.08) for _ in range(bands)]
    return [min(255, round(255 * (level / 255) ** gamma * gain)) for gain in gains for level in range(256)]
