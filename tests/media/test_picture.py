import struct
import zlib

import pytest

from imagescraper.media.picture import opened
from imagescraper.media.sniff import NotAPhoto
from tests.media import samples

ALL = {"jpg": samples.jpeg(), "png": samples.png(), "gif": samples.gif(), "webp": samples.webp()}


def bomb(side: int) -> bytes:
    """A small PNG of side x side pixels."""
    rows = zlib.compress(bytes(min((side // 8 + 1) * side, 2**22)))
    header = samples.chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + samples.chunk(b"IDAT", rows) + samples.chunk(b"IEND", b"")


def reason(data: bytes, **options) -> str:
    with pytest.raises(NotAPhoto) as caught:
        samples.decoded(data, **options)
    return caught.value.reason


@pytest.mark.parametrize("kind", ALL)
def test_tells_the_size_before_and_after_decoding(kind):
    with opened(ALL[kind]) as image:
        assert image.size == (96, 64)
    assert samples.decoded(ALL[kind]) == (96, 64)


@pytest.mark.parametrize("kind", ALL)
def test_a_file_cut_short_is_told_from_a_whole_one(kind):
    whole = ALL[kind].removesuffix(b"CANARY trailer")
    refused = {reason(whole[:size]) for size in range(len(whole) // 2, len(whole) - 40, 37)}
    assert refused == {"cut"}


def test_a_jpeg_without_its_end_marker_is_cut_though_every_pixel_is_there():
    plain = samples.encode(samples.drawing(), "JPEG")
    assert samples.decoded(plain) == (96, 64)
    assert reason(plain[:-2]) == "cut"


@pytest.mark.parametrize("side", [8_000, 13_300, 20_000, 2**30])
def test_pixel_bombs_are_refused_before_they_are_decoded(side):
    assert reason(bomb(side)) == "too many pixels"


def test_the_limit_on_pixels_is_the_callers():
    assert samples.decoded(samples.png(), max_pixels=96 * 64) == (96, 64)
    assert reason(samples.png(), max_pixels=96 * 64 - 1) == "too many pixels"


def test_wrong_image_data_is_damaged():
    plain = samples.encode(samples.drawing(), "PNG")
    at = plain.index(b"IDAT")
    assert reason(plain[: at + 6] + bytes(20) + plain[at + 26 :]) == "damaged"


def test_a_jpeg_of_thousands_of_scans_is_refused_before_it_is_decoded():
    plain = samples.encode(samples.drawing(), "JPEG", progressive=True)
    scan = plain.index(b"\xff\xda")
    end = plain.index(b"\xff\xc4", scan)
    assert reason(plain[:scan] + plain[scan:end] * 5_000 + plain[end:]) == "damaged"


@pytest.mark.parametrize("format_", ["BMP", "TIFF", "PPM", "TGA", "ICO", "EPS", "PDF", "AVIF"])
def test_other_formats_do_not_even_reach_a_decoder(format_):
    assert reason(samples.encode(samples.drawing(), format_)) == "unknown type"


@pytest.mark.parametrize("make", [samples.jpeg, samples.png, samples.webp, samples.gif])
def test_mutated_files_raise_nothing_else(make):
    data = make()
    outcomes = set()
    for seed in range(150):
        try:
            samples.decoded(samples.damaged(data, seed))
        except NotAPhoto as error:
            outcomes.add(error.reason)
    assert {"cut", "damaged"} <= outcomes


def test_an_animation_counts_by_its_first_frame():
    frames = [samples.drawing(64, 64, "P") for _ in range(60)]
    data = samples.encode(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert samples.decoded(data, max_pixels=64 * 64) == (64, 64)
