"""Searches Flickr and yields a Photo for each distinct answer."""

import time
from collections.abc import AsyncIterator
from typing import Any, Self
from urllib.parse import urlencode, urlsplit

import scrapy
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from imagescraper.arguments import FlickrArguments
from imagescraper.exceptions import WrongUse
from imagescraper.extensions.ledger import LedgerExtension
from imagescraper.flickr import api
from imagescraper.flickr.photos import to_photo
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
        self.search = Search(arguments.windows(int(time.time())), limit=arguments.limit)
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
        """Find the words in other languages, and ask the first question."""
        self._ledger: LedgerExtension = LedgerExtension.of(self.crawler)
        if self.arguments.languages:
            windows = await self._translated(Translator(self.crawler, self._ledger.store))
            self.search = Search(windows, limit=self.arguments.limit)
        for translation in self.translations:
            if translation.without:
                self.logger.warning("no word for %s in %s", translation.term, ", ".join(translation.without))
        if query := self.search.next():
            yield self._request(query)

    async def parse(self, response: Response, query: Query) -> AsyncIterator[Photo | Request]:
        """Yield the photos of one page that are not stored yet, and then the next question.

        The next question comes last, so that it is asked only when this page's photos are well on their way.
        """
        try:
            page = api.search_page(api.answer(response.body))
        except api.FlickrError as error:
            if again := self._after(error, response, query):
                yield again
            return
        received = self.search.receive(query, page)
        photos = [to_photo(row) for row in received.rows]
        for photo in photos:
            photo.search_languages = query.window.question.spoken
        for photo in await self._ledger.unknown(photos, query.window.question.name, pictures=self._pictures):
            yield photo
        if following := self.search.next():
            yield self._request(following)

    async def _translated(self, translator: Translator) -> list[Window]:
        """Return the windows of all words in all languages; without words the run ends before Flickr is asked."""
        try:
            self.translations = await translator.translations(self.arguments)
        except WrongUse as error:
            self.refusal = str(error)
            raise CloseSpider("no words") from None
        return self.arguments.windows(int(time.time()), all_words(self.translations))

    def failed(self, failure: Failure) -> Request | None:
        """Give a window up that could not be asked for, and go on with the next."""
        query: Query = failure.request.cb_kwargs["query"]  # type: ignore[attr-defined]
        return self._give_up(query, failure.getErrorMessage())

    def _after(self, error: api.FlickrError, response: Response, query: Query) -> Request | None:
        """Return what to ask after an error: the same again, the next question, or nothing any more."""
        if error.remedy is api.Remedy.STOP:
            self.refusal = str(error)
            raise CloseSpider("refused by Flickr")
        if error.remedy is api.Remedy.RETRY and response.request:
            again = get_retry_request(response.request, spider=self, reason=str(error))
            if again:
                return again
        return self._give_up(query, str(error))

    def _give_up(self, query: Query, reason: str) -> Request | None:
        """Record a window as given up, and return the next question."""
        self.logger.error("a part of the search was given up: %s", reason)
        self.search.abandon(query)
        following = self.search.next()
        return self._request(following) if following else None

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
