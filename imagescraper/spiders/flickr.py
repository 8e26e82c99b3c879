"""Searches Flickr and yields a Photo for each distinct answer."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any, Self
from urllib.parse import urlencode, urlsplit

import scrapy
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from imagescraper.arguments import FlickrArguments
from imagescraper.exceptions import Stopped, WrongUse
from imagescraper.extensions.ledger import LedgerExtension
from imagescraper.flickr import api
from imagescraper.flickr.photos import SOURCE, outside_ids, to_photo
from imagescraper.flickr.search import Query, Search
from imagescraper.flickr.windows import Window
from imagescraper.photo import Photo
from imagescraper.slots import API_SLOT, download_slots, meta
from imagescraper.translator import Translator
from imagescraper.wikidata import Translation, all_words

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class FlickrSpider(scrapy.Spider):
    """Asks flickr.photos.search window by window; fetching pictures is the pipelines' business."""

    name = "flickr"

    def __init__(self, arguments: FlickrArguments, *, url: str, key: str) -> None:
        super().__init__()
        self.arguments = arguments
        #: The plan; it is made when the run begins and it is known what earlier runs did.
        self.search = Search([], limit=arguments.limit, choosy=bool(arguments.areas))
        #: The terms in the languages asked for, once Wikidata was asked.
        self.translations: list[Translation] = []
        #: Why the run was ended before its time; one line for the user.
        self.refusal: str | None = None
        self.allowed_domains = ["flickr.com", "staticflickr.com", urlsplit(url).hostname or ""]
        self._url = url
        self._key = key
        self._pictures = arguments.size != "none"

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Give each host its pace."""
        super().update_settings(settings)
        settings.set("DOWNLOAD_SLOTS", download_slots(settings), priority="spider")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:  # noqa: ARG003 -- Scrapy's signature
        """Check the arguments and the key before anything else is done.

        Raises:
            WrongUse: if an argument is wrong, or there is no key.

        """
        arguments = FlickrArguments.read(kwargs)
        arguments.span(int(time.time()))
        key = crawler.settings["FLICKR_KEY"]
        if not key:
            raise WrongUse(
                "there is no FLICKR_KEY: get one at https://www.flickr.com/services/apps/create/ and put it into "
                "credentials.json, or try everything without one by `make demo`"
            )
        spider = cls(arguments, url=crawler.settings["FLICKR_API_URL"], key=key)
        spider._set_crawler(crawler)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Find the words in other languages, and ask the first question that earlier runs left open."""
        self._ledger = LedgerExtension.of(self.crawler)
        arguments = self.arguments
        if arguments.languages:
            await self._translate(Translator(self.crawler, self._ledger.store))
        self._memory = self._ledger.begin(arguments)
        again = arguments.refresh or arguments.limit is not None
        self._span = self._memory.span(*arguments.span(int(time.time())), again=again)
        windows = [Window(question, *self._span) for question in arguments.questions(all_words(self.translations))]
        areas, records = arguments.areas, self._memory.records()
        self.search = Search(windows, limit=arguments.limit, records=records, choosy=bool(areas))
        for translation in self.translations:
            if translation.without:
                self.logger.warning("no word for %s in %s", translation.term, ", ".join(translation.without))
        if first := self._next():
            yield first

    def finished(self) -> None:
        """Remember that everything has come, unless only a part of it was wanted."""
        if self.arguments.limit is None and not self.search.cut_short:
            self._memory.finish(*self._span)

    async def parse(self, response: Response, query: Query) -> AsyncIterator[Photo | Request]:
        """Yield the photos of one page that are not stored yet, and then the next question.

        The next question comes last, so that it is asked only when this page's photos are well on their way.
        """
        try:
            page = api.search_page(api.answer(response.body))
        except api.FlickrError as error:
            following = self._after(error, query)
        else:
            for photo in await self.receive(page, query):
                yield photo
            following = self._next()
        if following:
            yield following

    async def receive(self, page: api.SearchPage, query: Query) -> list[Photo]:
        """Return the photos of one page that are not stored yet."""
        areas = self.arguments.areas
        outside = await asyncio.to_thread(outside_ids, page.rows, areas) if areas else set()
        received = self.search.receive(query, page, outside)
        window = query.window
        photos = [to_photo(row) for row in received.rows]
        new = await self._ledger.unknown(photos, window, pictures=self._pictures)
        await self._ledger.found_again([f"{SOURCE}:{id_}" for id_ in received.again], window)
        coverage = self.search.coverage[window]
        if received.cut:
            self._memory.cut(window.key, coverage.parts)
        if received.read:
            self._memory.read(window.key, coverage.missing)
        return new

    async def _translate(self, translator: Translator) -> None:
        """Find the words of the languages asked for; without them the run ends before Flickr is asked."""
        try:
            self.translations = await translator.translations(self.arguments)
        except WrongUse as error:
            self.refusal = str(error)
            raise CloseSpider("no words") from None

    def failed(self, failure: Failure) -> Request | None:
        """Give a window up that could not be asked for, and go on with the next."""
        if isinstance(failure.value, Stopped):
            return None
        query: Query = failure.request.cb_kwargs["query"]  # type: ignore[attr-defined]
        return self._give_up(query, failure.getErrorMessage())

    def _after(self, error: api.FlickrError, query: Query) -> Request | None:
        """Return the next question after one without an answer; patience has asked again already where that helps."""
        if error.remedy is api.Remedy.STOP or error.code in api.NOBODY:
            self.refusal = f"{error}; check user and group" if error.code in api.NOBODY else str(error)
            raise CloseSpider("refused by Flickr")
        return self._give_up(query, str(error))

    def _give_up(self, query: Query, reason: str) -> Request | None:
        """Record a window as given up, and return the next question."""
        self.logger.error("a part of the search was given up: %s", reason)
        self.search.abandon(query)
        return self._next()

    def _next(self) -> Request | None:
        """Return the next question of the plan; None if there is no more to ask."""
        query = self.search.next()
        return self._request(query) if query else None

    def _request(self, query: Query) -> Request:
        """Return the API call of a query; the key travels in the body, where no log shows it."""
        form = api.call("flickr.photos.search", self._key, query.arguments())
        return Request(
            self._url,
            method="POST",
            headers=FORM,
            body=urlencode(form),
            callback=self.parse,
            errback=self.failed,
            cb_kwargs={"query": query},
            meta=meta(API_SLOT),
            dont_filter=True,
        )
