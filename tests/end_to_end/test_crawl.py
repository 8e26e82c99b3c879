"""The real `scrapy crawl` against the sandbox, over HTTP, into a real store on the disk."""

import hashlib
import io
import json
import shutil
import subprocess
import urllib.parse
import urllib.request

import pytest
from PIL import Image

from imagescraper.media.segments import join
from imagescraper.photo import SEALED
from imagescraper.privacy.keys import Keyring, make_key_file
from imagescraper.privacy.vault import Vault
from tests.end_to_end.project import Project, balanced
from tests.sandbox_server import running_sandbox


@pytest.fixture(scope="module")
def crawled(tmp_path_factory, sandbox):
    """One crawl that many tests look at."""
    project = Project(tmp_path_factory.mktemp("crawled"), sandbox.url)
    done = project.crawl("term=cat", "limit=40")
    assert done.returncode == 0, done.stderr
    return project, done


def asked(sandbox, **arguments):
    """Ask the sandbox's API, as anybody could."""
    form = {"api_key": "c0ffee", "format": "json", "nojsoncallback": "1"} | arguments
    with urllib.request.urlopen(f"{sandbox.url}/services/rest/?{urllib.parse.urlencode(form)}", timeout=30) as answer:
        return json.load(answer)


def test_the_report_balances(crawled):
    project, done = crawled
    report = project.report()
    assert balanced(report)
    assert (report["promised"], report["came"], report["stored"], report["lost"]) == (40, 40, 40, 0)
    assert report["api_calls"] == 1
    assert report["seconds"] > 0
    for line in ("promised          40", "stored            40", "lost               0"):
        assert line in done.stdout


def test_every_row_has_its_picture_and_renditions(crawled):
    project, _ = crawled
    rows = project.rows()
    assert len(rows) == 40
    for row in rows:
        assert row["state"] == "stored"
        with Image.open(project.images / row["filename"]) as picture:
            picture.load()
        for name, side in (("preview", 640), ("thumbnail", 256)):
            with Image.open(project.images / row["renditions"][name]) as rendition:
                assert max(rendition.size) <= side
        assert len(row["sha256"]) == 64
        assert len(row["dhash"]) == 16


def test_the_downloaded_bytes_come_back(crawled, sandbox):
    project, _ = crawled
    vault = Vault(Keyring.from_file(project.key_file))
    store = project.store()
    with_exif = 0
    for row in store.rows():
        metadata = vault.open_value(row["_id"], "segments", store.segments(row["_id"]).decode())
        joined = join((project.images / row["filename"]).read_bytes(), metadata)
        with urllib.request.urlopen(row["link"], timeout=30) as answer:
            assert joined == answer.read()
        assert hashlib.sha256(joined).hexdigest() == row["sha256"]
        with_exif += row["exif_source"] == "file"
    store.close()
    assert with_exif > 5


def test_the_best_size_was_taken_and_no_pixel_changed(crawled, sandbox):
    project, _ = crawled
    for row in project.rows()[:10]:
        sizes = asked(sandbox, method="flickr.photos.getSizes", photo_id=row["photo_id"])["sizes"]["size"]
        with urllib.request.urlopen(sizes[-1]["source"], timeout=30) as answer:
            best = Image.open(io.BytesIO(answer.read()))
        with Image.open(project.images / row["filename"]) as stored:
            assert stored.tobytes() == best.tobytes()


def test_nothing_personal_is_in_clear_anywhere(crawled, sandbox):
    """The owners' ids, aliases and names, as the sandbox knows them, are in no file and in no output."""
    project, done = crawled
    written = [path.read_bytes() for path in project.folder.rglob("*") if path.is_file() and path != project.key_file]
    everything = b"\n".join([*written, done.stdout.encode(), done.stderr.encode()])
    for row in project.rows():
        owner = asked(sandbox, method="flickr.photos.getInfo", photo_id=row["photo_id"])["photo"]["owner"]
        assert owner["nsid"].encode() not in everything
        for name in (owner["username"], owner["path_alias"]):
            # A name like "Cat" is also a word; only what could be nothing but a name is looked for.
            if name and len(name) > 6:
                assert name.encode() not in everything


def test_the_key_opens_what_was_sealed(crawled, sandbox):
    project, _ = crawled
    vault = Vault(Keyring.from_file(project.key_file))
    owners = {}
    for row in project.rows():
        opened = vault.open(row)
        info = asked(sandbox, method="flickr.photos.getInfo", photo_id=row["photo_id"])["photo"]
        assert opened["owner"] == info["owner"]["nsid"]
        assert owners.setdefault(opened["owner"], row["owner_key"]) == row["owner_key"]
        assert all(row[name] is None or row[name].startswith(opened_key(vault)) for name in SEALED if name in row)
    assert len(set(owners.values())) == len(owners)


