"""Plans a search that returns everything, although Flickr shows only the first 4,000 photos of any question.

A window of upload time is asked for its newest photos, then for those before the oldest of them, and so on, each time
with some overlap: so neither the limit nor an order that changes between two calls costs a photo. A window that
promises more than 4,000 is cut into parts first, by time, then by licence, then by area. At its end a window that
still owes photos is read once more by page numbers, for as long as that brings new ones. Distinct ids count; `total`
is an estimate, and decides only where to cut and when to look again.
"""

from collections import deque
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from imagescraper.flickr.api import MOST_ANSWERS, SearchPage, number
from imagescraper.flickr.coverage import Coverage
from imagescraper.flickr.windows import Window

#: A window is cut into parts that should hold so many: with room for what the estimate and the calendar hide.
AIM = 3500

#: Share of a page after which the next one begins: what moves by a twentieth of a page between two calls, or is found
#: under a date some days off, is not lost in between. It costs a tenth more calls.
ADVANCE = 0.9

NEWEST_FIRST = "date-posted-desc"


@dataclass(frozen=True, slots=True)
class Query:
    """One call: a window's photos up to some second, or one page of all of them."""

    window: Window
    last: int
    size: int
    page: int = 1
    #: Whether this reads the window by page numbers, not by moving `last`.
    by_page: bool = False

    def arguments(self) -> dict[str, str]:
        """Return the arguments of flickr.photos.search."""
        return self.window.question.arguments() | {
            "min_upload_date": str(self.window.first),
            "max_upload_date": str(self.last),
            "per_page": str(self.size),
            "page": str(self.page),
        }


@dataclass(frozen=True, slots=True)
class Received:
    """What a page brought: rows that no page had shown before, ids that another window had, and the window's state."""

    rows: list[dict[str, Any]]
    again: list[str]
    cut: bool
    read: bool


