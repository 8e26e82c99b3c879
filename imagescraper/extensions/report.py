"""Says at the end what became of everything that was promised, on standard output and as a file."""

import json
import sys
from pathlib import Path
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler

from imagescraper.extensions.ledger import LedgerExtension
from imagescraper.media.files import write_atomically
from imagescraper.store.ledger import Account

COUNTS = ("promised", "came", "stored", "known", "unavailable", "lost")
#: The arguments with which photos are turned away for their place.
AREAS = frozenset({"country", "polygon"})


class ReportExtension:
    """Prints the account of the run, and writes it to REPORT_FILE when that is set."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._file: str | None = crawler.settings["REPORT_FILE"]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Wait for the engine to stop, by when the account is settled."""
        extension = cls(crawler)
        crawler.signals.connect(extension.engine_stopped, signal=signals.engine_stopped)
        return extension

    def engine_stopped(self) -> None:
        """Report."""
        ledger = LedgerExtension.of(self._crawler)
        arguments = self._crawler.spider.arguments  # type: ignore[union-attr]
        facts = {
            "run": ledger.run_id,
            "search": arguments.described(),
            "remarks": arguments.remarks,
            "store": self._crawler.settings["STORE_URI"],
        }
        sys.stdout.write(as_text(facts, ledger.account))
        sys.stdout.flush()
        if self._file:
            report = json.dumps(facts | ledger.account.as_dict(), ensure_ascii=False, indent=2) + "\n"
            write_atomically(Path(self._file), report.encode())


def as_text(facts: dict[str, Any], account: Account) -> str:
    """Return the report for people: the balance, the reasons, the effort."""
    search = " ".join(f'{name}="{value}"' for name, value in facts["search"].items())
    lines = [f"Run {facts['run']}: flickr {search}"]
    lines += [f"  {remark}" for remark in facts["remarks"]]
    lines += [f"  {name:<12}{getattr(account, name):>8,}" for name in COUNTS]
    if AREAS & facts["search"].keys():
        lines.append(f"  {'turned away':<12}{account.turned_away:>8,}  outside the area asked for, in no other count")
    lines += [f"  {count:>20,}  {reason}" for reason, count in account.reasons.most_common()]
    rate = account.as_dict()["photos_per_second"]
    lines.append(f"  {account.api_calls} API calls, {account.seconds:.1f} s, {rate:.1f} photos/s, in {facts['store']}")
    return "\n".join(lines) + "\n"
