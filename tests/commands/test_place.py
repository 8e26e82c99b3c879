import pytest

from imagescraper.photo import Photo
from imagescraper.store import open_store

SANDAKAN = {"latitude": 5.8394, "longitude": 118.1172, "accuracy": 16}
PLACED = {
    "country_code": "MY",
    "country": "Malaysia",
    "city": "Sandakan",
    "country_uncertain": False,
    "coordinate_uncertainty_m": 611,
}
#: What a nearest-city look-up had said.
WRONG = {"country_code": "PH", "country": "Philippines", "city": "Taganak", "country_uncertain": False}


def document(number, **values):
    return Photo(source="flickr", photo_id=str(number), owner="key:token", exif="key:token", **values).document()


@pytest.fixture
def stored(project):
    """A collection of 2,500 photos, of which some are placed wrongly."""
    store = open_store(f"sqlite:///{project.folder}/collection/photos.sqlite")
    rows = [document(number, **SANDAKAN, **WRONG) for number in range(1200)]
    rows += [document(number, **SANDAKAN, **PLACED) for number in range(1200, 1300)]
    rows += [document(number) for number in range(1300, 2500)]
    store.upsert(rows, {row["_id"]: b"sealed" for row in rows[:3]})
    store.close()
    return rows


def test_rows_are_placed_anew_and_nothing_else_changes(project, stored):
    done = project.scrapy("place")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "2,500 photos, 1,300 of them with coordinates; 1,200 were changed\n"
    assert project.rows() == [row | PLACED for row in stored[:1300]] + stored[1300:]
    store = project.store()
    assert store.segments("flickr:2") == b"sealed"
    store.close()


def test_again_changes_nothing(project, stored):
    project.scrapy("place")
    assert "; 0 were changed" in project.scrapy("place").stdout


def test_what_an_interrupted_command_left_is_finished(project, stored):
    store = project.store()
    store.update({row["_id"]: PLACED for row in stored[:1000]})
    store.close()
    assert "; 200 were changed" in project.scrapy("place").stdout
    assert {row["country_code"] for row in project.rows()} == {"MY", None}


def test_no_key_is_needed(project, stored):
    assert project.scrapy("place", SECRET_KEY_FILE="/nowhere").returncode == 0
    assert not project.key_file.exists()


def test_wrong_use_is_one_line_and_status_2(project):
    for arguments, words in (([], "no collection"), (["here"], "no arguments")):
        done = project.scrapy("place", *arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("scrapy place: ")
        assert done.stderr.count("\n") == 1
        assert words in done.stderr
