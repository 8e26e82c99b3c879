"""How each end of a photo is counted; whole runs are in tests/end_to_end."""

import pytest
from scrapy import Request
from scrapy.utils.test import get_crawler

from imagescraper.arguments import FlickrArguments
from imagescraper.exceptions import PhotoLost, PhotoUnavailable, Stopped, WrongUse
from imagescraper.extensions.ledger import LedgerExtension
from imagescraper.flickr.question import Question
from imagescraper.flickr.windows import Window
from imagescraper.photo import Photo
from imagescraper.slots import API_SLOT, IMAGES_SLOT, meta
from imagescraper.spiders.flickr import FlickrSpider

SETTINGS = {"FLICKR_API_DELAY": 1, "FLICKR_IMAGES_CONCURRENCY": 8, "FLICKR_API_BUDGET": 3600, "FLICKR_KEY": "k"}
WINDOW = Window(Question(text="monkey"), 1, 9)
OTHER = Window(Question(text="mono"), 1, 9)


def photo(number):
    return Photo(source="flickr", photo_id=str(number))


@pytest.fixture
def ledger(tmp_path):
    crawler = get_crawler(FlickrSpider, SETTINGS | {"STORE_URI": f"sqlite:///{tmp_path}/photos.sqlite"})
    return LedgerExtension.from_crawler(crawler)


@pytest.fixture
def memory(ledger):
    return ledger.begin(FlickrArguments.read({"term": "monkey"}))


async def test_each_end_is_counted_once(ledger, memory):
    await ledger.unknown([photo(number) for number in range(1, 6)], WINDOW, pictures=True)
    await ledger.item_scraped(photo(1))
    await ledger.item_dropped(photo(2), PhotoUnavailable("no longer available"))
    await ledger.item_dropped(photo(3), PhotoLost("download failed: status 503"))
    await ledger.item_error(photo(4), ValueError("Canary Person"))
    await ledger.item_dropped(photo(5), Stopped("the run was ended"))
    account = ledger.account
    assert (account.stored, account.unavailable, account.lost) == (1, 1, 2)
    assert "Canary" not in repr(account)
    assert [(miss["photo"], miss["outcome"]) for miss in ledger.store.misses(ledger.run_id)] == [
        ("flickr:2", "unavailable"), ("flickr:3", "lost"), ("flickr:4", "lost"),
    ]  # fmt: skip


async def test_a_photo_on_its_way_that_another_term_finds_is_named_when_stored(ledger, memory):
    (found,) = await ledger.unknown([photo(1)], WINDOW, pictures=False)
    await ledger.found_again([found.id], OTHER)
    memory.read(WINDOW.key, missing=0)
    memory.read(OTHER.key, missing=0)
    assert memory.records() == {}
    ledger.store.upsert([found.document()], {})
    await ledger.item_scraped(found)
    assert ledger.store.get(found.id)["search_terms"] == ["monkey", "mono"]
    assert memory.records()[WINDOW.key] == {"state": "done", "kept": 1, "unavailable": 0}
    assert memory.records()[OTHER.key] == {"state": "done", "kept": 0, "unavailable": 0}


def test_only_api_calls_count_as_such(ledger, memory):
    for slot in (API_SLOT, API_SLOT, IMAGES_SLOT):
        ledger.request_sent(Request("http://127.0.0.1:1/", meta=meta(slot)))
    assert ledger.account.api_calls == 2


async def test_stored_photos_are_known_and_marked(ledger, memory):
    stored = photo(1)
    stored.filename = "full/1.jpg"
    ledger.store.upsert([stored.document()], {})
    new = await ledger.unknown([photo(1), photo(2)], WINDOW, pictures=True)
    assert [entry.photo_id for entry in new] == ["2"]
    assert (new[0].search_terms, new[0].run_ids) == (["monkey"], [ledger.run_id])
    assert ledger.store.get("flickr:1")["search_terms"] == ["monkey"]
    assert ledger.account.known == 1


def test_the_run_is_closed_in_the_store(ledger, memory, tmp_path):
    ended = []
    spider = FlickrSpider(FlickrArguments.read({"term": "monkey"}), url="http://127.0.0.1:1/", key="k")
    spider.finished = lambda: ended.append(True)
    ledger.spider_closed(spider, "finished")
    assert ended == [True]
    from imagescraper.store import open_store

    store = open_store(f"sqlite:///{tmp_path}/photos.sqlite")
    assert store.runs()[0]["state"] == "finished"
    store.close()


def test_an_impossible_store_is_wrong_use():
    with pytest.raises(WrongUse, match="STORE_URI"):
        LedgerExtension.from_crawler(get_crawler(FlickrSpider, SETTINGS | {"STORE_URI": "redis://x"}))
