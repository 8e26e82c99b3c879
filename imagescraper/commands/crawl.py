"""`scrapy crawl`: as Scrapy's own, with one clear line for wrong use and an exit status that tells the truth."""

import argparse
import asyncio
import sys
from typing import cast

from scrapy.commands.crawl import Command as CrawlCommand
from scrapy.crawler import Crawler

from imagescraper.arguments import FlickrArguments
from imagescraper.exceptions import WrongUse
from imagescraper.extensions.ledger import LedgerExtension
from imagescraper.extensions.stop import StopExtension

COMPLETE, INCOMPLETE, WRONG_USE = 0, 1, 2


class Command(CrawlCommand):
    """Runs a spider. Exit status 0: everything promised is accounted for; 1: something was lost; 2: wrong use."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the spider, and set the exit status by what came of it."""
        assert self.crawler_process is not None  # noqa: S101 -- Scrapy sets it for every command that crawls
        spiders = self.crawler_process.spider_loader.list()
        if len(args) != 1 or args[0] not in spiders:
            self._refuse(f"name one spider of this project: {', '.join(spiders)}")
            return
        if opts.spargs.get("help") == "1":
            sys.stdout.write(FlickrArguments.help())
            return
        crawler = self._create_crawler(args[0])
        crawl = cast("asyncio.Task[None]", self.crawler_process.crawl(crawler, **opts.spargs))
        self.crawler_process.start()
        error = crawl.exception()
        if isinstance(error, WrongUse):
            self._refuse(str(error))
        elif error is not None:
            raise error
        else:
            self._judge(crawler)

    def _judge(self, crawler: Crawler) -> None:
        """Set the exit status of a run that was begun."""
        refusal = crawler.spider.refusal  # type: ignore[union-attr]
        if refusal:
            self._refuse(refusal)
            return
        lost = LedgerExtension.of(crawler).account.lost
        reason = crawler.stats.get_value("finish_reason")
        ended_by = StopExtension.of(crawler).reason
        if reason == "shutdown" or ended_by:
            why = f"{ended_by}: " if ended_by else ""
            sys.stderr.write(f"scrapy crawl: {why}ended early; the same command goes on where this one stopped\n")
        # Being ended by the user is no failure: nothing is lost, and what is pending is known.
        complete = reason in ("finished", "shutdown") and not lost
        self.exitcode = COMPLETE if complete else INCOMPLETE

    def _refuse(self, line: str) -> None:
        """Say in one line what is wrong."""
        sys.stderr.write(f"scrapy crawl: {line}\n")
        self.exitcode = WRONG_USE
