"""Waits with a service that is not well, for as long as it takes, instead of losing what was asked of it."""

import asyncio
import logging
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.misc import load_object

from imagescraper.exceptions import Stopped
from imagescraper.extensions.ledger import LedgerExtension
from imagescraper.extensions.stop import StopExtension
from imagescraper.flickr import api
from imagescraper.middlewares.outage import PROBE_INTERVAL, Outage
from imagescraper.slots import API_SLOT

logger = logging.getLogger(__name__)

#: Pauses after which an outage is worth a word: some seconds.
WORTH_A_WORD = 3

#: How often one request may fail while its host serves others; more than that, and the fault is the request's.
OWN_FAILURES = 5


class PatienceMiddleware:
    """Repeats what failed for a reason that passes: 429, 5xx, time-outs, cut bodies, answers that are no answers.

    All requests of a slot share one pause, with jitter, that doubles up to half a minute; Retry-After is obeyed; while
    the host is not well it gets at most one request a second. After `PATIENCE` seconds without a success the run is
    ended, and the same command goes on later.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._patience = crawler.settings.getfloat("PATIENCE")
        self._statuses = {int(status) for status in crawler.settings.getlist("RETRY_HTTP_CODES")}
        self._exceptions = tuple(load_object(entry) for entry in crawler.settings.getlist("RETRY_EXCEPTIONS"))
        self._outages: dict[str, Outage] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware of a crawl."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Hold a request back while its host is not well."""
        await self._sit_out(self._outage(request))
        ledger = self._crawler.get_extension(LedgerExtension)
        # A plan has no collection, and so no budget to remember.
        if ledger and request.meta.get("download_slot") == API_SLOT:
            while (wait := ledger.budget.wait(time.time())) > 0:
                await self._sleep(wait)
            await asyncio.to_thread(ledger.budget.spend, time.time())

    async def process_response(self, request: Request, response: Response) -> Response | Request:
        """Repeat what was not answered."""
        reason = None if request.meta.get("dont_retry") else self._trouble(request, response)
        if reason is None:
            self._well(request)
            return response
        return await self._again(request, reason, _retry_after(response)) or response

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Repeat what did not arrive."""
        if not isinstance(exception, self._exceptions) or request.meta.get("dont_retry"):
            return None
        return await self._again(request, type(exception).__name__, None)

    def _trouble(self, request: Request, response: Response) -> str | None:
        """Return why a response is no answer; None if it is one."""
        if response.status in self._statuses:
            return f"status {response.status}"
        if request.meta.get("download_slot") == API_SLOT and response.status == 200:
            try:
                api.answer(response.body)
            except api.FlickrError as error:
                if error.remedy is api.Remedy.RETRY:
                    return str(error)
        return None

    async def _again(self, request: Request, reason: str, retry_after: float | None) -> Request | None:
        """Return the request to be sent once more, after the pause; None if it is given up."""
        outage = self._outage(request)
        own = request.meta.get("own_failures", 0) + (not outage.is_on)
        if own > OWN_FAILURES:
            return None
        pauses = outage.pauses
        outage.failed(time.monotonic(), retry_after)
        if pauses < WORTH_A_WORD == outage.pauses:
            logger.warning(
                "%s does not answer well (%s): waiting, for up to %.0f s; Ctrl-C leaves the rest to another run",
                _host(request), reason, self._patience,
            )  # fmt: skip
        self._slow_down(request)
        if outage.lasts_too_long(time.monotonic()):
            StopExtension.of(self._crawler).stop(
                f"{_host(request)} has not answered for {self._patience:.0f} s: {reason}"
            )
        self._crawler.stats.inc_value("imagescraper/repeated")
        await self._sit_out(outage)
        return request.replace(dont_filter=True, meta={**request.meta, "own_failures": own})

    async def _sit_out(self, outage: Outage) -> None:
        """Wait until a host may be tried again; raises Stopped if the run is being ended."""
        while (wait := outage.until - time.monotonic()) > 0:
            await self._sleep(wait)

    async def _sleep(self, seconds: float) -> None:
        """Wait, unless the run is being ended.

        Raises:
            Stopped: if it is.

        """
        stop = StopExtension.of(self._crawler)
        if await stop.wait(seconds):
            raise Stopped("the run was ended while it waited")

    def _outage(self, request: Request) -> Outage:
        """Return the health of a request's host."""
        return self._outages.setdefault(_slot(request), Outage(self._patience))

    def _slow_down(self, request: Request) -> None:
        """Let one request a second through, also of those that wait in the slot already."""
        slot = self._crawler.engine.downloader.slots.get(_slot(request))
        if slot is not None:
            slot.delay, slot.concurrency = max(slot.delay, PROBE_INTERVAL), 1

    def _well(self, request: Request) -> None:
        """Take note of a success, and give the slot its pace back."""
        outage = self._outage(request)
        if not outage.is_on:
            return
        if outage.pauses >= WORTH_A_WORD:
            logger.warning("%s answers again", _host(request))
        outage.succeeded()
        slot = self._crawler.engine.downloader.slots.get(_slot(request))
        pace = self._crawler.settings["DOWNLOAD_SLOTS"].get(_slot(request))
        if slot is not None and pace:
            slot.delay, slot.concurrency = pace["delay"], pace["concurrency"]


def _slot(request: Request) -> str:
    """Return the name under which a request waits."""
    return str(request.meta.get("download_slot", _host(request)))


def _host(request: Request) -> str:
    """Return the host of a request, for people."""
    return request.url.split("/")[2]


def _retry_after(response: Response) -> float | None:
    """Return the seconds that Retry-After asks for, given as a number or as a date."""
    value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if value.isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
