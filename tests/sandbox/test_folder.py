import io
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from sandbox.folder import FolderError, read_folder
from sandbox.images import ImageHost
from sandbox.rest import Rest
from sandbox.rows import image_url
from sandbox.search import Search
from sandbox.sizes import renditions
from tests.conftest import REAL_DATA

from .conftest import World

REAL = REAL_DATA / "photos"
EXTRAS = "description,tags,geo,date_taken,views,machine_tags,url_o,url_m,original_format"


def open_world(folder, seed=1):
    collection, originals = read_folder(folder, seed)
    images = ImageHost(collection, originals)
    return World(collection, None, images, Rest(collection, Search(collection), images))


@pytest.fixture
def folder(tmp_path):
    exif = Image.Exif()
    exif[0x010F] = "Maker"
    exif[0x0112] = 6
    Image.linear_gradient("L").convert("RGB").resize((800, 600)).save(tmp_path / "a.jpg", exif=exif)
    Image.radial_gradient("L").save(tmp_path / "b.png")
    Image.linear_gradient("L").save(tmp_path / "c.gif")
    lines = [
        {
            "filename": "a.jpg",
            "search term": "monkey cage",
            "link": "https://live.staticflickr.com/3953/15615001075_8bfc5f8ae6_o.jpg",
            "title": "Im Zoo",
            "description": None,
            "date taken": "2012-06-06 14:17:31",
            "latitude": 5.8,
            "longitude": 118.0,
            "views": 12,
            "tags": "zoo sabah",
            "machine tags": "uploaded:by=flickrmobile",
            "country": "ignored",
        },
        {"filename": "b.png", "link": "https://live.staticflickr.com/1/15615001075_8bfc5f8ae6_b.jpg", "title": "b"},
        {"filename": "c.gif", "date taken": "", "latitude": 0.0, "longitude": 0.0},
    ]
    (tmp_path / "photos.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return tmp_path


def test_lines_become_photos(folder):
    world = open_world(folder)
    row = world.search(text="zoo", extras=EXTRAS)["photo"][0]
    assert row["id"] == "15615001075"
    assert (row["title"], row["tags"], row["views"]) == ("Im Zoo", "zoo sabah uploaded:by=flickrmobile", "12")
    assert row["datetaken"] == "2012-06-06 14:17:31"
    assert (float(row["latitude"]), float(row["longitude"]), row["accuracy"]) == (5.8, 118.0, "16")
    assert row["geo_is_public"] == 1
    rows = world.search(min_upload_date=1, extras=EXTRAS)["photo"]
    assert len({row["id"] for row in rows}) == 3
    undated = next(row for row in rows if row["originalformat"] == "gif")
    assert undated["datetaken"] == "0000-00-00 00:00:00"
    assert undated["latitude"] == 0


def test_a_photo_is_found_by_the_words_that_once_found_it(folder):
    world = open_world(folder)
    assert len(world.search(text="monkey")["photo"]) == 1
    assert len(world.search(text="cage zoo")["photo"]) == 1
    assert "monkey" not in json.dumps(world.search(text="monkey", extras=EXTRAS))


def test_originals_are_the_files_and_the_sizes_are_made_from_them(folder):
    world = open_world(folder)
    for photo, name in zip(world.collection.photos(np.arange(3)), ("a.jpg", "b.png", "c.gif"), strict=True):
        server, file_name = image_url(photo, None, "").split("/")[-2:]
        assert file_name.endswith(Path(name).suffix)
        assert world.images.file(world.images.address(server, file_name)).content == (folder / name).read_bytes()
    turned = world.collection.photo(0)
    server, file_name = image_url(turned, renditions(turned)[4], "").split("/")[-2:]
    with Image.open(io.BytesIO(world.images.file(world.images.address(server, file_name)).content)) as small:
        assert small.size == (240, 320)
        assert not small.getexif()


def test_exif_and_members_are_there_too(folder):
    world = open_world(folder)
    listed = world.call("flickr.photos.getExif", photo_id="15615001075")["photo"]["exif"]
    assert {"Maker", "Rotate 90 CW"} <= {entry["raw"]["_content"] for entry in listed}
    info = world.call("flickr.photos.getInfo", photo_id="15615001075")["photo"]
    assert info["owner"]["nsid"] == open_world(folder).collection.photo(0).owner.nsid
    assert info["originalformat"] == "jpg"


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ('{"filename": "a.jpg"}\n{"title": "x"}', "line 2: filename: Field required"),
        ("{", "line 1: Invalid JSON"),
        ('{"filename": "../a.jpg"}', "plain name"),
        ('{"filename": "nothing.jpg"}', "nothing.jpg: No such file"),
        ('{"filename": "photos.jsonl"}', "photos.jsonl: is no picture"),
        ('{"filename": "a.jpg", "latitude": 91}', "line 1: latitude: Input"),
        ('{"filename": "a.jpg"}\n{"filename": "a.jpg"}', "named twice"),
        ("\n", "holds no photo"),
    ],
)
def test_bad_lines_are_named_in_one_line(folder, lines, message):
    (folder / "photos.jsonl").write_text(lines)
    with pytest.raises(FolderError, match=message) as refused:
        read_folder(folder, 1)
    assert "\n" not in str(refused.value)


@pytest.mark.realdata
def test_all_monkeys_are_found():
    world = open_world(REAL)
    rows = world.search(text="monkey", per_page=500, extras=EXTRAS)["photo"]
    lines = [json.loads(line) for line in (REAL / "photos.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len({row["id"] for row in rows}) == len(lines) == 89
    assert all("url_o" in row for row in rows)
    assert len(world.search(text="monkey", has_geo=1, per_page=500)["photo"]) == 18
    for row, line in list(zip(world.collection.photos(np.arange(89)), lines, strict=True))[::20]:
        assert world.images.original(row).content == (REAL / line["filename"]).read_bytes()
        assert row.title == line["title"]
