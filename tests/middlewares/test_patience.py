"""Whole outages are in tests/end_to_end; here is what counts as trouble, and what is asked again."""

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from imagescraper.exceptions import Stopped
from imagescraper.extensions.stop import StopExtension
from imagescraper.middlewares.patience import OWN_FAILURES, WORTH_A_WORD, PatienceMiddleware, _retry_after
from imagescraper.slots import API_SLOT, IMAGES_SLOT, meta
from imagescraper.spiders.flickr import FlickrSpider

SETTINGS = {
    "PATIENCE": 60,
    "FLICKR_API_DELAY": 1,
    "FLICKR_IMAGES_CONCURRENCY": 8,
    "RETRY_HTTP_CODES": [429, 503],
}


@pytest.fixture
def slots():
    return {name: SimpleNamespace(delay=0.001, concurrency=8) for name in (API_SLOT, IMAGES_SLOT)}


@pytest.fixture
def patience(slots, monkeypatch):
    crawler = get_crawler(FlickrSpider, SETTINGS)
    crawler._engine = SimpleNamespace(downloader=SimpleNamespace(slots=slots))
    monkeypatch.setattr("imagescraper.middlewares.outage.FIRST_PAUSE", 0.01)
    stop = StopExtension(crawler)
    monkeypatch.setattr(StopExtension, "of", lambda _crawler: stop)
    made = PatienceMiddleware.from_crawler(crawler)
    made.stop = stop
    crawler.stats = SimpleNamespace(inc_value=lambda name: None)
    return made


def picture(**more):
    return Request("https://live.staticflickr.com/1/2_3_o.jpg", meta={**meta(IMAGES_SLOT), **more})


def api(body):
    request = Request("https://api.flickr.com/services/rest/", meta=meta(API_SLOT))
    return request, Response(request.url, body=body)


@pytest.mark.parametrize("status", [429, 503])
async def test_a_bad_status_is_asked_again(patience, status):
    request = picture()
    again = await patience.process_response(request, Response(request.url, status=status))
    assert isinstance(again, Request)
    assert again.url == request.url
    assert again.dont_filter


@pytest.mark.parametrize("status", [200, 404, 302])
async def test_an_answer_is_an_answer(patience, status):
    request = picture()
    response = Response(request.url, status=status)
    assert await patience.process_response(request, response) is response


UNWELL = b'{"stat": "fail", "code": 201, "message": "Sorry, the Flickr API service is not currently available."}'


@pytest.mark.parametrize("body", [b"{", UNWELL, b"<html>busy</html>"])
async def test_an_api_that_is_not_well_is_asked_again(patience, body):
    assert isinstance(await patience.process_response(*api(body)), Request)


@pytest.mark.parametrize("body", [b'{"stat": "ok"}', b'{"stat": "fail", "code": 100, "message": "Invalid API Key"}'])
async def test_what_the_api_means_is_handed_on(patience, body):
    request, response = api(body)
    assert await patience.process_response(request, response) is response


async def test_what_did_not_arrive_is_asked_again_and_a_mistake_is_not(patience):
    assert isinstance(await patience.process_exception(picture(), DownloadTimeoutError()), Request)
    assert await patience.process_exception(picture(), ValueError()) is None


async def test_a_slot_is_slowed_down_and_set_free(patience, slots):
    request = picture()
    await patience.process_response(request, Response(request.url, status=503))
    assert (slots[IMAGES_SLOT].delay, slots[IMAGES_SLOT].concurrency) == (1.0, 1)
    assert slots[API_SLOT].concurrency == 8
    await patience.process_response(request, Response(request.url))
    assert (slots[IMAGES_SLOT].delay, slots[IMAGES_SLOT].concurrency) == (0.001, 8)


async def test_a_request_that_fails_alone_is_given_up(patience):
    request = picture()
    for _ in range(OWN_FAILURES):
        request = await patience.process_response(request, Response(request.url, status=503))
        other = picture()
        await patience.process_response(other, Response(other.url))
    response = Response(request.url, status=503)
    assert await patience.process_response(request, response) is response


async def test_in_an_outage_no_request_is_given_up(patience):
    request = picture()
    for _ in range(3 * OWN_FAILURES):
        patience._outages[IMAGES_SLOT] = patience._outage(request)
        patience._outages[IMAGES_SLOT].pauses = 0
        request = await patience.process_response(request, Response(request.url, status=503))
        assert isinstance(request, Request)


async def test_an_outage_of_some_seconds_is_told_once_and_so_is_its_end(patience, caplog):
    request = picture()
    for _ in range(WORTH_A_WORD + 2):
        request = await patience.process_response(request, Response(request.url, status=503))
    await patience.process_response(request, Response(request.url))
    told = [record.getMessage() for record in caplog.records]
    waiting = "waiting, for up to 60 s; Ctrl-C leaves the rest to another run"
    assert told == [
        f"live.staticflickr.com does not answer well (status 503): {waiting}",
        "live.staticflickr.com answers again",
    ]


async def test_a_run_that_is_ended_does_not_wait(patience):
    request = picture()
    task = asyncio.ensure_future(
        patience.process_response(request, Response(request.url, status=503, headers={"Retry-After": "600"}))
    )
    await asyncio.sleep(0)
    patience.stop._ending.set()
    with pytest.raises(Stopped):
        await asyncio.wait_for(task, timeout=5)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("7", 7.0), ("", None), ("soon", None), ("-3", None)],
)
def test_retry_after_as_a_number(value, seconds):
    assert _retry_after(Response("https://x.example", headers={"Retry-After": value})) == seconds


def test_retry_after_as_a_date():
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    assert 80 < _retry_after(Response("https://x.example", headers={"Retry-After": moment})) <= 90
    assert _retry_after(Response("https://x.example")) is None
