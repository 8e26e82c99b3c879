"""Says at the end what became of everything that was promised, on standard output and as a file."""

import json
import sys
import time
from pathlib import Path
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler

from imagescraper.extensions.ledger import LedgerExtension
from imagescraper.flickr.coverage import table
from imagescraper.media.files import write_atomically
from imagescraper.store.ledger import Account

COLUMNS = ("promised", "came", "distinct", "outside", "unavailable")
COUNTS = ("promised", "came", "stored", "known", "unavailable", "lost", "pending")
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
        """Report; a run that was refused has nothing to report."""
        if self._crawler.spider.refusal:  # type: ignore[union-attr]
            return
        ledger = LedgerExtension.of(self._crawler)
        spider = self._crawler.spider
        facts = {
            "run": ledger.run_id,
            "search": spider.arguments.described(),  # type: ignore[union-attr]
            "remarks": spider.arguments.remarks,  # type: ignore[union-attr]
            "store": self._crawler.settings["STORE_URI"],
            "api_calls_left": ledger.budget.left(time.time()),
        }
        coverage = table(spider.search.coverage.values())  # type: ignore[union-attr]
        sys.stdout.write(as_text(facts, ledger.account) + as_table(coverage))
        sys.stdout.flush()
        if self._file:
            report = json.dumps(
                facts | ledger.account.as_dict() | {"coverage": coverage}, ensure_ascii=False, indent=2
            )
            write_atomically(Path(self._file), report.encode() + b"\n")


def as_text(facts: dict[str, Any], account: Account) -> str:
    """Return the report for people: the balance, the reasons, the effort."""
    search = " ".join(f'{name}="{value}"' for name, value in facts["search"].items())
    lines = [f"Run {facts['run']}: flickr {search}"]
    lines += [f"  {remark}" for remark in facts["remarks"]]
    shown = COUNTS if account.pending else COUNTS[:-1]
    lines += [f"  {name:<12}{getattr(account, name):>8,}" for name in shown]
    if AREAS & facts["search"].keys():
        lines.append(f"  {'turned away':<12}{account.turned_away:>8,}  outside the area asked for, in no other count")
    lines += [f"  {count:>20,}  {reason}" for reason, count in account.reasons.most_common()]
    rate = account.as_dict()["photos_per_second"]
    left = f" ({facts['api_calls_left']:,} left in this hour)"
    calls = "1 API call" if account.api_calls == 1 else f"{account.api_calls:,} API calls"
    effort = f"{calls}{left}, {account.seconds:.1f} s, {rate:.1f} photos/s"
    lines.append(f"  {effort}, in {facts['store']}")
    return "\n".join(lines) + "\n"


def as_table(coverage: list[dict[str, Any]]) -> str:
    """Return what each term brought by year of upload; empty for a search that brought nothing."""
    if not coverage:
        return ""
    lines = ["  year" + "".join(f"{name:>13}" for name in COLUMNS) + "  term"]
    for line in coverage:
        counts = "".join(f"{line[name]:>13,}" for name in COLUMNS)
        language = f" ({line['language']})" if line["language"] else ""
        lines.append(f"  {line['year'] or '?':>4}{counts}  {line['term']}{language}")
    return "\n".join(lines) + "\n"
