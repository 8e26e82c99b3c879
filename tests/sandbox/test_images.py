import io
import json
import subprocess

import numpy as np
import pytest
from PIL import Image

from sandbox.captions import TOPICS
from sandbox.collection import Gone
from sandbox.images import fingerprint, placeholder
from sandbox.rows import image_url
from sandbox.sizes import SIZES, renditions

from .conftest import make_world

METADATA = {"exif", "xmp", "comment", "icc_profile"}


def file_at(world, url):
    server, name = url.split("/")[-2:]
    address = world.images.address(server, name)
    return address and world.images.file(address)


def photos_of(world):
    return world.collection.photos(np.arange(len(world.collection)))


def read(content):
    with Image.open(io.BytesIO(content)) as picture:
        picture.load()
        return picture


def exif_of(content, *options):
    command = ["exiftool", "-json", "-G1", "-a", "-n", *options, "-"]
    done = subprocess.run(command, input=content, capture_output=True, check=True)
    return json.loads(done.stdout)[0]


@pytest.fixture(scope="module")
def photo(world):
    """A geotagged photo with every size up to 1600, turned by its orientation."""
    return next(photo for photo in photos_of(world) if photo.rotation == 90 and photo.geo and photo.owner.camera)


def test_every_size_has_the_pixels_that_were_promised(world, photo):
    for rendition in renditions(photo):
        file = file_at(world, image_url(photo, rendition, ""))
        assert read(file.content).size == (rendition.width, rendition.height) == (file.width, file.height)
        if not rendition.size.square:
            assert max(rendition.width, rendition.height) <= min(rendition.size.limit, max(photo.width, photo.height))


def test_no_size_is_larger_than_the_original(world):
    for photo in photos_of(world):
        listed = renditions(photo)
        longest = max(photo.width, photo.height)
        assert max(max(size.width, size.height) for size in listed) <= longest
        assert len(listed) == sum(longest >= size.limit or (size.extra == "h" and longest > 1024) for size in SIZES)


def test_the_original_is_stored_turned_and_the_sizes_are_upright(world, photo):
    original = read(file_at(world, image_url(photo, None, "")).content)
    small = read(file_at(world, image_url(photo, renditions(photo)[4], "")).content)
    assert original.size == (photo.width, photo.height)
    assert original.getexif()[0x0112] == 6
    assert (small.width > small.height) == (original.width < original.height)
    assert (fingerprint(original) ^ fingerprint(small)).bit_count() < 6


def test_only_the_original_holds_metadata(world):
    in_originals = set()
    for photo in photos_of(world)[:40]:
        in_originals |= set(read(world.images.original(photo).content).info)
        small = read(file_at(world, image_url(photo, renditions(photo)[3], "")).content)
        assert not small.getexif()
        assert not METADATA & set(small.info)
    assert in_originals >= METADATA


@pytest.mark.exiftool
def test_the_originals_metadata_as_exiftool_reads_it(world):
    signed = next(
        photo
        for photo in photos_of(world)
        if photo.owner.serial and photo.owner.signs_files and photo.geo and photo.owner.realname.isascii()
    )
    tags = exif_of(file_at(world, image_url(signed, None, "")).content)
    assert tags["IFD0:Make"] == signed.owner.camera.make
    assert tags["IFD0:Model"] == signed.owner.camera.model
    assert tags["ExifIFD:DateTimeOriginal"] == signed.taken.replace("-", ":")
    assert str(tags["ExifIFD:SerialNumber"]) == signed.owner.serial
    name = signed.owner.realname or signed.owner.username
    assert tags["IFD0:Artist"] == name
    assert tags["ExifIFD:OwnerName"] == name
    assert 0 < tags["ExifIFD:ExposureTime"] < 1
    assert tags["Composite:GPSLatitude"] == pytest.approx(signed.latitude, abs=1e-5)
    assert tags["Composite:GPSLongitude"] == pytest.approx(signed.longitude, abs=1e-5)
    assert "Warning" not in " ".join(tags)
    small = exif_of(file_at(world, image_url(signed, renditions(signed)[-1], "")).content)
    groups = {name.partition(":")[0] for name in small}
    assert groups <= {"SourceFile", "ExifTool", "System", "File", "JFIF", "Composite"}


def test_a_profile_does_not_tell_when_it_was_made(world):
    infos = (read(world.images.original(photo).content).info for photo in photos_of(world))
    profile = next(info["icc_profile"] for info in infos if "icc_profile" in info)
    assert int.from_bytes(profile[24:26]) == 2010


def test_a_picture_is_recognised_while_another_is_served_for_the_first_time(monkeypatch):
    world = make_world(20)
    first, second, third = photos_of(world)[:3]
    picture = read(world.images.original(first).content)
    world.images.original(second)

    class Slow(int):
        def __rxor__(self, other):
            world.images.original(third)
            return int(self) ^ other

    monkeypatch.setattr("sandbox.images.fingerprint", lambda picture: Slow(fingerprint(picture)))
    assert world.images.subjects(picture) == (TOPICS[world.subject[0]],)


def test_originals_differ_and_come_again_the_same(world):
    again = make_world()
    contents = [world.images.original(photo).content for photo in photos_of(world)[:40]]
    assert len(set(contents)) == 40
    assert len({fingerprint(read(content)) for content in contents}) > 37
    assert contents == [again.images.original(photo).content for photo in photos_of(again)[:40]]


def test_originals_are_of_the_type_they_are_called(world):
    for kind, name in (("jpg", "JPEG"), ("png", "PNG"), ("gif", "GIF")):
        photo = next(photo for photo in photos_of(world) if photo.format == kind)
        file = world.images.original(photo)
        assert read(file.content).format == name
        assert file.content_type.endswith(name.casefold())
        assert read(file.content).size == (photo.width, photo.height)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda photo, name: (photo.server + 1, name),
        lambda photo, name: (photo.server, name.replace(photo.secret, "0123456789")),
        lambda photo, name: (photo.server, name.replace(".jpg", "_z.png")),
        lambda photo, name: (photo.server, name.replace(".jpg", "_6k.jpg")),
        lambda photo, name: (photo.server, name.replace(".jpg", "_h.jpg")),
        lambda photo, name: (photo.server, name.replace(".jpg", "_o.jpg")),
        lambda photo, name: (photo.server, name.replace(str(photo.id), "12")),
        lambda photo, _: (photo.server, "nonsense"),
    ],
)
def test_a_wrong_address_leads_nowhere(world, photo, spoil):
    server, name = spoil(photo, f"{photo.id}_{photo.secret}.jpg")
    assert world.images.address(str(photo.server), f"{photo.id}_{photo.secret}.jpg")
    assert world.images.address(str(server), name) is None


def test_gone_photos_have_no_file():
    world = make_world(60, gone=0.5)
    for photo in photos_of(world):
        file = file_at(world, image_url(photo, None, "")) if not photo.video else True
        assert bool(file) == (photo.gone not in {Gone.DELETED, Gone.PRIVATE})
    assert read(placeholder()).format == "GIF"
