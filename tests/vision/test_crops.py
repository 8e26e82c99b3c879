import io

import numpy as np
import pytest
from PIL import Image

from imagescraper.vision.crops import decode, elongated, tiles, whole

ORIENTATION = 0x0112


def encoded(picture, kind="PNG", **options):
    stream = io.BytesIO()
    picture.save(stream, kind, **options)
    return stream.getvalue()


def striped(width, height):
    """Return a picture whose red and green tell the column and the row, as a share of 255."""
    columns, rows = np.meshgrid(np.linspace(0, 255, width), np.linspace(0, 255, height))
    return Image.fromarray(np.stack([columns, rows, rows * 0], axis=-1).astype(np.uint8))


def middle(crop):
    return crop[130, 130, :2] / 255


def test_whole_is_the_middle_of_the_picture():
    crop = whole(striped(640, 480))
    assert (crop.shape, crop.dtype) == ((260, 260, 3), np.uint8)
    np.testing.assert_allclose(middle(crop), [0.5, 0.5], atol=0.01)
    share = 0.875 * 480
    np.testing.assert_allclose(np.ptp(crop[130, :, 0]) / 255, share / 640, atol=0.01)
    np.testing.assert_allclose(np.ptp(crop[:, 130, 1]) / 255, share / 480, atol=0.01)


@pytest.mark.parametrize(
    ("size", "places"),
    [
        ((500, 300), [(0.18, 0.5), (0.5, 0.5), (0.82, 0.5)]),
        ((300, 500), [(0.5, 0.18), (0.5, 0.5), (0.5, 0.82)]),
        ((900, 300), [(1 / 6, 0.5), (0.5, 0.5), (5 / 6, 0.5)]),
        ((300, 1500), [(0.5, 0.1), (0.5, 0.5), (0.5, 0.9)]),
        ((400, 400), [(0.3, 0.5), (0.5, 0.5), (0.7, 0.5)]),
    ],
)
def test_tiles_lie_along_the_longer_side(size, places):
    for crop, place in zip(tiles(striped(*size)), places, strict=True):
        assert crop.shape == (260, 260, 3)
        np.testing.assert_allclose(middle(crop), place, atol=0.01)


def test_panorama_is_elongated_and_a_film_frame_is_not():
    assert elongated(Image.new("L", (2000, 1000)))
    assert elongated(Image.new("L", (1000, 2000)))
    assert not elongated(Image.new("L", (1920, 1080)))


@pytest.mark.parametrize("size", [(1, 1), (3000, 1), (1, 40)])
def test_tiny_picture_is_cut_too(size):
    picture = Image.new("RGB", size, "red")
    assert all((crop == (255, 0, 0)).all() for crop in (whole(picture), *tiles(picture)))


@pytest.mark.parametrize("mode", ["L", "LA", "RGBA", "P", "CMYK", "1", "I;16"])
def test_every_mode_becomes_rgb(mode):
    picture = Image.new(mode, (20, 10))
    assert decode(encoded(picture, "TIFF")).mode == "RGB"


def test_picture_is_turned_upright():
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    assert decode(encoded(Image.new("RGB", (20, 10)), "JPEG", exif=exif)).size == (10, 20)


@pytest.mark.parametrize("damage", [b"", b"no picture", "cut", "bomb"])
def test_undecodable_picture_is_none(damage, monkeypatch):
    image = encoded(striped(200, 200), "JPEG")
    if damage == "bomb":
        monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
    else:
        image = image[: len(image) // 2] if damage == "cut" else damage
    assert decode(image) is None
