import io

from PIL import Image

from imagescraper.photo import Photo
from imagescraper.pipelines.exif import ExifPipeline


def jpeg(**tags):
    exif = Image.Exif()
    exif[0x010F], exif[0x013B] = tags.get("make", ""), tags.get("artist", "")
    buffer = io.BytesIO()
    Image.new("RGB", (32, 24), "green").save(buffer, "JPEG", exif=exif if tags else b"")
    return buffer.getvalue()


async def process(data):
    return await ExifPipeline().process_item(Photo(source="flickr", photo_id="1", data=data))


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
