"""Keeps the run's account: opens the store, knows what is stored already, counts how each photo ends."""

import asyncio
import hashlib
import json
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler

from imagescraper.arguments import FlickrArguments
from imagescraper.exceptions import PhotoUnavailable, Stopped, WrongUse
from imagescraper.flickr.windows import Window
from imagescraper.photo import Photo
from imagescraper.slots import API_SLOT
from imagescraper.store import StoreError, open_store
from imagescraper.store.budget import Budget
from imagescraper.store.ledger import Account, Ledger, Memory


class LedgerExtension:
    """Owns the store of a crawl; the spider, the pipelines and the report find it by `LedgerExtension.of(crawler)`."""

    def __init__(self, crawler: Crawler) -> None:
        try:
            self.store = open_store(crawler.settings["STORE_URI"])
        except StoreError as error:
            raise WrongUse(str(error)) from None
        self.run_id = f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"
        self.budget = Budget(
            self.store, crawler.settings["FLICKR_KEY"] or "", crawler.settings.getint("FLICKR_API_BUDGET")
        )
        self._ledger: Ledger | None = None
        self._memory: Memory | None = None
        #: The windows in which a photo on its way was found: the first one counts it, the others only name it.
        self._found_in: dict[str, list[Window]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Open the store and listen to what becomes of the photos.

        Raises:
            WrongUse: if the store cannot be opened.

        """
        extension = cls(crawler)
        for handler, signal in (
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

    def begin(self, arguments: FlickrArguments) -> Memory:
        """Begin the account of the run, and return what earlier runs of the same search left."""
        self._ledger = Ledger(self.store, self.run_id, arguments.described())
        canonical = json.dumps(arguments.searched(), sort_keys=True, ensure_ascii=False).encode()
        # Slow on purpose: a search may be for one member, whose id must not be found by trying all there are.
        digest = hashlib.scrypt(canonical, salt=b"smart-image-scraper search", n=2**14, r=8, p=1, dklen=8)
        self._memory = Memory(self.store, digest.hex())
        return self._memory

    async def unknown(self, photos: Sequence[Photo], window: Window, *, pictures: bool) -> list[Photo]:
        """Return the photos that are not stored yet, marked with term and run; the stored ones are marked in place."""
        ids = [photo.id for photo in photos]
        known = await asyncio.to_thread(self.store.known, ids, pictures=pictures)
        await self._name(known, window)
        self.account.known += len(known)
        new = [photo for photo in photos if photo.id not in known]
        for photo in new:
            for name, values in self._found_by(window).items():
                setattr(photo, name, values)
            photo.downloaded_at = datetime.now(UTC)
            self._found_in[photo.id] = [window]
        if self._memory:
            self._memory.expect(window.key, len(photos))
            for _ in known:
                self._memory.ended(window.key, "kept")
        return new

    async def found_again(self, ids: Sequence[str], window: Window) -> None:
        """Note on photos of this run that another window found them too."""
        under_way = [id_ for id_ in ids if id_ in self._found_in]
        for id_ in under_way:
            self._found_in[id_].append(window)
        if self._memory:
            self._memory.expect(window.key, len(under_way))
        await self._name(set(ids) - set(under_way), window)

    def request_sent(self, request: Request) -> None:
        """Count a call of the API, repeated ones too."""
        if request.meta.get("download_slot") == API_SLOT:
            self.account.api_calls += 1

    async def item_scraped(self, item: Photo) -> None:
        """Count a photo that is stored."""
        self.account.stored += 1
        found_in = self._found_in[item.id]
        named = 1
        while len(found_in) > named:  # another window may join while one is named
            await self._name({item.id}, found_in[named])
            named += 1
        self._ended(item, "kept")

    async def item_dropped(self, item: Photo, exception: Exception) -> None:
        """Count a photo that a stage gave up, by what it said."""
        if isinstance(exception, PhotoUnavailable):
            await self._missed(item, "unavailable", str(exception))
        elif not isinstance(exception, Stopped):
            await self._missed(item, "lost", str(exception))

    async def item_error(self, item: Photo, failure: object) -> None:
        """Count a photo at which a stage failed; the kind of error is kept, its text may hold anything."""
        error = getattr(failure, "value", failure)
        await self._missed(item, "lost", f"error in a stage: {type(error).__name__}")

    def spider_closed(self, spider: Spider, reason: str) -> None:
        """Settle the account and let go of the store."""
        if self._ledger:
            search = spider.search  # type: ignore[attr-defined]
            before = search.done_before
            self.account.known += sum(record["kept"] for record in before)
            self.account.unavailable += sum(record["unavailable"] for record in before)
            earlier = sum(record["kept"] + record["unavailable"] for record in before)
            self.account.came, self.account.turned_away = search.came + earlier, search.turned_away
            self._ledger.close(
                reason,
                promised=search.promised + earlier,
                cut_short=search.cut_short,
                ended_early=reason != "finished",
            )
            if reason == "finished" and not self.account.lost:
                spider.finished()  # type: ignore[attr-defined]
        self.store.close()

    def _found_by(self, window: Window) -> dict[str, list[str]]:
        """Return the fields of a photo that say by what it was found."""
        question = window.question
        return {
            "search_terms": [question.name],
            "search_languages": question.spoken,
            "run_ids": [self.run_id],
        }

    async def _name(self, ids: set[str], window: Window) -> None:
        """Note on stored photos that a window of this run found them."""
        if ids:
            await asyncio.to_thread(self.store.found_again, ids, self._found_by(window))

    async def _missed(self, photo: Photo, outcome: str, reason: str) -> None:
        """Count a photo that will not be stored, and keep the reason under its id."""
        self.account.miss(outcome, reason)
        await asyncio.to_thread(self.store.put_miss, self.run_id, photo.id, outcome, reason)
        self._ended(photo, outcome)

    def _ended(self, photo: Photo, outcome: str) -> None:
        """Tell every window that waits for a photo how it ended; to all but the first it is kept elsewhere."""
        first, *others = self._found_in.pop(photo.id)
        if self._memory:
            self._memory.ended(first.key, outcome)
            for window in others:
                self._memory.named(window.key)
