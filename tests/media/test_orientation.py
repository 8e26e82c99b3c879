import pytest
from PIL import Image

from imagescraper.media import orientation
from tests.media import samples


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_block_says_what_pillow_reads(turn):
    block = orientation.block(turn)
    tags = Image.Exif()
    tags.load(block)
    assert dict(tags) == {0x0112: turn}
    assert orientation.read(block) == orientation.read(b"Exif\0\0" + block) == turn


@pytest.mark.parametrize("order", ["<", ">"])
def test_reads_both_byte_orders(order):
    tags = samples.exif(7)
    tags.endian = order
    assert orientation.read(tags.tobytes()) == 7


@pytest.mark.parametrize("turn", [0, 9, 256, 65535])
def test_a_value_without_meaning_is_upright(turn):
    assert orientation.read(samples.exif(turn).tobytes()) == 1


def test_anything_damaged_is_upright():
    block = orientation.block(6)
    for size in range(len(block) - 6):
        assert orientation.read(block[:size]) == 1
    assert orientation.read(block[:4] + b"\xff\xff\xff\xff" + block[8:]) == 1
    assert orientation.read(b"") == orientation.read(b"neither order") == 1
