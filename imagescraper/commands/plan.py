"""`scrapy plan`: the same search without downloading: what it would bring, and what it would cost."""

import argparse
import asyncio
import sys
from typing import cast

from scrapy.commands import BaseRunSpiderCommand

from imagescraper.arguments import FlickrArguments
from imagescraper.commands.crawl import COMPLETE, INCOMPLETE, WRONG_USE
from imagescraper.exceptions import WrongUse
from imagescraper.planning import PlanSpider


class Command(BaseRunSpiderCommand):
    """Costs few calls and writes nothing. Exit status as of `scrapy crawl`."""

    requires_project = True

    def syntax(self) -> str:
        """Return how the command is written."""
        return "[options] flickr"

    def short_desc(self) -> str:
        """Return what the command is for."""
        return "Say what a crawl would bring and cost"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Look the search over, and print the plan."""
        assert self.crawler_process is not None  # noqa: S101 -- Scrapy sets it for every command that crawls
        if args != [PlanSpider.name]:
            self._refuse(f"name the spider: scrapy plan {PlanSpider.name}")
            return
        if opts.spargs.get("help") == "1":
            sys.stdout.write(FlickrArguments.help())
            return
        crawler = self.crawler_process.create_crawler(PlanSpider)
        crawl = cast("asyncio.Task[None]", self.crawler_process.crawl(crawler, **opts.spargs))
        self.crawler_process.start()
        error = crawl.exception()
        if isinstance(error, WrongUse):
            self._refuse(str(error))
        elif error is not None:
            raise error
        else:
            spider = cast("PlanSpider", crawler.spider)
            finished = crawler.stats.get_value("finish_reason") == "finished"
            self._tell(spider, finished=finished)

    def _tell(self, spider: PlanSpider, *, finished: bool) -> None:
        """Print the plan, or why there is none."""
        if spider.refusal:
            self._refuse(spider.refusal)
            return
        if spider.search.parts:
            sys.stdout.write(spider.plan())
        self.exitcode = COMPLETE if finished and not spider.search.cut_short else INCOMPLETE

    def _refuse(self, line: str) -> None:
        """Say in one line what is wrong."""
        sys.stderr.write(f"scrapy plan: {line}\n")
        self.exitcode = WRONG_USE
