"""`scrapy plan`: the same search without downloading: what it would bring, and what it would cost."""

import argparse
import sys
from typing import cast

from scrapy.commands import BaseRunSpiderCommand

from imagescraper.commands.ending import COMPLETE, INCOMPLETE
from imagescraper.commands.running import RunsSpider
from imagescraper.planning import PlanSpider


class Command(RunsSpider, BaseRunSpiderCommand):
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
        if args != [PlanSpider.name]:
            self.refuse(f"name the spider: scrapy plan {PlanSpider.name}")
            return
        if crawler := self.run_spider(PlanSpider, opts):
            finished = crawler.stats.get_value("finish_reason") == "finished"
            self._tell(cast("PlanSpider", crawler.spider), finished=finished)

    def _tell(self, spider: PlanSpider, *, finished: bool) -> None:
        """Print the plan, or why there is none."""
        if spider.refusal:
            self.refuse(spider.refusal)
            return
        if spider.search.parts:
            sys.stdout.write(spider.plan())
        self.exitcode = COMPLETE if finished and not spider.search.cut_short else INCOMPLETE
