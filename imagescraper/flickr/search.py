"""Plans a search that returns everything, although Flickr answers only the first 4,000 photos of any question.

A window of upload time is asked; if it promises more than fits, it is halved. A window is done when its pages are
read or bring nothing new. Distinct ids count; `total` is an estimate and only decides where to cut.
"""

from collections import deque
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from imagescraper.flickr.api import EXTRAS, MOST_A_PAGE, MOST_A_PAGE_BY_PLACE, MOST_ANSWERS, SearchPage

#: Flickr opened in February 2004; what claims an earlier upload has a broken date, and is asked for apart.
OPENED = 1_075_593_600

#: The first second asked for: 0 would read as "no date given".
BEGINNING = 1


@dataclass(frozen=True, slots=True)
class Window:
    """A question that Flickr can be asked: a term, a span of upload time (both ends included), and perhaps a box."""

    term: str
    first: int
    last: int
    box: str | None = None

    def halves(self) -> tuple["Window", "Window"] | None:
        """Return the later and the earlier half; None when one second cannot be cut."""
        if self.first >= self.last:
            return None
        middle = OPENED - 1 if self.first < OPENED <= self.last else (self.first + self.last) // 2
        return replace(self, first=middle + 1), replace(self, last=middle)


@dataclass(frozen=True, slots=True)
class Query:
    """One page of a window."""

    window: Window
    page: int
    per_page: int

    def arguments(self) -> dict[str, str]:
        """Return the arguments of flickr.photos.search for this page."""
        window = self.window
        asked = {
            "text": window.term,
            "min_upload_date": str(window.first),
            "max_upload_date": str(window.last),
            "sort": "date-posted-desc",
            "media": "photos",
            "extras": ",".join(EXTRAS),
            "per_page": str(self.per_page),
            "page": str(self.page),
        }
        return asked | {"bbox": window.box, "has_geo": "1"} if window.box else asked


@dataclass(slots=True)
class Coverage:
    """What a window promised and what came of it."""

    promised: int = 0
    ids: set[str] = field(default_factory=set)

    @property
    def missing(self) -> int:
        """How many photos were promised and never shown."""
        return max(0, self.promised - len(self.ids))


class Search:
    """Asks window after window until everything has come, or `limit` photos have.

    The caller asks `next()` for a query, puts it to Flickr, and hands the answer to `receive()`, or gives the window
    up with `abandon()`. `until` is the last second of upload that is asked for, as a Unix time. `choosy` says that the
    caller will turn rows away, so that a limit does not tell how many have to be asked for.
    """

    def __init__(
        self,
        terms: Iterable[str],
        boxes: Iterable[str | None],
        *,
        until: int,
        limit: int | None,
        choosy: bool = False,
    ) -> None:
        places = list(boxes)
        self._windows = deque(Window(term, BEGINNING, until, box) for term in terms for box in places)
        self._pages: deque[Query] = deque()
        self._limit = limit
        self._choosy = choosy
        self._ids: set[str] = set()
        self._turned_away: set[str] = set()
        self._coverage: dict[Window, Coverage] = {}
        #: Photos that were promised but could not be asked for: windows given up, seconds that hold too many.
        self.cut_short = 0

    @property
    def came(self) -> int:
        """Distinct photos that came so far."""
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
        """Distinct photos that the windows hold, by Flickr's estimate or by what really came, whichever is more."""
        expected = self.came + sum(coverage.missing for coverage in self._coverage.values())
        return expected if self._limit is None else min(expected, self._limit)

    def next(self) -> Query | None:
        """Return what to ask next; None when everything has been asked."""
        if self.full:
            return None
        if self._pages:
            return self._pages.popleft()
        if not self._windows:
            return None
        window = self._windows.popleft()
        self._coverage[window] = Coverage()
        return Query(window, 1, self._page_size(window))

    def receive(self, query: Query, page: SearchPage, unwanted: Collection[str] = ()) -> list[dict[str, Any]]:
        """Take a page of answers, plan what follows, and return the wanted rows that no page has shown before."""
        window, coverage = query.window, self._coverage[query.window]
        new_here = {str(row["id"]) for row in page.rows} - coverage.ids
        coverage.ids |= new_here
        rows = self._new_rows(page, unwanted)
        shown = query.page * page.per_page
        if query.page == 1:
            coverage.promised = page.total
            if self._cannot_show(page.total - shown, capacity=MOST_ANSWERS - shown) and self._halve(window):
                return rows
        # A full page may have a successor that the estimate knows nothing of.
        full_page = len(page.rows) >= page.per_page
        more = bool(new_here) and (full_page or shown < coverage.promised)
        if more and shown < MOST_ANSWERS:
            self._pages.append(Query(window, query.page + 1, page.per_page))
        elif (more or coverage.promised > MOST_ANSWERS) and not self.full and not self._halve(window):
            self.cut_short += coverage.missing
        return rows

    def abandon(self, query: Query) -> None:
        """Give a window up after an error; what it still owed counts as cut short, and at least as one."""
        coverage = self._coverage[query.window]
        coverage.promised = max(coverage.promised, len(coverage.ids) + 1)
        self.cut_short += coverage.missing

    def _cannot_show(self, remaining: int, *, capacity: int) -> bool:
        """Whether more photos remain than Flickr will show of this window, and more are wanted."""
        wanted = remaining if self._limit is None or self._choosy else min(remaining, self._limit - self.came)
        return wanted > capacity

    def _halve(self, window: Window) -> bool:
        """Ask the halves of a window instead, which promise anew what it promised; false for a single second."""
        halves = window.halves()
        if halves is None:
            return False
        self._coverage[window].promised = 0
        self._windows.extendleft(reversed(halves))
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

    def _page_size(self, window: Window) -> int:
        """Return the largest page that the question allows, or the few that are still wanted."""
        most = MOST_A_PAGE_BY_PLACE if window.box else MOST_A_PAGE
        return most if self._limit is None or self._choosy else min(most, max(1, self._limit - self.came))
