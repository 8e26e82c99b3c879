"""`scrapy crawl`: as Scrapy's own, with one clear line for wrong use and an exit status that tells the truth."""

import argparse
import sys

from scrapy.commands.crawl import Command as CrawlCommand
from scrapy.crawler import Crawler

from imagescraper.commands.ending import COMPLETE, INCOMPLETE
from imagescraper.commands.running import RunsSpider
from imagescraper.extensions.ledger import LedgerExtension
from imagescraper.extensions.stop import StopExtension


class Command(RunsSpider, CrawlCommand):
    """Runs a spider. Exit status 0: everything promised is accounted for; 1: something was lost; 2: wrong use."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the spider, and set the exit status by what came of it."""
        assert self.crawler_process is not None  # noqa: S101 -- Scrapy sets it for every command that crawls
        spiders = self.crawler_process.spider_loader.list()
        if len(args) != 1 or args[0] not in spiders:
            self.refuse(f"name one spider of this project: {', '.join(spiders)}")
            return
        if crawler := self.run_spider(args[0], opts):
            self._judge(crawler)

    def _judge(self, crawler: Crawler) -> None:
        """Set the exit status of a run that was begun."""
        refusal = crawler.spider.refusal  # type: ignore[union-attr]
        if refusal:
            self.refuse(refusal)
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