def opened_key(vault):
    return vault.check_token().partition(":")[0] + ":"


def test_places_scores_and_camera(crawled):
    project, _ = crawled
    rows = project.rows()
    placed = [row for row in rows if row["latitude"] is not None]
    assert len(placed) > 5
    assert sum(row["country_code"] is not None and row["city"] is not None for row in placed) > 0.8 * len(placed)
    assert all(row["country"] is None for row in rows if row["latitude"] is None)
    scores = [row["scores"][0] for row in rows]
    assert {score["label"] for score in scores} == {"cat"}
    assert {score["scorer"] for score in scores} == {"local"}
    assert sum(score["value"] > 0.5 for score in scores) > 20
    assert any(row["camera"].get("make") for row in rows)


def test_the_same_command_again_downloads_nothing(crawled, sandbox):
    project, _ = crawled
    before = sandbox.stats()["roles"].get("image", 0)
    done = project.crawl("term=cat", "limit=40")
    report = project.report()
    assert done.returncode == 0
    assert (report["known"], report["stored"]) == (40, 0)
    assert balanced(report)
    assert sandbox.stats()["roles"].get("image", 0) == before
    assert {len(row["run_ids"]) for row in project.rows()} == {2}


def test_metadata_alone(project, sandbox):
    before = sandbox.stats()["roles"].get("image", 0)
    done = project.crawl("term=cat", "limit=25", "size=none")
    assert done.returncode == 0, done.stderr
    assert sandbox.stats()["roles"].get("image", 0) == before
    rows = project.rows()
    assert len(rows) == 25
    assert {row["filename"] for row in rows} == {None}
    project.crawl("term=cat", "limit=25")
    assert all((project.images / row["filename"]).exists() for row in project.rows())
    assert project.report()["stored"] == 25


def test_a_box(project):
    done = project.crawl("term=cat", "bbox=116 4 127 22", "size=none")
    assert done.returncode == 0, done.stderr
    rows = project.rows()
    assert rows
    assert all(116 <= row["longitude"] <= 127 and 4 <= row["latitude"] <= 22 for row in rows)


def test_words_of_many_languages(project):
    done = project.crawl("term=猫|gato|кошка", "size=none")
    assert done.returncode == 0, done.stderr
    terms = {term for row in project.rows() for term in row["search_terms"]}
    assert terms == {"猫", "gato", "кошка"}
    assert 'term="猫|gato|кошка"' in done.stdout


def test_pictures_in_flight_and_calls_keep_their_pace(tmp_path, sandbox):
    with running_sandbox("--photos", "500") as fresh:
        fresh.faults({"delay": 0.05, "role": "image", "share": 1.0})
        project = Project(tmp_path, fresh.url)
        done = project.crawl("term=gato|cat", "limit=60", FLICKR_IMAGES_CONCURRENCY="3", FLICKR_API_DELAY="0.3")
        assert done.returncode == 0, done.stderr
        stats = fresh.stats()
    assert stats["max_in_flight"]["image"] <= 3
    assert stats["max_in_flight"]["api"] == 1
    assert stats["shortest_api_interval"] >= 0.29


def test_another_collections_key_is_refused_before_any_request(crawled, sandbox, tmp_path):
    project, _ = crawled
    before = sandbox.stats()["methods"]
    rows = len(project.rows())
    other = tmp_path / "other.key"
    make_key_file(other)
    for environment in ({"SECRET_KEY_FILE": str(other)}, {"SECRET_KEY_FILE": str(tmp_path / "none.key")}):
        done = project.crawl("term=dog", **environment)
        assert done.returncode == 2
        assert "sealed with key" in done.stderr
    assert not (tmp_path / "none.key").exists()
    assert sandbox.stats()["methods"] == before
    assert len(project.rows()) == rows


@pytest.mark.exiftool
def test_stored_pictures_hold_no_metadata_for_exiftool(crawled):
    project, _ = crawled
    done = subprocess.run(
        [shutil.which("exiftool"), "-j", "-G1", "-r", "-EXIF:all", "-XMP:all", "-IPTC:all", "-Comment", "-Trailer:all",
         str(project.images)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    for entry in json.loads(done.stdout):
        assert set(entry) - {"SourceFile", "IFD0:Orientation", "IFD0:ResolutionUnit"} == set(), entry
