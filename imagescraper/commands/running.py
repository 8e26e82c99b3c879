"""What the commands share that run a spider."""

import argparse
import asyncio
import sys
from typing import cast

from scrapy.crawler import Crawler, CrawlerProcessBase

from imagescraper.arguments import FlickrArguments
from imagescraper.commands.ending import Refuses
from imagescraper.exceptions import WrongUse


class RunsSpider(Refuses):
    """What makes a command one that runs a spider; a wrong argument is one line and exit status 2.

    It is no command itself: Scrapy would list any command that it finds in this package.
    """

    crawler_process: CrawlerProcessBase | None

    def run_spider(self, crawler: Crawler, opts: argparse.Namespace) -> bool:
        """Run a spider to its end and return True; False where it did not begin."""
        if opts.spargs.get("help") == "1":
            sys.stdout.write(FlickrArguments.help())
            return False
        assert self.crawler_process is not None  # noqa: S101 -- Scrapy sets it for every command that crawls
        crawl = cast("asyncio.Task[None]", self.crawler_process.crawl(crawler, **opts.spargs))
        self.crawler_process.start()
        error = crawl.exception()
        if isinstance(error, WrongUse):
            self.refuse(str(error))
        elif error is not None:
            raise error
        return error is None
