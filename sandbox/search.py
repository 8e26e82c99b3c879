"""flickr.photos.search: what it finds, in which order, and how it hides the rest."""

import time
from dataclasses import dataclass

import numpy as np

from sandbox.collection import Bools, Collection, Ints
from sandbox.errors import ApiError
from sandbox.filters import Arguments, Filters

MOST_RESULTS = 4_000  # a query; later pages repeat the last one
_MOST_A_PAGE = 500
_MOST_A_GEO_PAGE = 250
_DEFAULT_A_PAGE = 100
_TWELVE_HOURS = 43_200
_JITTER = 25  # places by which a photo moves up or down, at most, when the order is unstable

# At least one of these must be there, or the search is parameterless.
_DATES = ("min_upload_date", "max_upload_date", "min_taken_date", "max_taken_date")
_LIMITING = (
    *("text", "tags", "machine_tags", "user_id", "group_id", "is_commons", "in_gallery"),
    *("bbox", "lat", "woe_id", "place_id"),
    *_DATES,
)
# With one of these a search by position finds photos of any age. Whether `text` counts is not documented: it does not.
_LIMITING_AGENTS = ("tags", "machine_tags", "user_id", "min_taken_date", "min_upload_date")


@dataclass(frozen=True)
class Page:
    """One page of an answer: rows of the collection and the numbers that Flickr states about them."""

    rows: Ints
    page: int
    per_page: int
    total: int

    @property
    def pages(self) -> int:
        """The number of pages that `total` promises, whatever can really be asked for."""
        return -(-self.total // self.per_page)


class Search:
    """Answers searches over a collection."""

    def __init__(self, collection: Collection, *, unstable: bool = False, fuzzy: bool = False) -> None:
        self._filters = Filters(collection, fuzzy=fuzzy)
        columns = collection.columns
        self._uploaded = columns.uploaded
        self._shuffle = np.random.default_rng(collection.seed) if unstable else None
        interest = columns.faves * 10 + columns.comments * 20 + columns.views
        ascending = {
            "date-posted": np.lexsort((columns.id, columns.uploaded)),
            "date-taken": np.lexsort((columns.id, columns.taken)),
            "interestingness": np.lexsort((columns.id, interest)),
        }
        self._orders = {f"{name}-asc": order for name, order in ascending.items()}
        self._orders |= {f"{name}-desc": order[::-1] for name, order in ascending.items()}

    def __call__(self, arguments: Arguments) -> Page:
        """Answer one search; raises ApiError."""
        _check(arguments)
        by_position = bool(arguments.get("bbox") or arguments.get("lat"))
        mask = self._filters.mask(arguments)
        if by_position and not any(arguments.get(name) for name in _LIMITING_AGENTS):
            mask &= self._uploaded > time.time() - _TWELVE_HOURS
        rows = self._ordered(arguments, mask)
        per_page = _whole(arguments, "per_page", _DEFAULT_A_PAGE)
        per_page = min(per_page, _MOST_A_GEO_PAGE if by_position else _MOST_A_PAGE)
        page = _whole(arguments, "page", 1)
        start = (min(page, -(-MOST_RESULTS // per_page)) - 1) * per_page
        shown = rows[:MOST_RESULTS][start : start + per_page]
        return Page(shown, page, per_page, _estimate(len(rows)))

    def _ordered(self, arguments: Arguments, mask: Bools) -> Ints:
        sort = arguments.get("sort") or "date-posted-desc"
        if arguments.get("lat") and not arguments.get("sort"):
            rows = np.flatnonzero(mask)
            rows = rows[np.argsort(self._filters.distance(arguments)[rows], kind="stable")]
        else:
            order = self._orders.get(sort, self._orders["interestingness-desc"])
            rows = order[mask[order]]
            if sort == "relevance":
                rows = rows[np.argsort(-self._filters.title_holds(arguments)[rows], kind="stable")]
        if self._shuffle is not None:
            rows = rows[np.argsort(np.arange(len(rows)) + self._shuffle.uniform(0, _JITTER, len(rows)))]
        return rows


def _check(arguments: Arguments) -> None:
    if not any(arguments.get(name) for name in _LIMITING):
        raise ApiError(3, "Parameterless searches have been disabled. Please use flickr.photos.getRecent instead.")
    if arguments.get("lat") and not arguments.get("lon"):
        raise ApiError(18, "Illogical arguments")
    if arguments.get("faves"):
        raise ApiError(16, "You can only search within your own favorites")
    if arguments.get("contacts"):
        raise ApiError(17, "You can only search within your own contacts")
    if arguments.get("group_id"):
        raise ApiError(4, "You don't have permission to view this pool")


def _estimate(count: int) -> int:
    """State small numbers exactly and large ones a little too high."""
    return count if count <= MOST_RESULTS else count + count * (count % 20) // 1000


def _whole(arguments: Arguments, name: str, default: int) -> int:
    value = arguments.get(name, "")
    return (int(value) or default) if value.isascii() and value.isdigit() else default
