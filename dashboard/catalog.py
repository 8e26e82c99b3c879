"""The collection as columns in memory: what filters, sorts and counts work on."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from imagescraper.store import Store

if TYPE_CHECKING:
    from dashboard.filters import Filter

Booleans = NDArray[np.bool_]
Rows = NDArray[np.int32]

#: The fields of a row that become columns.
FIELDS = ("search_terms", "country_code", "country", "views", "date_taken", "scores", "renditions")

#: Stands for the country of photos without one.
NOWHERE = "-"

SORTS = {
    "added": "Latest added",
    "views": "Most viewed",
    "newest": "Newest",
    "oldest": "Oldest",
}
DEFAULT_SORT = "added"
SCORE_SORT = "score."

_NO_TIME = np.datetime64("NaT", "s")


class Codes:
    """Gives each distinct text a number, in the order they come."""

    def __init__(self, *names: str) -> None:
        self.numbers: dict[str, int] = {name: number for number, name in enumerate(names)}

    def of(self, name: str) -> int:
        """Return the number of a text."""
        return self.numbers.setdefault(name, len(self.numbers))

    @property
    def names(self) -> tuple[str, ...]:
        """All texts, each at its number."""
        return tuple(self.numbers)


@dataclass(frozen=True, slots=True, eq=False)
class Catalog:
    """Columns over all photos, in the order the photos were first stored; about 50 bytes a photo.

    A photo may have several search terms: `term_rows[i]` was found by `terms[term_codes[i]]`. Scores are NaN where
    there is none; unknown views are -1.
    """

    ids: NDArray[np.bytes_]
    terms: tuple[str, ...]
    term_rows: Rows
    term_codes: NDArray[np.int32]
    countries: tuple[str, ...]
    country_names: Mapping[str, str]
    country: NDArray[np.int16]
    views: NDArray[np.int64]
    taken: NDArray[np.datetime64]
    scores: Mapping[str, NDArray[np.float32]]
    pictured: Booleans
    _orders: dict[str, Rows] = field(default_factory=dict)

    @classmethod
    def load(cls, store: Store) -> "Catalog":
        """Read the columns of every photo in a store."""
        return cls.of(store.rows(FIELDS))

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Any]]) -> "Catalog":
        """Make the columns from rows that hold `_id` and FIELDS."""
        ids, views, taken, country, pictured = [], [], [], [], []
        terms, countries, country_names = Codes(), Codes(NOWHERE), {NOWHERE: "No country"}
        term_rows, term_codes = [], []
        scored: dict[str, dict[int, float]] = {}
        for number, row in enumerate(rows):
            ids.append(row["_id"].encode())
            views.append(-1 if row["views"] is None else row["views"])
            taken.append(_seconds(row["date_taken"]))
            code = row["country_code"] or NOWHERE
            country_names.setdefault(code, row["country"] or code)
            country.append(countries.of(code))
            pictured.append("thumbnail" in (row["renditions"] or ()))
            for term in row["search_terms"] or ():
                term_rows.append(number)
                term_codes.append(terms.of(term))
            for label, value in _values(row["scores"] or ()):
                known = scored.setdefault(label, {})
                if value is not None:
                    known.setdefault(number, value)
        return cls(
            ids=np.array(ids, dtype=np.bytes_),
            terms=terms.names,
            term_rows=np.array(term_rows, dtype=np.int32),
            term_codes=np.array(term_codes, dtype=np.int32),
            countries=countries.names,
            country_names=country_names,
            country=np.array(country, dtype=np.int16),
            views=np.array(views, dtype=np.int64),
            taken=np.array(taken, dtype="datetime64[s]"),
            scores={label: _column(scored[label], len(ids)) for label in sorted(scored)},
            pictured=np.array(pictured, dtype=np.bool_),
        )

    def __len__(self) -> int:
        return len(self.ids)

    def select(self, wanted: "Filter") -> Rows:
        """Return the numbers of the rows that a filter keeps, in the filter's order."""
        return self.sorted(wanted.mask(self), wanted.sort)

    @property
    def sorts(self) -> dict[str, str]:
        """The orders that there are, with their names for people: SORTS, and `score.<label>` for each score."""
        return SORTS | {SCORE_SORT + label: f"Highest {label} score" for label in self.scores}

    def sorted(self, mask: Booleans, sort: str) -> Rows:
        """Return the row numbers of a mask in one of `sorts`, else in the default order; unknown values come last."""
        if sort not in self.sorts:
            sort = DEFAULT_SORT
        if sort not in self._orders:
            self._orders[sort] = np.argsort(self._keys(sort), kind="stable").astype(np.int32)
        order = self._orders[sort]
        return order[mask[order]]

    def names(self, rows: Rows) -> list[str]:
        """Return the ids of some rows."""
        return [id_.decode() for id_ in self.ids[rows].tolist()]

    def find(self, id_: str, rows: Rows) -> int | None:
        """Return at which place among some rows a photo stands."""
        places = np.flatnonzero(self.ids[rows] == id_.encode(errors="replace"))
        return int(places[0]) if len(places) else None

    def term_counts(self, mask: Booleans) -> dict[str, int]:
        """Return how many rows of a mask each search term found."""
        counts = np.bincount(self.term_codes[mask[self.term_rows]], minlength=len(self.terms))
        return dict(zip(self.terms, counts.tolist(), strict=True))

    def country_counts(self, mask: Booleans) -> dict[str, int]:
        """Return how many rows of a mask lie in each country, by code; NOWHERE for those without one."""
        counts = np.bincount(self.country[mask], minlength=len(self.countries))
        return dict(zip(self.countries, counts.tolist(), strict=True))

    def _keys(self, sort: str) -> NDArray[np.generic]:
        """Return what to sort by, smallest first."""
        if sort == "views":
            return -self.views
        if sort == "newest":
            return -(self.taken - np.datetime64(0, "s"))
        if sort == "oldest":
            return self.taken
        if sort == "added":
            return np.arange(len(self), 0, -1)
        return -self.scores[sort.removeprefix(SCORE_SORT)]


def _values(scores: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, float | None]]:
    """Return label and value of each score; of several scorers of one label the first that can say counts."""
    return ((score["label"], score["value"]) for score in scores)


def _seconds(time: datetime | None) -> np.datetime64:
    """Return a time as NumPy keeps it."""
    return _NO_TIME if time is None else np.datetime64(int(time.timestamp()), "s")


def _column(values: Mapping[int, float], size: int) -> NDArray[np.float32]:
    """Return a column with values at some rows and NaN elsewhere."""
    column = np.full(size, np.nan, dtype=np.float32)
    column[list(values)] = list(values.values())
    return column
