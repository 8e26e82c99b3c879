import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.catalog import Catalog
from dashboard.filters import Filter, ScoreRange
from dashboard.panels import rail
from tests.dashboard import sample

LABELS = ("cage", "monkey")


@pytest.mark.parametrize(
    "wanted",
    [
        Filter(),
        Filter(terms=("monkey wild",), countries=("KE", "-")),
        Filter(views=(120, None)),
        Filter(views=(None, 4500)),
        Filter(scores=(ScoreRange("cage", 0.2, 0.7), ScoreRange("monkey", 0, 1, unscored=False))),
    ],
)
def test_controls_show_and_give_back_the_filter(catalog, wanted):
    assert rail.wanted(rail.values(wanted, catalog, LABELS), catalog, LABELS) == wanted


@given(st.floats(0, 10), st.floats(0, 10))
def test_views_are_whole_numbers_of_two_digits(low, high):
    catalog = _catalog_with_views(10**9)
    for end in rail.wanted({"views": sorted([low, high])}, catalog, ()).views:
        assert end is None or len(str(end).rstrip("0")) <= 2


def _catalog_with_views(views):
    return Catalog.of([sample.photos(1)[0].document() | {"views": views}])


def test_counts_stand_under_all_filters_but_their_own(catalog):
    facets = rail.facets(Filter(countries=("KE",), terms=("monkey wild",)), catalog, LABELS)
    countries = {entry["value"]: entry["count"] for entry in facets["countries"]}
    terms = {entry["value"]: entry["count"] for entry in facets["terms"]}
    assert countries == catalog.country_counts(Filter(terms=("monkey wild",)).mask(catalog))
    assert terms == catalog.term_counts(Filter(countries=("KE",)).mask(catalog))
    assert facets["countries"][0]["count"] == max(countries.values())
    kept = Filter(countries=("KE",), terms=("monkey wild",)).mask(catalog)
    unscored = int(np.isnan(catalog.scores["cage"][kept]).sum())
    assert facets["unscored"][0] == f"Also the {unscored} without a score"


def test_what_is_chosen_can_be_taken_away_even_if_the_collection_lacks_it(catalog):
    facets = rail.facets(Filter(terms=("gone",)), catalog, LABELS)
    assert {"value": "gone", "label": "gone", "count": 0} in facets["terms"]


@pytest.mark.parametrize(
    ("views", "text"),
    [((None, None), "any"), ((1200, None), "1,200 or more"), ((None, 5), "up to 5"), ((1, 20000), "1 – 20,000")],
)
def test_views_read_as_words(catalog, views, text):
    assert rail.facets(Filter(views=views), catalog, LABELS)["views_text"] == text
