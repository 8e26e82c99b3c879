import pytest
from scrapy.settings import Settings

from imagescraper.exceptions import PhotoLost
from imagescraper.photo import Photo
from imagescraper.pipelines.encryption import EncryptionPipeline, open_vault
from imagescraper.privacy.keys import InvalidKey, Key, make_key_file
from imagescraper.privacy.vault import SealBroken
from imagescraper.store import open_store


@pytest.fixture
def store(tmp_path):
    opened = open_store(f"sqlite:///{tmp_path}/photos.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def settings(tmp_path):
    return Settings({"SECRET_KEY": None, "SECRET_KEY_FILE": str(tmp_path / "secret.key")})


def test_a_new_collection_gets_a_key_and_says_where(settings, store, tmp_path, caplog):
    open_vault(settings, store)
    path = tmp_path / "secret.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert str(path) in caplog.text
    assert path.read_text().strip() not in caplog.text
    assert store.meta("key_check")


def test_the_key_is_found_again_without_a_word(settings, store, caplog):
    token = open_vault(settings, store).seal_value("flickr:1", "owner", "x")
    caplog.clear()
    assert open_vault(settings, store).open_value("flickr:1", "owner", token) == "x"
    assert caplog.text == ""


def test_a_key_that_is_given_needs_no_file(settings, store, tmp_path):
    settings.set("SECRET_KEY", Key.new().text())
    open_vault(settings, store)
    assert not (tmp_path / "secret.key").exists()


def test_a_lost_key_is_not_replaced_by_a_new_one(settings, store, tmp_path):
    open_vault(settings, store)
    (tmp_path / "secret.key").unlink()
    with pytest.raises(InvalidKey, match="sealed with key"):
        open_vault(settings, store)
    assert not (tmp_path / "secret.key").exists()


def test_another_key_is_refused(settings, store):
    open_vault(settings, store)
    settings.set("SECRET_KEY", Key.new().text())
    with pytest.raises(InvalidKey, match="the key given is"):
        open_vault(settings, store)


def test_an_open_key_file_is_refused(settings, store, tmp_path):
    make_key_file(tmp_path / "secret.key")
    (tmp_path / "secret.key").chmod(0o644)
    with pytest.raises(InvalidKey, match="chmod 600"):
        open_vault(settings, store)


async def test_a_sealed_photo_carries_nothing_of_the_way(settings, store):
    pipeline = EncryptionPipeline(open_vault(settings, store))
    photo = await pipeline.process_item(
        Photo(source="flickr", photo_id="1", owner="1@N01", data=b"x", preview=b"y", segments=b"z")
    )
    assert photo.owner.count(":gAAAA") == 1
    assert (photo.data, photo.preview, photo.sizes) == (None, None, [])
    assert photo.segments.count(b":gAAAA") == 1


async def test_a_broken_seal_stops_the_photo():
    class Broken:
        def seal(self, photo):
            raise SealBroken("flickr:1: owner did not come back as it was sealed")

    with pytest.raises(PhotoLost, match="flickr:1"):
        await EncryptionPipeline(Broken()).process_item(Photo(source="flickr", photo_id="1"))
