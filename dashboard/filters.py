"""One Filter is the whole state of the gallery: it is in the address, it selects rows, it drives every panel."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

import numpy as np

from dashboard.catalog import DEFAULT_SORT, SCORE_SORT, SORTS, Booleans, Catalog

#: Bounds on what a stranger's address may make us keep and compare.
MAX_TEXT = 200
MAX_VALUES = 100
MAX_PAGE = 10**6
MAX_VIEWS = 2**53

_SCORE, _UNSCORED, _TO = "score.", "unscored.", ".."


@dataclass(frozen=True, slots=True)
class ScoreRange:
    """Which scores of a label to show, both ends included, and whether photos without one are shown too."""

    label: str
    low: float = 0.0
    high: float = 1.0
    unscored: bool = True

    @property
    def keeps_all(self) -> bool:
        """Whether no photo is left out."""
        return self.low <= 0 and self.high >= 1 and self.unscored


@dataclass(frozen=True, slots=True)
class Filter:
    """What is shown, in which order, and which page of it; the empty filter shows everything.

    Terms and countries (codes, or NOWHERE) are each combined by or; the conditions among each other by and. Of the
    ends of `views`, None leaves that end open, so that photos of unknown views are shown only when both are open.
    """

    terms: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    views: tuple[int | None, int | None] = (None, None)
    scores: tuple[ScoreRange, ...] = ()
    sort: str = DEFAULT_SORT
    page: int = 1

    @classmethod
    def clean(
        cls,
        *,
        terms: object = (),
        countries: object = (),
        views: object = None,
        scores: Iterable[ScoreRange | None] = (),
        sort: object = None,
        page: object = None,
    ) -> "Filter":
        """Make a filter of values from outside; what makes no sense is ignored."""
        ranges = {entry.label: entry for entry in scores if entry is not None and not entry.keeps_all}
        return cls(
            terms=_texts(terms),
            countries=_texts(countries),
            views=_views(views),
            scores=tuple(ranges[label] for label in sorted(ranges)[:MAX_VALUES]),
            sort=sort if isinstance(sort, str) and _is_sort(sort) else DEFAULT_SORT,
            page=number if (number := _whole(page, MAX_PAGE)) else 1,
        )

    @classmethod
    def from_query(cls, query: object) -> "Filter":
        """Read the query of an address, with or without its question mark; what makes no sense is ignored."""
        try:
            pairs = parse_qsl(query.removeprefix("?"), max_num_fields=4 * MAX_VALUES) if isinstance(query, str) else []
        except ValueError:
            pairs = []
        last = dict(pairs)
        low, _, high = last.get("views", "").partition(_TO)
        return cls.clean(
            terms=[value for name, value in pairs if name == "term"],
            countries=[value for name, value in pairs if name == "country"],
            views=(low, high),
            scores=_ranges_in(last),
            sort=last.get("sort"),
            page=last.get("page"),
        )

    def to_query(self) -> str:
        """Return the query that from_query() reads, with its question mark, or nothing for the empty filter."""
        pairs = [("term", term) for term in self.terms] + [("country", code) for code in self.countries]
        if self.views != (None, None):
            pairs.append(("views", _TO.join("" if end is None else str(end) for end in self.views)))
        for entry in self.scores:
            if (entry.low, entry.high) != (0, 1):
                pairs.append((_SCORE + entry.label, f"{entry.low:g}{_TO}{entry.high:g}"))
            if not entry.unscored:
                pairs.append((_UNSCORED + entry.label, "no"))
        if self.sort != DEFAULT_SORT:
            pairs.append(("sort", self.sort))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return "?" + urlencode(pairs) if pairs else ""

    def score(self, label: str) -> ScoreRange:
        """Return what is asked of the scores of a label."""
        return next((entry for entry in self.scores if entry.label == label), ScoreRange(label))

    def conditions(self, catalog: Catalog) -> dict[str, Booleans]:
        """Return what each part of the filter keeps: under terms, countries, views, and `score.<label>`."""
        found: dict[str, Booleans] = {}
        if self.terms:
            wanted = np.isin(catalog.term_codes, _numbers(catalog.terms, self.terms))
            found["terms"] = np.zeros(len(catalog), dtype=np.bool_)
            found["terms"][catalog.term_rows[wanted]] = True
        if self.countries:
            found["countries"] = np.isin(catalog.country, _numbers(catalog.countries, self.countries))
        low, high = self.views
        if low is not None or high is not None:
            known = catalog.views >= (low or 0)
            found["views"] = known if high is None else known & (catalog.views <= high)
        for entry in self.scores:
            found[_SCORE + entry.label] = _scored(catalog, entry)
        return found

    def mask(self, catalog: Catalog) -> Booleans:
        """Return which rows of a catalog are kept."""
        return combined(self.conditions(catalog), len(catalog))


def combined(conditions: Mapping[str, Booleans], size: int, *, without: str = "") -> Booleans:
    """Return which rows meet all conditions, or all but one."""
    mask = np.ones(size, dtype=np.bool_)
    for name, condition in conditions.items():
        if name != without:
            mask &= condition
    return mask


def score_range(label: object, ends: object, *, unscored: bool) -> ScoreRange | None:
    """Return a range of scores from values from outside, or None if they make no sense."""
    if not _is_text(label) or not isinstance(ends, list | tuple) or len(ends) != 2:
        return None
    low, high = (_share(end) for end in ends)
    if low is None or high is None or low > high:
        return None
    return ScoreRange(str(label), low, high, unscored)


def _scored(catalog: Catalog, entry: ScoreRange) -> Booleans:
    """Return which rows have a score in a range; a score is compared as it is shown, to two places."""
    if entry.label not in catalog.scores:
        return np.full(len(catalog), entry.unscored)
    values = catalog.scores[entry.label].round(2)
    inside = (values >= np.float32(entry.low)) & (values <= np.float32(entry.high))
    return inside | np.isnan(values) if entry.unscored else inside


def _ranges_in(pairs: Mapping[str, str]) -> list[ScoreRange | None]:
    """Return the score ranges of a query."""
    labels = {name.removeprefix(_SCORE) for name in pairs if name.startswith(_SCORE)}
    labels |= {name.removeprefix(_UNSCORED) for name in pairs if name.startswith(_UNSCORED)}
    return [
        score_range(
            label,
            pairs.get(_SCORE + label, f"0{_TO}1").split(_TO),
            unscored=pairs.get(_UNSCORED + label) != "no",
        )
        for label in labels
    ]


def _numbers(names: tuple[str, ...], wanted: tuple[str, ...]) -> list[int]:
    """Return the codes of names; a name that is not there has none."""
    return [number for number, name in enumerate(names) if name in wanted]


def _is_text(value: object) -> bool:
    """Whether a value is a text worth comparing: short, and sayable in UTF-8 (no lone surrogates)."""
    if not isinstance(value, str) or not 0 < len(value) <= MAX_TEXT:
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _texts(values: object) -> tuple[str, ...]:
    """Return the texts among values, each once."""
    if not isinstance(values, list | tuple):
        return ()
    return tuple(dict.fromkeys(value for value in values if _is_text(value)))[:MAX_VALUES]


def _is_sort(value: str) -> bool:
    """Whether a text names an order."""
    return value in SORTS or (value.startswith(SCORE_SORT) and _is_text(value))


def _number(value: object) -> float | None:
    """Return a value as a finite number, if it is one."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _share(value: object) -> float | None:
    """Return a value as a number from 0 to 1 with two places, if it is one."""
    number = _number(value)
    return None if number is None else round(min(max(number, 0.0), 1.0), 2)


def _whole(value: object, top: int) -> int | None:
    """Return a value as a whole number from 0 to `top`, if it is one."""
    number = _number(value)
    return None if number is None or number < 0 else int(min(number, top))


def _views(ends: Any) -> tuple[int | None, int | None]:  # noqa: ANN401 -- anything may come from outside
    """Return the ends of a range of views; an end that makes no sense is open."""
    if not isinstance(ends, list | tuple) or len(ends) != 2:
        return (None, None)
    low, high = (_whole(end, MAX_VIEWS) for end in ends)
    return (None, None) if low is not None and high is not None and low > high else (low or None, high)
