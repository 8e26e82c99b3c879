"""What every store must do; a store that joins is added to the fixture in conftest.py."""

import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, datetime

import pytest

from imagescraper.photo import Photo
from imagescraper.store import StoreError, open_store


def document(number, **values):
    values = {"filename": f"full/{number}.jpg"} | values
    return Photo(source="flickr", photo_id=str(number), **values).document()


def test_a_row_comes_back_as_it_was(store):
    row = document(
        1,
        title="サル \U0001f412 قرد",
        date_taken=datetime(1890, 5, 1, 12, 0, 0, tzinfo=UTC),
        downloaded_at=datetime(2026, 11, 22, 17, 0, 0, 123000, tzinfo=UTC),
        views=2**40,
        latitude=-0.0001,
        scores=[{"label": "monkey", "value": None, "scorer": "local", "coverage": "none"}],
        renditions={"thumbnail": "thumbs/1.jpg"},
    )
    store.upsert([row], {})
    assert store.get("flickr:1") == row
    assert store.get("flickr:2") is None


def test_the_same_row_again_replaces_it_and_adds_to_its_lists(store):
    store.upsert([document(1, title="old", search_terms=["monkey"], run_ids=["a"])], {})
    store.upsert([document(1, title="new", search_terms=["mono", "monkey"], run_ids=["b"])], {})
    row = store.get("flickr:1")
    assert store.count() == 1
    assert row["title"] == "new"
    assert (row["search_terms"], row["run_ids"]) == (["monkey", "mono"], ["a", "b"])


def test_an_update_sets_its_fields_and_leaves_the_rest(store):
    before = document(1, title="kept", country="Malaysia", owner="k:token", search_terms=["monkey"])
    store.upsert([before, document(2)], {"flickr:1": b"token"})
    store.update({"flickr:1": {"country": "Philippines", "country_code": "PH"}, "flickr:404": {"country": "x"}})
    assert store.get("flickr:1") == before | {"country": "Philippines", "country_code": "PH"}
    assert store.get("flickr:2") == document(2)
    assert store.segments("flickr:1") == b"token"
    assert store.count() == 2
    assert [row["_id"] for row in store.rows()] == ["flickr:1", "flickr:2"]


def test_an_update_is_whole_or_not_at_all(store):
    store.upsert([document(1), document(2)], {})
    with pytest.raises(Exception, match="encode"):
        store.update({"flickr:1": {"country": "x"}, "flickr:2": {"country": object()}})
    assert store.get("flickr:1") == document(1)


def test_found_again_notes_term_and_run_and_leaves_the_rest(store):
    before = document(1, title="kept", search_terms=["monkey"], run_ids=["a"])
    store.upsert([before], {"flickr:1": b"token"})
    store.found_again(["flickr:1", "flickr:404"], {"search_terms": ["mono"], "run_ids": ["b"]})
    assert store.get("flickr:1") == before | {"search_terms": ["monkey", "mono"], "run_ids": ["a", "b"]}
    assert store.segments("flickr:1") == b"token"
    assert store.count() == 1


def test_known_tells_pictures_from_bare_metadata(store):
    store.upsert([document(1), document(2, filename=None)], {})
    ids = ["flickr:1", "flickr:2", "flickr:3"]
    assert store.known(ids, pictures=False) == {"flickr:1", "flickr:2"}
    assert store.known(ids, pictures=True) == {"flickr:1"}
    assert store.known([], pictures=True) == set()


def test_rows_stream_in_the_order_they_came(store):
    numbers = [5, 3, 9, *range(100, 1300)]
    store.upsert([document(number) for number in numbers], {})
    assert [row["_id"] for row in store.rows()] == [f"flickr:{number}" for number in numbers]
    assert next(iter(store.rows(["filename", "views"]))) == {
        "_id": "flickr:5",
        "filename": "full/5.jpg",
        "views": None,
    }


def test_rows_can_be_read_while_others_are_written(store):
    store.upsert([document(number) for number in range(600)], {})
    seen = 0
    for row in store.rows(["filename"]):
        seen += 1
        if seen == 1:
            store.upsert([document(9999)], {})
        assert row["filename"]
    assert seen == 601


def test_segments_are_kept_apart(store):
    store.upsert([document(1)], {"flickr:1": b"\0token"})
    assert store.segments("flickr:1") == b"\0token"
    assert "segments" not in store.get("flickr:1")
    assert store.segments("flickr:2") is None


def test_a_bad_row_undoes_its_whole_batch(store):
    with pytest.raises(OverflowError):
        store.upsert([document(1), document(2, views=2**70)], {"flickr:1": b"token"})
    assert store.count() == 0
    assert store.segments("flickr:1") is None
    store.upsert([document(1)], {})
    assert store.count() == 1


def test_many_threads_may_write(store):
    def write(first):
        for number in range(first, first + 20):
            store.upsert([document(number)], {})

    threads = [threading.Thread(target=write, args=(first,)) for first in range(0, 200, 20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.count() == 200


def test_facts_runs_and_misses(store):
    assert store.meta("key_check") is None
    store.put_meta("key_check", "a")
    store.put_meta("key_check", "b")
    assert store.meta("key_check") == "b"
    store.put_run("r1", {"state": "running"})
    store.put_run("r2", {"state": "running"})
    store.put_run("r1", {"state": "finished", "search": {"term": "サル"}})
    assert [run["_id"] for run in store.runs()] == ["r1", "r2"]
    assert store.runs()[0]["search"] == {"term": "サル"}
    store.put_miss("r1", "flickr:1", "lost", "status 503")
    assert store.misses("r1") == [{"photo": "flickr:1", "outcome": "lost", "reason": "status 503"}]
    assert store.misses("r2") == []


def test_what_was_written_is_there_after_the_writer_was_killed(tmp_path):
    uri = f"sqlite:///{tmp_path}/photos.sqlite"
    program = f"""
import os, signal
from imagescraper.photo import Photo
from imagescraper.store import open_store
store = open_store({uri!r})
for number in range(50):
    store.upsert([Photo(source="flickr", photo_id=str(number)).document()], {{}})
    print(number, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == -9, done.stderr
    store = open_store(uri)
    assert store.count() == len(done.stdout.split()) == 50
    store.close()


@pytest.mark.parametrize("uri", ["redis://localhost/1", "photos.sqlite", "sqlite://host/x.sqlite", "sqlite:///", ""])
def test_an_address_that_is_no_store_is_refused(uri):
    with pytest.raises(StoreError, match="sqlite:///collection"):
        open_store(uri)


def test_a_missing_collection_is_not_made_by_a_reader(tmp_path):
    with pytest.raises(StoreError, match="no collection"):
        open_store(f"sqlite:///{tmp_path}/photos.sqlite", create=False)
    assert not list(tmp_path.iterdir())


def test_a_foreign_database_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "other.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes(name)")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="version"):
        open_store(f"sqlite:///{path}")
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_no_database_is_refused(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("not a database at all, but long enough to be looked at as one" * 20)
    with pytest.raises(StoreError, match="cannot open"):
        open_store(f"sqlite:///{path}")