class Search:
    """Asks window after window until everything has come, or `limit` photos have.

    The caller asks `next()` for a query, puts it to Flickr, and hands the answer to `receive()`, or gives the window
    up with `abandon()`. `records` are what an earlier run of the same search noted of its windows: those that are done
    are not asked again, those that were cut go on in their parts. `choosy` says that the caller will turn rows away,
    so that a limit does not tell how many have to be asked for.
    """

    def __init__(
        self,
        windows: Iterable[Window],
        *,
        limit: int | None,
        records: Mapping[str, dict[str, Any]] | None = None,
        choosy: bool = False,
    ) -> None:
        self._limit = limit
        self._choosy = choosy
        self._ids: set[str] = set()
        self._turned_away: set[str] = set()
        self._queries: deque[Query] = deque()
        self.coverage: dict[Window, Coverage] = {}
        #: Windows that an earlier run finished.
        self.done_before: list[dict[str, Any]] = []
        self._windows: deque[Window] = deque()
        for window in windows:
            self._resume(window, records or {})
        #: Photos that were promised but could not be asked for.
        self.cut_short = 0

    def _resume(self, window: Window, records: Mapping[str, dict[str, Any]]) -> None:
        """Queue a window, or its parts, unless an earlier run is done with it."""
        record = records.get(window.key, {})
        if record.get("state") == "done":
            self.done_before.append(record)
        elif record.get("state") == "cut":
            for part in window.parts(record["parts"]):
                self._resume(part, records)
        else:
            self._windows.append(window)

    @property
    def came(self) -> int:
        """Distinct photos that came so far, in this run."""
        return len(self._ids)

    @property
    def turned_away(self) -> int:
        """Distinct photos that were shown and not wanted; they count as neither promised nor come."""
        return len(self._turned_away)

    @property
    def full(self) -> bool:
        """Whether as many photos came as were wanted."""
        return self._limit is not None and self.came >= self._limit

    @property
    def promised(self) -> int:
        """Distinct photos that the windows of this run hold, as far as is known by now."""
        expected = self.came + sum(coverage.missing for coverage in self.coverage.values())
        return expected if self._limit is None else min(expected, self._limit)

    def next(self) -> Query | None:
        """Return what to ask next; None when everything has been asked."""
        if self.full:
            return None
        if self._queries:
            return self._queries.popleft()
        if not self._windows:
            return None
        window = self._windows.popleft()
        self.coverage[window] = Coverage(window)
        size = window.question.page_size
        if self._limit is not None and not self._choosy:
            size = min(size, max(1, self._limit - self.came))
        return Query(window, window.last, size, by_page=window.question.sort != NEWEST_FIRST)

    def receive(self, query: Query, page: SearchPage, unwanted: Collection[str] = ()) -> Received:
        """Take a page of answers and plan what follows."""
        window, coverage = query.window, self.coverage[query.window]
        new_here = coverage.take(page)
        again = sorted(new_here & self._ids)
        rows = self._new_rows(page, unwanted)
        if coverage.promised is None:
            coverage.promised = page.total
            if self._too_many(page) and self._cut(window):
                return Received(rows, again, cut=True, read=False)
        following = self._following(query, page, brought_new=bool(new_here))
        if following and not self.full:
            self._queries.append(following)
            return Received(rows, again, cut=False, read=False)
        if page.total > MOST_ANSWERS and query.by_page and not self.full and not self._limit:
            if self._cut(window):
                return Received(rows, again, cut=True, read=False)
            self.cut_short += coverage.missing
        coverage.read = not self.full or not coverage.missing
        return Received(rows, again, cut=False, read=coverage.read)

    def abandon(self, query: Query) -> None:
        """Give a window up after an error; what it still owed counts as cut short, and at least as one."""
        coverage = self.coverage[query.window]
        coverage.promised = max(coverage.promised or 0, len(coverage.ids) + 1)
        self.cut_short += coverage.missing

    def _following(self, query: Query, page: SearchPage, *, brought_new: bool) -> Query | None:
        """Return the next call for a window; None when it is read."""
        window, coverage = query.window, self.coverage[query.window]
        if query.by_page:
            # Beyond the limit, and beyond the end, Flickr repeats itself.
            shown = query.page * query.size
            more = shown < min(page.total, MOST_ANSWERS) or len(page.rows) >= query.size
            if brought_new and more and shown < MOST_ANSWERS:
                return Query(window, window.last, query.size, query.page + 1, by_page=True)
            return None
        dates = _dates(query, page)
        full = len(page.rows) >= query.size
        moves = brought_new and bool(dates) and (full or page.total > len(page.rows))
        if moves:
            last = dates[min(len(dates) - 1, int(ADVANCE * len(dates)))]
            if last < query.last:
                return Query(window, last, window.question.page_size)
        if moves or (coverage.missing and page.rows):
            # More photos in one second than a page holds, or some that the dates do not lead to. The first page of
            # this reading was the first call for the window, unless that was a small one.
            first_page = 2 if self._limit is None else 1
            return Query(window, window.last, window.question.page_size, first_page, by_page=True)
        return None

    def _too_many(self, page: SearchPage) -> bool:
        """Whether a window holds more than Flickr shows, and more than that is still wanted."""
        wanted = page.total if self._limit is None or self._choosy else self._limit - self.came
        return page.total > MOST_ANSWERS and wanted > MOST_ANSWERS

    def _cut(self, window: Window) -> bool:
        """Ask the parts of a window instead, which promise anew what it promised; false if it cannot be cut."""
        coverage = self.coverage[window]
        count = max(2, -(-(coverage.promised or 0) // AIM))
        parts = window.parts(count)
        if len(parts) < 2:
            return False
        coverage.parts = count
        self._windows.extendleft(reversed(parts))
        return True

    def _new_rows(self, page: SearchPage, unwanted: Collection[str]) -> list[dict[str, Any]]:
        """Return the wanted rows not seen before, no more of them than the limit; count the unwanted up to there."""
        rows = []
        for row in page.rows:
            id_ = str(row["id"])
            if self.full or id_ in self._ids:
                continue
            if id_ in unwanted:
                self._turned_away.add(id_)
            else:
                self._ids.add(id_)
                rows.append(row)
        return rows


def _dates(query: Query, page: SearchPage) -> list[int]:
    """Return the upload times on a page that lie in what was asked for, the newest first."""
    dates = (number(row.get("dateupload")) for row in page.rows)
    return sorted((date for date in dates if date and query.window.first <= date <= query.last), reverse=True)
