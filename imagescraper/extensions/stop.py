"""Ends a run cleanly: what is in flight has some seconds, what waits is left to the next run."""

import asyncio
from collections.abc import Coroutine
from typing import Any, Self, TypeVar

from scrapy import signals
from scrapy.crawler import Crawler
from twisted.python.failure import Failure

from imagescraper.exceptions import Stopped

#: Seconds that what is in flight may take after the wish to end; with what follows, a run ends within ten.
GRACE = 7.0

#: Seconds between two looks at whether Scrapy was told to stop, of which it makes no signal.
WATCH = 0.2

T = TypeVar("T")


class StopExtension:
    """Knows whether the run is being ended: by Ctrl-C or SIGTERM, by `stop()`, or by an error in the spider."""

    def __init__(self, crawler: Crawler) -> None:
        #: Why the run ends before its time; None when a user wished so.
        self.reason: str | None = None
        self._crawler = crawler
        self._ending = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Watch the crawl from its start."""
        extension = cls(crawler)
        crawler.signals.connect(extension.engine_started, signal=signals.engine_started)
        crawler.signals.connect(extension.spider_error, signal=signals.spider_error)
        return extension

    @classmethod
    def of(cls, crawler: Crawler) -> Self:
        """Return the crawl's own."""
        extension = crawler.get_extension(cls)
        assert extension is not None, "imagescraper.extensions.stop.StopExtension must stay in EXTENSIONS"  # noqa: S101 -- our own settings
        return extension

    @property
    def ending(self) -> bool:
        """Whether the run is being ended."""
        return self._ending.is_set()

    def stop(self, reason: str) -> None:
        """End the run, and say why."""
        if not self.ending:
            self.reason = reason
            self._ending.set()
            self._keep(self._crawler.engine.close_spider_async(reason="stopped"))

    async def wait(self, seconds: float) -> bool:
        """Wait so long, or until the run is being ended; return whether it is."""
        try:
            await asyncio.wait_for(self._ending.wait(), seconds)
        except TimeoutError:
            return False
        return True

    async def in_grace(self, work: Coroutine[Any, Any, T]) -> T:
        """Return the result of some work, which is cut off some seconds after the wish to end.

        Raises:
            Stopped: if it was cut off.

        """
        task = asyncio.ensure_future(work)
        ending = asyncio.ensure_future(self._ending.wait())
        await asyncio.wait({task, ending}, return_when=asyncio.FIRST_COMPLETED)
        ending.cancel()
        if not task.done():
            await asyncio.wait({task}, timeout=GRACE)
        if not task.done():
            task.cancel()
            raise Stopped("the run was ended while it was under way")
        return task.result()

    def spider_error(self, failure: Failure) -> None:
        """End the run when the spider fails: Scrapy would drop that question, and call the run finished."""
        self.stop(f"an error in the spider ({type(failure.value).__name__})")

    def engine_started(self) -> None:
        """Begin to watch."""
        self._keep(self._watch())

    async def _watch(self) -> None:
        """Take note when Scrapy is told to stop."""
        while self._crawler.crawling and not self.ending:  # noqa: ASYNC110 -- Scrapy has no event for it
            await asyncio.sleep(WATCH)
        self._ending.set()

    def _keep(self, work: Coroutine[Any, Any, None]) -> None:
        """Start some work, and hold on to it until it is done."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
