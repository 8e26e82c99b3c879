import io
import json

import pytest
from PIL import Image
from PIL.ExifTags import GPS, IFD

from imagescraper.photo import Photo
from imagescraper.pipelines.exif import ExifPipeline
from imagescraper.privacy.keys import Key, Keyring
from imagescraper.privacy.vault import Vault


def jpeg(**tags):
    exif = Image.Exif()
    exif[0x010F], exif[0x013B] = tags.get("make", ""), tags.get("artist", "")
    buffer = io.BytesIO()
    Image.new("RGB", (32, 24), "green").save(buffer, "JPEG", exif=exif if tags else b"")
    return buffer.getvalue()


def jpeg_at(latitude, longitude):
    exif = Image.Exif()
    exif[IFD.GPSInfo] = {
        GPS.GPSLatitudeRef: "N" if latitude >= 0 else "S",
        GPS.GPSLatitude: (abs(latitude), 0.0, 0.0),
        GPS.GPSLongitudeRef: "E" if longitude >= 0 else "W",
        GPS.GPSLongitude: (abs(longitude), 0.0, 0.0),
    }
    buffer = io.BytesIO()
    Image.new("RGB", (32, 24), "green").save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


async def process(data, **known):
    return await ExifPipeline().process_item(Photo(source="flickr", photo_id="1", data=data, **known))


async def test_everything_is_read_and_only_the_harmless_is_plain():
    photo = await process(jpeg(make="NIKON", artist="Canary"))
    assert photo.exif_source == "file"
    assert photo.exif["Exif"]["Image"]["Artist"] == "Canary"
    assert photo.camera == {"make": "NIKON"}


async def test_a_file_without_metadata_says_so():
    photo = await process(jpeg())
    assert (photo.exif, photo.exif_source, photo.camera) == (None, "none", {})


async def test_a_photo_without_its_bytes_is_left_alone():
    photo = await process(None)
    assert (photo.exif, photo.exif_source) == (None, None)


async def test_rubbish_costs_the_metadata_and_not_the_photo():
    photo = await process(b"\xff\xd8\xff\xe1\xff\xffExif\0\0rubbish")
    assert photo.exif_source in ("none", "file")


@pytest.mark.parametrize(
    ("latitude", "longitude", "compared", "km"),
    [
        (5.8394, 118.1172, "agrees", 0),
        (5.8444, 118.1172, "agrees", 0.556),
        (5.8394, 119.1172, "differs", 110.617),
        (-5.8394, 118.1172, "differs", 1298.62),
    ],
)
async def test_the_files_own_position_is_compared(latitude, longitude, compared, km):
    photo = await process(jpeg_at(5.8394, 118.1172), latitude=latitude, longitude=longitude)
    position = photo.exif["Position"]
    assert (position["latitude"], position["longitude"]) == pytest.approx((5.8394, 118.1172), abs=1e-5)
    assert position["compared"] == compared
    assert position["km"] == pytest.approx(km, rel=1e-3, abs=0.01)


async def test_a_place_that_the_owner_hid_is_in_what_is_sealed_and_nowhere_else():
    photo = await process(jpeg_at(5.8394, 118.1172))
    assert photo.exif["Position"]["compared"] == "only in file"
    assert "km" not in photo.exif["Position"]
    assert (photo.latitude, photo.longitude, photo.location, photo.camera) == (None, None, None, {})
    hidden = photo.exif
    sealed = Vault(Keyring((Key.new(),))).seal(photo).document()
    plain = json.dumps(sealed, default=str)
    assert "5.83" not in plain
    assert "118.11" not in plain
    assert "only in file" not in plain
    assert hidden not in sealed.values()


async def test_without_a_position_in_the_file_nothing_is_compared():
    photo = await process(jpeg(make="NIKON"), latitude=5.8, longitude=118.1)
    assert "Position" not in photo.exif
