"""Windows of upload time, and how they are cut into parts."""

import json
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from itertools import pairwise

from imagescraper.flickr.licenses import LICENSES
from imagescraper.flickr.question import Question

#: Flickr opened in February 2004; what claims an earlier upload has a broken date, and is asked for apart.
OPENED = 1_075_593_600

#: The first second asked for: 0 would read as "no date given".
BEGINNING = 1

#: A box is not cut into sides shorter than this, about a metre.
SMALLEST_SIDE = Decimal("1e-5")


@dataclass(frozen=True, slots=True)
class Window:
    """A question and a span of upload time: Unix times, both ends included."""

    question: Question
    first: int
    last: int

    @property
    def key(self) -> str:
        """Name the window among those of its search: the same window has the same key in every run.

        A member is not named: all windows of a search are of the same one.
        """
        asked = {name: value for name, value in asdict(self.question).items() if value is not None and name != "user"}
        return json.dumps(asked | {"first": self.first, "last": self.last}, sort_keys=True, ensure_ascii=False)

    def parts(self, count: int) -> list["Window"]:
        """Return the window cut into about `count` parts, the latest first: by time, else by licence, else by area.

        A single part means that it cannot be cut. What comes before Flickr opened is always a part of its own.
        """
        if self.first < OPENED <= self.last:
            recent = replace(self, first=OPENED).by_time(max(1, count))
            return [*recent, replace(self, last=OPENED - 1)]
        if self.first < self.last:
            return self.by_time(count)
        licenses = self.question.licenses or tuple(LICENSES)
        if len(licenses) > 1:
            return [replace(self, question=self.question.with_licenses(part)) for part in _halves(licenses)]
        return self.by_area()

    def by_time(self, count: int) -> list["Window"]:
        """Return spans of equal length, the latest first, that meet without a gap."""
        span = self.last - self.first + 1
        count = min(count, span)
        edges = [self.first + span * number // count for number in range(count + 1)]
        return [replace(self, first=low, last=high - 1) for low, high in pairwise(edges)][::-1]

    def by_area(self) -> list["Window"]:
        """Return the two halves of the question's box, or the window itself where it has none that can be cut."""
        if self.question.box is None:
            return [self]
        # Exact, so that the outer sides stay as they were asked for, and the halves meet.
        west, south, east, north = map(Decimal, self.question.box.split(","))
        if max(east - west, north - south) < SMALLEST_SIDE:
            return [self]
        if east - west >= north - south:
            middle = (west + east) / 2
            boxes = [(west, south, middle, north), (middle, south, east, north)]
        else:
            middle = (south + north) / 2
            boxes = [(west, south, east, middle), (west, middle, east, north)]
        texts = [",".join(f"{side.normalize():f}" for side in box) for box in boxes]
        return [replace(self, question=self.question.with_box(text)) for text in texts]


def _halves(ids: tuple[int, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the two halves of some ids."""
    middle = len(ids) // 2
    return ids[:middle], ids[middle:]
