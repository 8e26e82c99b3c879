"""The filters at the left: what may be chosen is what the collection holds."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import dash_mantine_components as dmc
import numpy as np
from dash import html
from numpy.typing import NDArray

from dashboard import words
from dashboard.catalog import Booleans, Catalog
from dashboard.filters import Filter, combined, score_range
from dashboard.panels import parts

TERMS, COUNTRIES, VIEWS = "terms", "countries", "views"
VIEWS_BARS, VIEWS_TEXT = "views-bars", "views-text"
#: Types of the components that exist once for each label of a score.
SCORE, UNSCORED, SCORE_BARS, SCORE_TEXT = "score", "unscored", "score-bars", "score-text"

_BINS = 24


def layout(catalog: Catalog) -> html.Div:
    """Return the rail for a collection."""
    return html.Div(
        [
            html.Div([html.H2("Filters"), parts.visit("Reset", Filter())], className="rail-head"),
            _choice(TERMS, "Search term", "Any term"),
            _choice(COUNTRIES, "Country", "Any country"),
            *[_score(label) for label in catalog.scores],
            _views(catalog),
            html.P(_summary(catalog), className="summary"),
        ],
        className="rail",
        role="search",
        **parts.aria(label="Filters"),
    )


def values(wanted: Filter, catalog: Catalog, labels: Sequence[str]) -> dict[str, Any]:
    """Return what the controls show for a filter."""
    ranges = [wanted.score(label) for label in labels]
    return {
        "terms": list(wanted.terms),
        "countries": list(wanted.countries),
        "views": _places(wanted, catalog),
        "scores": [[entry.low, entry.high] for entry in ranges],
        "unscored": [entry.unscored for entry in ranges],
        "sort": wanted.sort,
    }


def wanted(controls: Mapping[str, Any], catalog: Catalog, labels: Sequence[str]) -> Filter:
    """Return the filter of what the controls show; values come from a browser and may be anything."""
    sliders, switches = (_list(controls.get(name)) for name in ("scores", "unscored"))
    return Filter.clean(
        terms=controls.get("terms"),
        countries=controls.get("countries"),
        views=_ends(controls.get("views"), catalog),
        scores=[
            score_range(label, ends, unscored=switch is not False)
            for label, ends, switch in zip(labels, sliders, switches, strict=False)
        ],
        sort=controls.get("sort"),
    )


def facets(wanted: Filter, catalog: Catalog, labels: Sequence[str]) -> dict[str, Any]:
    """Return what the rail says beside its controls: counts and histograms, each under all filters but its own."""
    conditions = wanted.conditions(catalog)

    def others(name: str) -> Booleans:
        return combined(conditions, len(catalog), without=name)

    ranges = [wanted.score(label) for label in labels]
    columns = [(catalog.scores[label], others(f"score.{label}")) for label in labels]
    return {
        "terms": _options(catalog.term_counts(others("terms")), {}, wanted.terms),
        "countries": _options(catalog.country_counts(others("countries")), catalog.country_names, wanted.countries),
        "views_bars": parts.bars(_histogram(_place(catalog.views[others("views")]), _top(catalog))),
        "views_text": _views_text(wanted),
        "score_bars": [parts.bars(_histogram(column[mask], 1)) for column, mask in columns],
        "score_text": [f"{entry.low:.2f} – {entry.high:.2f}" for entry in ranges],
        "unscored": [_unscored_text(int(np.isnan(column[mask]).sum())) for column, mask in columns],
    }


def _choice(id_: str, label: str, placeholder: str) -> dmc.MultiSelect:
    """Return a list of which several entries may be chosen."""
    return dmc.MultiSelect(
        id=id_,
        label=label,
        placeholder=placeholder,
        data=[],
        value=[],
        searchable=True,
        clearable=True,
        hidePickedOptions=True,
        nothingFoundMessage="Nothing by that name",
        renderOption={"function": "withCount"},
        clearButtonProps={"aria-label": f"Clear {label.lower()}"},
        maxDropdownHeight=320,
        comboboxProps={"shadow": "md"},
    )


def _score(label: str) -> html.Div:
    """Return the filter for the scores of a label."""
    return _range(
        f"{label} score",
        {"type": SCORE_TEXT, "label": label},
        {"type": SCORE_BARS, "label": label},
        dmc.RangeSlider(
            id={"type": SCORE, "label": label},
            min=0,
            max=1,
            step=0.01,
            # Mantine's default of 10 is made for a scale to 100; on this one it would not let the ends be moved.
            minRange=0,
            value=[0, 1],
            label={"function": "score"},
            marks=[{"value": place, "label": f"{place:g}"} for place in (0, 0.25, 0.5, 0.75, 1)],
            thumbFromLabel=f"Lowest {label} score",
            thumbToLabel=f"Highest {label} score",
            size="sm",
            className="slider",
            classNames={"markLabel": "slider-mark"},
        ),
        dmc.Switch(id={"type": UNSCORED, "label": label}, checked=True, label=_unscored_text(0), size="xs"),
    )


def _views(catalog: Catalog) -> html.Div:
    """Return the filter for the number of views, on a logarithmic scale."""
    top = _top(catalog)
    marks = [(math.log10(1 + number), text) for number, text in ((0, "0"), (10, "10"), (100, "100"))]
    marks += [(math.log10(1 + 10**power), f"{10 ** (power - 3):g}k") for power in (3, 4, 5)]
    marks += [(math.log10(1 + 10**power), f"{10 ** (power - 6):g}M") for power in (6, 7, 8)]
    return _range(
        "Views",
        VIEWS_TEXT,
        VIEWS_BARS,
        dmc.RangeSlider(
            id=VIEWS,
            min=0,
            max=top,
            step=0.05,
            minRange=0,
            value=[0, top],
            label={"function": "views"},
            marks=[{"value": place, "label": text} for place, text in marks if place <= top],
            thumbFromLabel="Fewest views",
            thumbToLabel="Most views",
            size="sm",
            className="slider",
            classNames={"markLabel": "slider-mark"},
        ),
    )


def _range(name: str, text: str | dict[str, str], histogram: str | dict[str, str], *controls: Any) -> html.Div:
    """Return a range with its name, what is chosen, and how the values lie."""
    return html.Div(
        [
            html.Div([html.H3(name), html.Span(id=text, className="chosen")], className="range-head"),
            html.Div(id=histogram, className="bars", **parts.aria(hidden="true")),
            *controls,
        ],
        className="range",
        role="group",
        **parts.aria(label=name),
    )


def _options(counts: Mapping[str, int], names: Mapping[str, str], chosen: Sequence[str]) -> list[dict[str, str | int]]:
    """Return the entries of a choice, the most frequent first; what is chosen is among them whatever it is."""
    counts = {**dict.fromkeys(chosen, 0), **counts}
    order = sorted(counts, key=lambda value: (-counts[value], names.get(value, value)))
    return [{"value": value, "label": names.get(value, value), "count": counts[value]} for value in order]


def _histogram(column: NDArray[Any], top: float) -> list[int]:
    """Return how many values lie in each of the equal parts of 0 to `top`; unknown ones (NaN) in none."""
    counts, _ = np.histogram(column, bins=_BINS, range=(0, top))
    return [int(number) for number in counts]


def _place(views: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return where numbers of views stand on the slider; NaN for unknown ones."""
    known = np.where(views < 0, np.nan, views)
    placed: NDArray[np.float64] = np.log10(1 + known)
    return placed


