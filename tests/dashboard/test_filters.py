import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.filters import MAX_PAGE, MAX_VALUES, MAX_VIEWS, Filter, ScoreRange, score_range

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
shares = st.integers(0, 100).map(lambda number: number / 100)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=3), children, max_size=2),
    max_leaves=6,
)


@st.composite
def score_ranges(draw):
    low, high = sorted((draw(shares), draw(shares)))
    return ScoreRange(draw(texts), low, high, draw(st.booleans()))


filters = st.builds(
    Filter.clean,
    terms=st.lists(texts, max_size=5),
    countries=st.lists(texts, max_size=5),
    views=st.tuples(st.none() | st.integers(0, MAX_VIEWS), st.none() | st.integers(0, MAX_VIEWS)),
    scores=st.lists(score_ranges(), max_size=4),
    sort=st.sampled_from(["added", "views", "newest", "oldest"]) | texts.map("score.".__add__),
    page=st.integers(1, MAX_PAGE),
)


@given(filters)
def test_address_keeps_the_whole_state(wanted):
    query = wanted.to_query()
    assert Filter.from_query(query) == wanted
    assert Filter.from_query(query).to_query() == query


def test_address_is_readable():
    wanted = Filter(
        terms=("monkey wild",),
        countries=("KE",),
        views=(100, None),
        scores=(ScoreRange("monkey", 0.45, 1, unscored=False),),
        sort="views",
        page=2,
    )
    assert wanted.to_query() == (
        "?term=monkey+wild&country=KE&views=100..&score.monkey=0.45..1&unscored.monkey=no&sort=views&page=2"
    )
    assert Filter().to_query() == ""


@pytest.mark.parametrize(
    "query",
    [
        None, 7, [], "", "?", "?&&&==", "page=0", "page=-3", "page=two", "page=1e999", "views=9..1", "views=a..b",
        "views=nan..inf", "score.monkey=0.9..0.1", "score.monkey=x", "score.=0..0.5", "sort=__class__",
        "unscored.monkey=maybe", "term=", "&".join(["term=a"] * 1000), "term=" + "a" * 1000, "%ff%fe=%00",
        "page=" + "9" * 5000,
    ],
)  # fmt: skip
def test_garbage_in_the_address_is_ignored(query):
    wanted = Filter.from_query(query)
    assert (wanted.terms, wanted.views, wanted.scores, wanted.sort) == ((), (None, None), (), "added")
    assert wanted.page in {1, MAX_PAGE}


def test_good_parts_survive_bad_ones():
    assert Filter.from_query("?views=9..1&country=KE&page=x&score.a=2..3&term=owl") == Filter(
        terms=("owl",), countries=("KE",), scores=(ScoreRange("a", 1, 1),)
    )


@given(anything, anything, anything, anything, anything)
def test_no_value_from_outside_breaks_it(terms, countries, views, sort, page):
    wanted = Filter.clean(
        terms=terms, countries=countries, views=views, scores=[score_range(terms, views, unscored=True)], sort=sort,
        page=page,
    )  # fmt: skip
    assert Filter.from_query(wanted.to_query()) == wanted


@given(st.text())
def test_no_query_breaks_it(query):
    Filter.from_query(query)


def test_values_are_bounded_and_stand_once():
    wanted = Filter.clean(terms=["a", "a", "\ud800", 5, ["a"], *map(str, range(500))])
    assert wanted.terms[:2] == ("a", "0")
    assert len(wanted.terms) == MAX_VALUES


def test_an_unknown_label_hides_only_what_needs_a_score(catalog):
    assert Filter(scores=(ScoreRange("owl", 0.5),)).mask(catalog).all()
    assert not Filter(scores=(ScoreRange("owl", 0.5, unscored=False),)).mask(catalog).any()
