"""Shows on a terminal how far the crawl is."""

import sys
import time
from typing import NoReturn, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from tqdm import tqdm

from imagescraper.extensions.ledger import LedgerExtension


class ProgressExtension:
    """Draws one line on standard error: photos done of those promised, and how fast."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._bar: tqdm[NoReturn] = tqdm(unit=" photos", dynamic_ncols=True, desc="asking")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the line, unless nobody would see it."""
        if not sys.stderr.isatty():
            raise NotConfigured
        extension = cls(crawler)
        for signal in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(extension.advance, signal=signal)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        return extension

    def advance(self, spider: Spider) -> None:
        """Count one photo more, and take over what the search promises by now."""
        ledger = LedgerExtension.of(self._crawler)
        account = ledger.account
        self._bar.total = max(spider.search.promised - account.known, self._bar.n + 1)  # type: ignore[attr-defined]
        self._bar.set_description(f"stored {account.stored}, known {account.known}, lost {account.lost}")
        self._bar.set_postfix_str(f"{ledger.budget.left(time.time()):,} API calls left", refresh=False)
        self._bar.update()

    def spider_closed(self) -> None:
        """Leave the line as it is."""
        self._bar.close()
