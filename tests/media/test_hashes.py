import hashlib

from PIL import Image, ImageEnhance

from imagescraper.media.hashes import dhash, sha256
from tests.media import samples


def test_sha256_is_the_standard_one():
    assert sha256(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert sha256(b"") == hashlib.sha256().hexdigest()


def test_dhash_reads_the_gradient_row_by_row():
    rising = Image.frombytes("L", (9, 8), bytes(range(0, 90, 10)) * 8)
    assert dhash(rising) == "f" * 16
    assert dhash(rising.transpose(Image.Transpose.FLIP_LEFT_RIGHT)) == "0" * 16
    one = Image.frombytes("L", (9, 8), bytes(8) + b"\xff" + bytes(63))
    assert dhash(one) == "0100000000000000"


def test_alike_is_near_and_different_is_far():
    picture = samples.drawing(640, 480)
    smaller = ImageEnhance.Brightness(picture.resize((320, 240))).enhance(1.1)
    assert samples.distance(dhash(picture), dhash(smaller)) <= 6
    assert samples.distance(dhash(picture), dhash(picture.transpose(Image.Transpose.ROTATE_180))) > 10
