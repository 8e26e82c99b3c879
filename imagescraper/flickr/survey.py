"""Looks a search over without making it: what Flickr promises, and what getting it would cost."""

import math
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from imagescraper.flickr.api import MOST_ANSWERS, SearchPage, number
from imagescraper.flickr.photos import SIZES
from imagescraper.flickr.search import ADVANCE, AIM, Query
from imagescraper.flickr.windows import Window

#: Calls that a survey spends on windows, beside the one that each question costs.
MOST_CALLS = 60

#: Photos of each question whose sizes are looked at.
SAMPLE = 100

#: Bytes of a picture's file for each of its pixels, over 89 photos from Flickr; single ones ranged from 0.1 to 0.9.
BYTES_A_PIXEL = 0.3

#: Calls an hour that Flickr allows a key, from its notes for developers.
CALLS_AN_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Part:
    """A window as the search would ask it, and what Flickr promises in it.

    `windows` is more than 1 for one that the search would cut into so many.
    """

    window: Window
    promised: int
    windows: int = 1


class Survey:
    """Asks each question once, and cuts what holds too much as the search would; called like a Search."""

    def __init__(self, windows: Iterable[Window], *, limit: int | None) -> None:
        self._limit = limit
        self._queries = deque(Query(window, window.last, SAMPLE) for window in windows)
        self._spare = MOST_CALLS
        self._pixels: list[int] = []
        self._cuts = 0
        self.parts: list[Part] = []
        self.calls = 0
        #: Questions that got no answer.
        self.cut_short = 0

    def next(self) -> Query | None:
        """Return what to ask next; None when everything has been asked."""
        if not self._queries:
            return None
        self.calls += 1
        return self._queries.popleft()

    def receive(self, query: Query, page: SearchPage) -> None:
        """Take a page of answers."""
        if query.size == SAMPLE:
            self._pixels += [pixels for row in page.rows if (pixels := _pixels(row))]
        count = -(-page.total // AIM)
        too_many = page.total > MOST_ANSWERS and (self._limit is None or self._limit > MOST_ANSWERS)
        parts = query.window.parts(count) if too_many else []
        if len(parts) > 1 and len(parts) <= self._spare:
            self._spare -= len(parts)
            self._cuts += 1
            self._queries.extendleft(Query(part, part.last, 1) for part in reversed(parts))
        else:
            self.parts.append(Part(query.window, page.total, count if too_many else 1))

    def abandon(self, query: Query) -> None:  # noqa: ARG002 -- as a Search has it
        """Give a question up after an error."""
        self.cut_short += 1

    def by_question(self) -> dict[tuple[str, str | None], list[Part]]:
        """Return the parts by what their questions look for, and in which languages."""
        found: dict[tuple[str, str | None], list[Part]] = {}
        for part in self.parts:
            question = part.window.question
            found.setdefault((question.name, question.language), []).append(part)
        return found

    @property
    def promised(self) -> int:
        """Photos promised in all questions together; those that several of them find are counted each time."""
        total = sum(part.promised for part in self.parts)
        return total if self._limit is None else min(total, self._limit)

    @property
    def calls_needed(self) -> int:
        """About how many calls the search itself would make."""
        calls, wanted = self._cuts, self.promised
        for part in self.parts:
            size, photos = part.window.question.page_size, min(part.promised, wanted)
            pages = math.ceil(max(0, photos - size) / (ADVANCE * size))
            calls += pages + (1 if part.windows == 1 else 1 + part.windows)
            wanted -= photos
            if not wanted:
                break
        return calls

    def seconds_needed(self, delay: float) -> float:
        """Return the least time for those calls, `delay` seconds apart and within Flickr's budget."""
        calls = self.calls_needed
        return max(calls * delay, (calls - 1) // CALLS_AN_HOUR * 3600.0)

    @property
    def sampled(self) -> int:
        """Photos whose sizes were seen."""
        return len(self._pixels)

    @property
    def bytes_expected(self) -> int:
        """About how many bytes the pictures have, by the sizes of the sample."""
        if not self._pixels:
            return 0
        return round(self.promised * BYTES_A_PIXEL * sum(self._pixels) / len(self._pixels))


def _pixels(row: dict[str, Any]) -> int | None:
    """Return the number of pixels of the best size of a photo; None where it is not said."""
    for size in SIZES:
        if row.get(f"url_{size}"):
            width, height = number(row.get(f"width_{size}")), number(row.get(f"height_{size}"))
            if width and height:
                return width * height
    return None
