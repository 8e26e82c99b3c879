"""What the commands share that run a spider."""

import argparse
import asyncio
import sys
from typing import cast

from scrapy import Spider
from scrapy.crawler import Crawler, CrawlerProcessBase
from scrapy.settings import BaseSettings

from imagescraper.arguments import FlickrArguments
from imagescraper.commands.ending import Refuses
from imagescraper.exceptions import WrongUse

#: Settings that are numbers, and the least that each may be.
NUMBERS = {"FLICKR_API_DELAY": 0.0, "FLICKR_API_BUDGET": 1, "FLICKR_IMAGES_CONCURRENCY": 1, "PATIENCE": 0.0}


class RunsSpider(Refuses):
    """What makes a command one that runs a spider; a wrong argument is one line and exit status 2.

    It is no command itself: Scrapy would list any command that it finds in this package.
    """

    crawler_process: CrawlerProcessBase | None

    def run_spider(self, spider: str | type[Spider], opts: argparse.Namespace) -> Crawler | None:
        """Return the crawl of a spider once it has ended; None where it did not begin."""
        if opts.spargs.get("help") == "1":
            sys.stdout.write(FlickrArguments.help())
            return None
        assert self.crawler_process is not None  # noqa: S101 -- Scrapy sets it for every command that crawls
        try:
            check_numbers(self.crawler_process.settings)
            crawler = self.crawler_process.create_crawler(spider)
            crawl = cast("asyncio.Task[None]", self.crawler_process.crawl(crawler, **opts.spargs))
            self.crawler_process.start()
            if error := crawl.exception():
                raise error
        except WrongUse as error:
            self.refuse(str(error))
            return None
        return crawler


def check_numbers(settings: BaseSettings) -> None:
    """Refuse settings that cannot work.

    Raises:
        WrongUse: one line that names the setting.

    """
    for name, least in NUMBERS.items():
        given = settings[name]
        try:
            fits = type(least)(given) >= least
        except (TypeError, ValueError):
            fits = False
        if not fits:
            what = "a whole number" if isinstance(least, int) else "a number"
            raise WrongUse(f"the setting {name} is {given}: give {what}, {least:g} or more")
