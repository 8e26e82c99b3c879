import asyncio
from types import SimpleNamespace

import pytest
from scrapy import signals
from scrapy.utils.test import get_crawler
from twisted.python.failure import Failure

from imagescraper.exceptions import Stopped
from imagescraper.extensions.stop import StopExtension
from imagescraper.spiders.flickr import FlickrSpider

SETTINGS = {"FLICKR_API_DELAY": 1, "FLICKR_IMAGES_CONCURRENCY": 8}


@pytest.fixture
def stop(monkeypatch):
    monkeypatch.setattr("imagescraper.extensions.stop.GRACE", 0.05)
    crawler = get_crawler(FlickrSpider, SETTINGS)
    reasons = []

    async def close_spider_async(*, reason):
        reasons.append(reason)

    crawler._engine = SimpleNamespace(close_spider_async=close_spider_async)
    crawler.crawling = True
    made = StopExtension.from_crawler(crawler)
    made.reasons, made.crawler = reasons, crawler
    return made


async def test_waiting_ends_with_the_run(stop):
    assert await stop.wait(0.01) is False
    stop.stop("the host is away")
    assert await stop.wait(60) is True
    await asyncio.sleep(0)
    assert (stop.reason, stop.reasons) == ("the host is away", ["stopped"])


async def test_the_first_reason_is_kept(stop):
    stop.stop("first")
    stop.stop("second")
    await asyncio.sleep(0)
    assert (stop.reason, stop.reasons) == ("first", ["stopped"])


async def test_an_error_in_the_spider_ends_the_run(stop):
    stop.crawler.signals.send_catch_log(signals.spider_error, failure=Failure(OSError("Canary Person")))
    await asyncio.sleep(0)
    assert (stop.reason, stop.reasons) == ("an error in the spider (OSError)", ["stopped"])


async def test_scrapys_own_end_is_noticed(stop):
    stop.engine_started()
    await asyncio.sleep(0)
    assert not stop.ending
    stop.crawler.crawling = False
    assert await stop.wait(5)
    assert stop.reason is None


async def test_work_that_ends_in_time_counts(stop):
    async def work():
        await asyncio.sleep(0.01)
        return 7

    task = asyncio.ensure_future(stop.in_grace(work()))
    await asyncio.sleep(0)
    stop.stop("now")
    assert await task == 7


async def test_work_that_takes_longer_is_cut_off(stop):
    task = asyncio.ensure_future(stop.in_grace(asyncio.sleep(60)))
    await asyncio.sleep(0)
    stop.stop("now")
    with pytest.raises(Stopped):
        await asyncio.wait_for(task, timeout=5)


async def test_errors_of_the_work_are_its_own(stop):
    async def fail():
        raise ValueError("mine")

    with pytest.raises(ValueError, match="mine"):
        await stop.in_grace(fail())
