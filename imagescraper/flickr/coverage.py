"""What windows promised and what came of them, in total and by the year of upload."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from imagescraper.flickr.api import SearchPage, moment, number
from imagescraper.flickr.windows import Window


@dataclass(slots=True)
class Coverage:
    """What a window promised and what came of it; the counters are by year of upload, 0 where that is not known."""

    window: Window
    promised: int | None = None
    ids: set[str] = field(default_factory=set)
    came: Counter[int] = field(default_factory=Counter)
    distinct: Counter[int] = field(default_factory=Counter)
    outside: Counter[int] = field(default_factory=Counter)
    #: Into how many parts it was cut; what it promised, they promise anew.
    parts: int = 0
    #: Whether it has shown all that it will show.
    read: bool = False

    @property
    def missing(self) -> int:
        """How many photos were promised and not shown."""
        return 0 if self.parts else max(0, (self.promised or 0) - len(self.ids))

    def take(self, page: SearchPage) -> set[str]:
        """Count the rows of a page, and return the ids that this window had not shown before."""
        new = set()
        for row in page.rows:
            id_, date = str(row["id"]), number(row.get("dateupload"))
            year = _year(date)
            self.came[year] += 1
            if date is not None and not self.window.first <= date <= self.window.last:
                self.outside[year] += 1
            if id_ not in self.ids:
                self.ids.add(id_)
                self.distinct[year] += 1
                new.add(id_)
        return new


def table(windows: Iterable[Coverage]) -> list[dict[str, Any]]:
    """Return a line for each term, language and year: promised, came, distinct, outside the window, unavailable.

    What a window promised and never showed stands in the last year of the window, because nobody knows its date; of a
    window that was not read to its end nobody knows what it would have shown.
    """
    lines: dict[tuple[str, str, int], Counter[str]] = {}
    for coverage in windows:
        question = coverage.window.question
        counts: Mapping[str, Counter[int]] = {
            "came": coverage.came,
            "distinct": coverage.distinct,
            "outside": coverage.outside,
            "unavailable": Counter({_year(coverage.window.last): coverage.missing if coverage.read else 0}),
        }
        for name, by_year in counts.items():
            for year, count in by_year.items():
                lines.setdefault((question.name, question.language or "", year), Counter())[name] += count
    return [
        {
            "term": term,
            "language": language or None,
            "year": year or None,
            "promised": counts["distinct"] + counts["unavailable"],
            "came": counts["came"],
            "distinct": counts["distinct"],
            "outside": counts["outside"],
            "unavailable": counts["unavailable"],
        }
        for (term, language, year), counts in sorted(lines.items())
        if any(counts.values())
    ]


def _year(date: int | None) -> int:
    """Return the year of a Unix time; 0 where there is none, or none that a calendar knows."""
    uploaded = moment(date)
    return uploaded.year if uploaded else 0
