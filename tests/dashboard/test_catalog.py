import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.catalog import NOWHERE, Catalog
from dashboard.filters import Filter, ScoreRange
from tests.dashboard import sample

ROWS = [photo.document() for photo in sample.photos()]
CATALOG = Catalog.of(ROWS)
shares = st.integers(0, 20).map(lambda number: number / 20)
views = st.none() | st.integers(1, 50_000)


@st.composite
def score_ranges(draw):
    low, high = sorted((draw(shares), draw(shares)))
    return ScoreRange(draw(st.sampled_from(["cage", "monkey"])), low, high, draw(st.booleans()))


filters = st.builds(
    Filter.clean,
    terms=st.lists(st.sampled_from(["monkey wild", "monkey cage", "owl"])),
    countries=st.lists(st.sampled_from(["KE", "IN", NOWHERE, "XX"])),
    views=st.tuples(views, views),
    scores=st.lists(score_ranges()),
)


def score(row, label):
    return next(entry["value"] for entry in row["scores"] if entry["label"] == label)


def matches(row, wanted: Filter) -> bool:
    """Say the same as Filter.mask, one photo at a time and in plain Python."""
    low, high = wanted.views
    if wanted.terms and not set(wanted.terms) & set(row["search_terms"]):
        return False
    if wanted.countries and (row["country_code"] or NOWHERE) not in wanted.countries:
        return False
    if (low, high) != (None, None) and (
        row["views"] is None or not (low or 0) <= row["views"] <= (math.inf if high is None else high)
    ):
        return False
    return all(
        entry.unscored if value is None else entry.low <= float(np.float32(value).round(2)) + 1e-6
        and float(np.float32(value).round(2)) - 1e-6 <= entry.high
        for entry in wanted.scores
        for value in [score(row, entry.label)]
    )  # fmt: skip


@given(filters)
def test_selects_what_a_plain_matcher_selects(wanted):
    expected = [number for number, row in enumerate(ROWS) if matches(row, wanted)]
    assert sorted(CATALOG.select(wanted).tolist()) == expected


@pytest.mark.parametrize(
    ("sort", "key"),
    [
        ("added", lambda number, _: -number),
        ("views", lambda _, row: math.inf if row["views"] is None else -row["views"]),
        ("newest", lambda _, row: -row["date_taken"].timestamp() if row["date_taken"] else math.inf),
        ("oldest", lambda _, row: row["date_taken"].timestamp() if row["date_taken"] else math.inf),
        ("score.monkey", lambda _, row: math.inf if score(row, "monkey") is None else -score(row, "monkey")),
        ("score.owl", lambda number, _: -number),
    ],
)
def test_sorts_with_the_unknown_last(sort, key):
    expected = sorted(range(len(ROWS)), key=lambda number: key(number, ROWS[number]))
    assert CATALOG.select(Filter(sort=sort)).tolist() == expected


def test_keeps_no_order_that_a_stranger_made_up():
    catalog = Catalog.of(ROWS)
    for number in range(50):
        catalog.select(Filter(sort=f"score.{number}"))
    assert list(catalog._orders) == ["added"]


def test_counts_terms_and_countries_of_a_mask():
    mask = Filter(countries=("KE", NOWHERE)).mask(CATALOG)
    rows = [row for row in ROWS if row["country_code"] in {"KE", None}]
    countries = CATALOG.country_counts(mask)
    assert countries["KE"] == sum(row["country_code"] == "KE" for row in rows)
    assert countries[NOWHERE] == len(rows) - countries["KE"]
    assert countries["IN"] == 0
    assert CATALOG.term_counts(mask)["monkey cage"] == sum("monkey cage" in row["search_terms"] for row in rows)
    assert CATALOG.country_names["KE"] == "Kenya"


def test_finds_a_photo_among_rows():
    rows = CATALOG.select(Filter())
    assert CATALOG.names(rows[:2]) == ["flickr:1199", "flickr:1198"]
    assert CATALOG.find("flickr:1198", rows) == 1
    assert CATALOG.find("flickr:\ud800", rows) is None


def test_the_first_scorer_that_can_say_counts():
    scores = [{"label": "owl", "value": value} for value in (None, 0.25, 0.75)]
    catalog = Catalog.of([ROWS[0] | {"scores": scores}])
    assert catalog.scores["owl"].tolist() == [0.25]


def test_an_empty_collection_is_a_catalog_too():
    catalog = Catalog.of(())
    assert len(catalog) == 0
    assert catalog.select(Filter(terms=("a",), views=(1, 2), sort="newest")).tolist() == []


def test_a_photo_costs_few_bytes():
    columns = [CATALOG.ids, CATALOG.term_rows, CATALOG.term_codes, CATALOG.country, CATALOG.views, CATALOG.taken]
    columns += [*CATALOG.scores.values(), CATALOG.pictured]
    assert sum(column.nbytes for column in columns) / len(CATALOG) < 60
