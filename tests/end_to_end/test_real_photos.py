"""The crawl of a folder of real photos, with ExifTool as the judge of what was read."""

import io
import json
import shutil
import subprocess

import pytest
from PIL import Image

from imagescraper.media.hashes import sha256
from tests.conftest import REAL_DATA
from tests.end_to_end.project import Project, balanced
from tests.sandbox_server import running_sandbox

pytestmark = pytest.mark.realdata
PHOTOS = REAL_DATA / "photos"

#: What ExifTool calls the facts of the camera. It writes a lens that is not known as dashes or blanks.
TAGS = {
    "make": "Make",
    "model": "Model",
    "aperture": "FNumber",
    "exposure_time": "ExposureTime",
    "iso": "ISO",
    "focal_length": "FocalLength",
}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    with running_sandbox("--folder", str(PHOTOS)) as sandbox:
        project = Project(tmp_path_factory.mktemp("real"), sandbox.url)
        done = project.crawl("term=monkey")
        assert done.returncode == 0, done.stderr
    return project


@pytest.fixture(scope="module")
def sources():
    """The files of the folder by the hash of their bytes."""
    return {sha256(path.read_bytes()): path for path in PHOTOS.iterdir() if path.suffix != ".jsonl"}


def test_all_of_them_are_stored(crawled):
    expected = len((PHOTOS / "photos.jsonl").read_text(encoding="utf-8").splitlines())
    report = crawled.report()
    assert balanced(report)
    assert (report["stored"], report["lost"]) == (expected, 0)


def test_each_stored_picture_has_the_pixels_of_its_source(crawled, sources):
    for row in crawled.rows():
        with Image.open(sources[row["sha256"]]) as source:
            before = source.tobytes()
        with Image.open(io.BytesIO((crawled.images / row["filename"]).read_bytes())) as stored:
            assert stored.tobytes() == before, row["_id"]


@pytest.mark.exiftool
def test_the_camera_is_what_exiftool_reads(crawled, sources):
    done = subprocess.run(
        [shutil.which("exiftool"), "-j", "-n", *(f"-EXIF:{tag}" for tag in TAGS.values()), str(PHOTOS)],
        capture_output=True,
        text=True,
        check=False,
    )
    read = {entry["SourceFile"].rpartition("/")[2]: entry for entry in json.loads(done.stdout)}
    compared = 0
    for row in crawled.rows():
        said = read[sources[row["sha256"]].name]
        for name, tag in TAGS.items():
            ours, theirs = row["camera"].get(name), said.get(tag)
            if isinstance(theirs, str):
                theirs = theirs.strip() or None
            if isinstance(theirs, int | float):
                theirs = theirs or None
                assert ours == pytest.approx(theirs), (row["_id"], name)
            else:
                assert ours == theirs, (row["_id"], name)
            compared += theirs is not None
    assert compared > 150


def test_the_places_agree_with_the_coordinates(crawled):
    placed = [row for row in crawled.rows() if row["latitude"] is not None]
    assert len(placed) > 10
    assert all(row["country"] for row in placed)


def test_monkeys_are_seen(crawled):
    values = [score["value"] for row in crawled.rows() for score in row["scores"] if score["label"] == "monkey"]
    assert len(values) == len(crawled.rows())
    assert sum(value > 0.5 for value in values) > 0.85 * len(values)
