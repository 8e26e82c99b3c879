"""Keeps the run's account: opens the store, knows what is stored already, counts how each photo ends."""

import asyncio
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler

from imagescraper.exceptions import PhotoUnavailable, WrongUse
from imagescraper.photo import Photo
from imagescraper.slots import API_SLOT
from imagescraper.store import StoreError, open_store
from imagescraper.store.ledger import Account, Ledger


class LedgerExtension:
    """Owns the store of a crawl; the spider, the pipelines and the report find it by `LedgerExtension.of(crawler)`."""

    def __init__(self, crawler: Crawler) -> None:
        try:
            self.store = open_store(crawler.settings["STORE_URI"])
        except StoreError as error:
            raise WrongUse(str(error)) from None
        self.run_id = f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"
        self._crawler = crawler
        self._ledger: Ledger | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Open the store and listen to what becomes of the photos.

        Raises:
            WrongUse: if the store cannot be opened.

        """
        extension = cls(crawler)
        for handler, signal in (
            (extension.spider_opened, signals.spider_opened),
            (extension.request_sent, signals.request_reached_downloader),
            (extension.item_scraped, signals.item_scraped),
            (extension.item_dropped, signals.item_dropped),
            (extension.item_error, signals.item_error),
            (extension.spider_closed, signals.spider_closed),
        ):
            crawler.signals.connect(handler, signal=signal)
        return extension

    @classmethod
    def of(cls, crawler: Crawler) -> Self:
        """Return the crawl's own ledger."""
        extension = crawler.get_extension(cls)
        if extension is None:
            raise WrongUse("the extension imagescraper.extensions.ledger.LedgerExtension must stay in EXTENSIONS")
        return extension

    @property
    def account(self) -> Account:
        """The account so far; settled once the spider is closed."""
        return self._ledger.account if self._ledger else Account()

    async def unknown(self, photos: Sequence[Photo], term: str, *, pictures: bool) -> list[Photo]:
        """Return the photos that are not stored yet, marked with term and run; the stored ones are marked in place."""
        ids = [photo.id for photo in photos]
        known = await asyncio.to_thread(self.store.known, ids, pictures=pictures)
        if known:
            await asyncio.to_thread(self.store.found_again, known, term, self.run_id)
        self.account.known += len(known)
        new = [photo for photo in photos if photo.id not in known]
        for photo in new:
            photo.search_terms, photo.run_ids = [term], [self.run_id]
            photo.downloaded_at = datetime.now(UTC)
        return new

    def spider_opened(self, spider: Spider) -> None:
        """Begin the account."""
        self._ledger = Ledger(self.store, self.run_id, spider.arguments.described())  # type: ignore[attr-defined]

    def request_sent(self, request: Request) -> None:
        """Count a call of the API, repeated ones too."""
        if request.meta.get("download_slot") == API_SLOT:
            self.account.api_calls += 1

    def item_scraped(self) -> None:
        """Count a photo that is stored."""
        self.account.stored += 1

    def item_dropped(self, item: Photo, exception: Exception) -> None:
        """Count a photo that a stage gave up, by what it said."""
        if self._ledger is None:
            return
        if isinstance(exception, PhotoUnavailable):
            self._ledger.unavailable(item.id, str(exception))
        else:
            self._ledger.lost(item.id, str(exception))

    def item_error(self, item: Photo, failure: object) -> None:
        """Count a photo at which a stage failed; the kind of error is kept, its text may hold anything."""
        if self._ledger:
            error = getattr(failure, "value", failure)
            self._ledger.lost(item.id, f"error in a stage: {type(error).__name__}")

    def spider_closed(self, spider: Spider, reason: str) -> None:
        """Settle the account and let go of the store."""
        if self._ledger:
            search = spider.search  # type: ignore[attr-defined]
            self.account.came, self.account.turned_away = search.came, search.turned_away
            self._ledger.close(reason, promised=search.promised, cut_short=search.cut_short)
        self.store.close()