def _top(catalog: Catalog) -> float:
    """Return the right end of the slider for views: the most, rounded up to a tenth of a decade, at least 1."""
    most = int(catalog.views.max(initial=0))
    return max(1.0, math.ceil(10 * math.log10(1 + most)) / 10)


def _places(wanted: Filter, catalog: Catalog) -> list[float]:
    """Return where the two ends of the slider for views stand."""
    low, high = wanted.views
    top = _top(catalog)
    return [
        0 if low is None else min(math.log10(1 + low), top),
        top if high is None else min(math.log10(1 + high), top),
    ]


def _ends(places: object, catalog: Catalog) -> list[int | None] | None:
    """Return the range of views for the two ends of the slider, rounded as the slider says it."""
    if not isinstance(places, list) or len(places) != 2:
        return None
    if not all(isinstance(place, int | float) and 0 <= place <= _LONGEST for place in places):
        return None
    low, high = places
    return [_rounded(10**low - 1) if low > 0 else None, _rounded(10**high - 1) if high < _top(catalog) else None]


#: No slider for views is longer: ten thousand million views.
_LONGEST = 10


def _rounded(number: float) -> int:
    """Return a number with two significant digits, as `views` in dashboard.js does."""
    unit = int(10 ** max(0, math.floor(math.log10(max(number, 1))) - 1))
    return round(number / unit) * unit


def _views_text(wanted: Filter) -> str:
    """Return the chosen range of views in words."""
    low, high = wanted.views
    if low is None and high is None:
        return "any"
    if high is None:
        return f"{low:,} or more"
    return f"up to {high:,}" if low is None else f"{low:,} – {high:,}"


def _unscored_text(number: int) -> str:
    """Return what the switch for photos without a score says."""
    return f"Also the {number:,} without a score"


def _summary(catalog: Catalog) -> str:
    """Return what is known of the collection as a whole."""
    placed = int((catalog.country != 0).sum())
    return (
        f"{words.count(len(catalog), 'photo')} in this collection; "
        f"{placed:,} with a country, {int(catalog.pictured.sum()):,} with a picture."
    )


def _list(values: object) -> list[Any]:
    """Return a list from outside, or none if it is something else."""
    return values if isinstance(values, list) else []
