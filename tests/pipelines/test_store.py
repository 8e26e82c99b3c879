import asyncio

import pytest

from imagescraper.photo import Photo
from imagescraper.pipelines.store import StorePipeline
from imagescraper.store import open_store


@pytest.fixture
def store(tmp_path):
    opened = open_store(f"sqlite:///{tmp_path}/photos.sqlite")
    yield opened
    opened.close()


def photo(number, **values):
    return Photo(source="flickr", photo_id=str(number), **values)


async def test_a_photo_is_handed_on_when_its_row_is_on_the_disk(store):
    pipeline = StorePipeline(store)
    stored = await pipeline.process_item(photo(1, segments=b"token"))
    assert stored.state == "stored"
    assert store.get("flickr:1")["state"] == "stored"
    assert store.segments("flickr:1") == b"token"


async def test_many_at_a_time(store):
    pipeline = StorePipeline(store)
    await asyncio.gather(*(pipeline.process_item(photo(number)) for number in range(100)))
    await pipeline.close_spider()
    assert store.count() == 100


async def test_a_row_that_cannot_be_stored_is_not_handed_on(store):
    with pytest.raises(OverflowError):
        await StorePipeline(store).process_item(photo(1, views=2**70))
    assert store.count() == 0
