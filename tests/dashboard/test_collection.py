import sqlite3

import pytest

from dashboard.collection import SEAL, Collection
from imagescraper.photo import SEALED
from imagescraper.store import open_store
from tests.dashboard import sample


def test_sealed_values_do_not_come_out(settings, photos):
    collection = Collection(settings)
    photo = collection.photo(photos[0].id)
    assert (photo.owner_name, photo.owner, photo.exif, photo.path_alias) == (SEAL, SEAL, SEAL, None)
    for name in SEALED:
        assert getattr(photo, name) in {None, SEAL}
    collection.close()


def test_photos_keep_their_order_and_leave_out_what_is_gone(settings):
    collection = Collection(settings)
    found = collection.photos(["flickr:1005", "flickr:none", "flickr:1001"])
    assert [photo.photo_id for photo in found] == ["1005", "1001"]
    collection.close()


def test_a_missing_collection_is_said_and_found_later(nowhere, tmp_path):
    collection = Collection(nowhere)
    assert "no collection at" in collection.problem
    assert len(collection.catalog) == 0
    assert collection.photo("flickr:1000") is None

    sample.write(tmp_path, sample.photos(5))
    collection.reload()
    assert collection.problem is None
    assert len(collection.catalog) == 5

    sample.write(tmp_path, sample.photos(8))
    collection.reload()
    assert len(collection.catalog) == 8
    collection.close()


def test_a_damaged_collection_keeps_what_was_read(tmp_path):
    settings = sample.write(tmp_path, sample.photos(5))
    collection = Collection(settings)
    collection.close()
    (tmp_path / "photos.sqlite").write_bytes(b"not a database" * 1000)
    collection.reload()
    assert "cannot open the collection" in collection.problem
    assert len(collection.catalog) == 5


def test_a_store_that_breaks_while_it_is_read_is_said(tmp_path, monkeypatch):
    settings = sample.write(tmp_path, sample.photos(2))

    opened = []

    def broken(*arguments, **options):
        store = open_store(*arguments, **options)
        monkeypatch.setattr(store, "rows", lambda fields: {}[fields])
        opened.append(store)
        return store

    monkeypatch.setattr("dashboard.collection.open_store", broken)
    assert "the log of the dashboard says why" in Collection(settings).problem
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        opened[0].count()
