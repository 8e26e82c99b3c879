from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageCms, ImageOps

from imagescraper.media.hashes import dhash
from imagescraper.media.renditions import render
from imagescraper.media.segments import split
from imagescraper.media.sniff import NotAPhoto
from tests.media import samples


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def difference(one: Image.Image, other: Image.Image) -> float:
    """Mean difference of two pictures of one size, seen from a distance, in levels of 0 to 255."""
    assert one.size == other.size
    near = [image.convert("RGB").reduce(4) for image in (one, other)]
    return float(np.abs(np.asarray(near[0], float) - np.asarray(near[1], float)).mean())


@pytest.mark.filterwarnings("ignore:Image appears to be a malformed MPO file")  # the sample has such a segment
@pytest.mark.parametrize("turn", range(1, 9))
@pytest.mark.parametrize("make", [samples.jpeg, samples.png, samples.webp])
def test_is_upright_and_right_in_size(make, turn):
    data = make(turn)
    seen = ImageOps.exif_transpose(opened(data))
    renditions = render(data)
    assert (renditions.width, renditions.height) == seen.size
    assert difference(opened(renditions.preview), seen) < 4


def test_a_clean_picture_gives_the_same_renditions():
    for data in (samples.jpeg(6), samples.png(6), samples.webp(6), samples.gif()):
        assert render(split(data).picture) == render(data)


def test_sizes_are_bounded_and_never_enlarged():
    large = render(samples.encode(samples.drawing(3000, 1000), "JPEG"))
    assert opened(large.preview).size == (640, 213)
    assert opened(large.thumbnail).size == (256, 85)
    assert (large.width, large.height) == (3000, 1000)
    small = render(samples.png())
    assert opened(small.preview).size == opened(small.thumbnail).size == (96, 64)
    thin = render(samples.encode(Image.new("RGB", (5000, 2)), "PNG"))
    assert opened(thin.thumbnail).size == (256, 1)


@pytest.mark.parametrize("make", [samples.jpeg, samples.png, samples.webp, samples.gif])
def test_carries_no_metadata(make):
    renditions = render(make())
    for file in (renditions.preview, renditions.thumbnail):
        assert samples.MARKER not in file
        assert opened(file).info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_the_hash_is_that_of_the_upright_picture():
    upright = render(samples.jpeg(1))
    assert samples.distance(upright.dhash, dhash(opened(upright.thumbnail))) <= 2
    turned = render(samples.jpeg(6))
    assert samples.distance(turned.dhash, dhash(samples.drawing().rotate(-90, expand=True))) <= 4
    assert samples.distance(turned.dhash, upright.dhash) > 10


def test_colours_of_another_profile_come_out_as_srgb():
    # Swapping red and blue in the profile makes a wrong result visible at once.
    profile = bytearray(samples.srgb())
    red, blue = profile.index(b"rXYZ"), profile.index(b"bXYZ")
    profile[red : red + 4], profile[blue : blue + 4] = b"bXYZ", b"rXYZ"
    text = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(bytes(profile)))).strip()
    named = bytes(profile).replace(text[:4].encode("utf-16-be"), "swap".encode("utf-16-be"))
    data = samples.encode(Image.new("RGB", (64, 64), (250, 20, 20)), "JPEG", icc_profile=named, quality=95)
    red, _, blue = opened(render(data).preview).getpixel((32, 32))
    assert blue > 200 > 60 > red


def test_a_broken_profile_is_passed_over():
    data = samples.encode(samples.drawing(), "JPEG", icc_profile=b"no profile" * 20)
    assert difference(opened(render(data).preview), samples.drawing()) < 6


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_other_colour_models_of_jpeg(mode):
    data = samples.encode(samples.drawing(mode=mode), "JPEG")
    assert difference(opened(render(data).preview), opened(data)) < 5


@pytest.mark.parametrize("mode", ["1", "L", "P", "I;16", "RGBA", "LA"])
def test_other_colour_models_of_png(mode):
    image = samples.drawing(mode="L").convert("I").point(lambda value: value * 257) if mode == "I;16" else None
    image = image.convert("I;16") if image else samples.drawing(mode=mode)
    expected = samples.drawing(mode="L" if mode in ("I;16", "LA") else mode)
    assert difference(opened(render(samples.encode(image, "PNG")).preview), expected) < 6


def test_what_is_transparent_is_shown_on_white():
    clear = Image.new("RGBA", (32, 32), (255, 0, 0, 0))
    assert opened(render(samples.encode(clear, "PNG")).preview).getpixel((16, 16)) == (255, 255, 255)
    palette = samples.drawing(mode="P")
    data = samples.encode(palette, "PNG", transparency=palette.getpixel((0, 0)))
    assert min(opened(render(data).preview).getpixel((2, 2))) > 240


def outcome(reader, data: bytes) -> str:
    try:
        reader(data)
    except NotAPhoto as error:
        return error.reason
    return "ok"


@pytest.mark.parametrize("make", [samples.jpeg, samples.png, samples.webp, samples.gif])
def test_decoding_at_a_smaller_scale_refuses_what_a_full_decoding_refuses(make):
    data = make()
    for seed in range(80):
        changed = samples.damaged(data, seed)
        assert outcome(render, changed) == outcome(samples.decoded, changed)


def test_a_large_jpeg_cut_inside_its_scan_is_refused_at_the_smallest_scale():
    plain = samples.encode(Image.effect_noise((6000, 900), 60), "JPEG")
    for share in (0.3, 0.9, 0.999):
        assert outcome(render, plain[: int(len(plain) * share)]) == "cut"
        assert outcome(render, plain[: int(len(plain) * share)] + b"\xff\xd9") == outcome(
            samples.decoded, plain[: int(len(plain) * share)] + b"\xff\xd9"
        )
