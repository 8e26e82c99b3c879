"""How each end of a photo is counted; whole runs are in tests/end_to_end."""

import pytest
from scrapy import Request
from scrapy.utils.test import get_crawler

from imagescraper.arguments import FlickrArguments
from imagescraper.exceptions import PhotoLost, PhotoUnavailable, WrongUse
from imagescraper.extensions.ledger import LedgerExtension
from imagescraper.photo import Photo
from imagescraper.slots import API_SLOT, IMAGES_SLOT, meta
from imagescraper.spiders.flickr import FlickrSpider


def photo(number):
    return Photo(source="flickr", photo_id=str(number))


@pytest.fixture
def ledger(tmp_path):
    crawler = get_crawler(FlickrSpider, {"STORE_URI": f"sqlite:///{tmp_path}/photos.sqlite"})
    return LedgerExtension.from_crawler(crawler)


@pytest.fixture
def spider(ledger):
    made = FlickrSpider(FlickrArguments.read({"term": "monkey"}), url="http://127.0.0.1:1/", key="k")
    ledger.spider_opened(made)
    return made


def test_each_end_is_counted_once(ledger, spider):
    ledger.item_scraped()
    ledger.item_dropped(photo(2), PhotoUnavailable("no longer available"))
    ledger.item_dropped(photo(3), PhotoLost("download failed: status 503"))
    ledger.item_error(photo(4), ValueError("Canary Person"))
    account = ledger.account
    assert (account.stored, account.unavailable, account.lost) == (1, 1, 2)
    assert "Canary" not in repr(account)


def test_only_api_calls_count_as_such(ledger, spider):
    for slot in (API_SLOT, API_SLOT, IMAGES_SLOT):
        ledger.request_sent(Request("http://127.0.0.1:1/", meta=meta(slot)))
    assert ledger.account.api_calls == 2


async def test_stored_photos_are_known_and_marked(ledger, spider):
    stored = photo(1)
    stored.filename = "full/1.jpg"
    ledger.store.upsert([stored.document()], {})
    new = await ledger.unknown([photo(1), photo(2)], "monkey", pictures=True)
    assert [entry.photo_id for entry in new] == ["2"]
    assert (new[0].search_terms, new[0].run_ids) == (["monkey"], [ledger.run_id])
    assert ledger.store.get("flickr:1")["search_terms"] == ["monkey"]
    assert ledger.account.known == 1


def test_the_run_is_closed_in_the_store(ledger, spider, tmp_path):
    ledger.spider_closed(spider, "finished")
    from imagescraper.store import open_store

    store = open_store(f"sqlite:///{tmp_path}/photos.sqlite")
    assert store.runs()[0]["state"] == "finished"
    store.close()


def test_an_impossible_store_is_wrong_use():
    with pytest.raises(WrongUse, match="STORE_URI"):
        LedgerExtension.from_crawler(get_crawler(FlickrSpider, {"STORE_URI": "redis://x"}))
