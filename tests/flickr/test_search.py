"""The plan is run against a Flickr of a few lines, which has the real one's limits."""

import random

import pytest

from imagescraper.flickr.api import MOST_ANSWERS, SearchPage
from imagescraper.flickr.search import OPENED, Query, Search, Window

NOW = 1_700_000_000


class Flickr:
    """Answers as Flickr does: the first 4,000 of each question, after that the last page again and again."""

    def __init__(self, uploads, *, error=0.0, shuffle=False):
        self.photos = sorted(((moment, str(number)) for number, moment in enumerate(uploads)), reverse=True)
        self.error = error
        self.shuffle = shuffle
        self.calls = 0
        self.dice = random.Random(1)

    def answer(self, query: Query) -> SearchPage:
        self.calls += 1
        window = query.window
        found = [id_ for moment, id_ in self.photos if window.first <= moment <= window.last]
        total = round(len(found) * (1 + self.error))
        shown = found[:MOST_ANSWERS]
        last = max(1, -(-len(shown) // query.per_page))
        page = min(query.page, last)
        ids = shown[(page - 1) * query.per_page : page * query.per_page]
        if self.shuffle:
            self.dice.shuffle(ids)
        pages = -(-total // query.per_page)
        return SearchPage(query.page, pages, query.per_page, total, [{"id": id_} for id_ in ids])


def run(search, flickr):
    came = []
    while query := search.next():
        came += [row["id"] for row in search.receive(query, flickr.answer(query))]
        assert flickr.calls < 10_000
    return came


def uploads(count, *, first=OPENED, last=NOW, seed=1):
    dice = random.Random(seed)
    return [dice.randint(first, last) for _ in range(count)]


@pytest.mark.parametrize("count", [0, 1, 499, 500, 501, 3999, 4000, 4001, 20_000])
def test_everything_comes_once(count):
    search = Search(["monkey"], [None], until=NOW, limit=None)
    came = run(search, Flickr(uploads(count)))
    assert len(came) == len(set(came)) == count
    assert (search.came, search.promised, search.cut_short) == (count, count, 0)


def test_few_more_calls_than_the_pages_need():
    flickr = Flickr(uploads(20_000))
    run(Search(["monkey"], [None], until=NOW, limit=None), flickr)
    assert flickr.calls <= 1.5 * 20_000 / 500


@pytest.mark.parametrize("error", [-0.3, -0.1, 0.1])
@pytest.mark.parametrize("count", [700, 5000, 9000])
def test_a_total_that_is_off_does_not_lose_a_photo(count, error):
    search = Search(["monkey"], [None], until=NOW, limit=None)
    assert len(run(search, Flickr(uploads(count), error=error, shuffle=True))) == count


def test_broken_upload_dates_are_found():
    search = Search(["monkey"], [None], until=NOW, limit=None)
    assert len(run(search, Flickr([*uploads(5000), 2013, 7]))) == 5002


def test_one_second_with_too_many_is_reported_as_cut_short():
    search = Search(["monkey"], [None], until=NOW, limit=None)
    came = run(search, Flickr([OPENED + 5] * 4500))
    assert len(came) == MOST_ANSWERS
    assert (search.promised, search.cut_short) == (4500, 500)


@pytest.mark.parametrize("limit", [1, 60, 500, 501, 4500])
def test_a_limit_is_kept_exactly(limit):
    search = Search(["monkey"], [None], until=NOW, limit=limit)
    assert len(run(search, Flickr(uploads(10_000)))) == limit
    assert search.promised == limit


def test_a_small_limit_costs_one_call():
    flickr = Flickr(uploads(10_000))
    run(Search(["monkey"], [None], until=NOW, limit=60), flickr)
    assert flickr.calls == 1


def test_a_photo_that_two_terms_find_comes_once():
    search = Search(["monkey", "mono"], [None], until=NOW, limit=None)
    came = run(search, Flickr(uploads(700)))
    assert len(came) == len(set(came)) == 700
    assert search.promised == 700


def test_an_abandoned_window_counts_as_cut_short():
    search = Search(["monkey"], [None], until=NOW, limit=None)
    flickr = Flickr(uploads(900))
    query = search.next()
    search.receive(query, flickr.answer(query))
    search.abandon(search.next())
    assert search.next() is None
    assert (search.came, search.promised, search.cut_short) == (500, 900, 400)


def test_a_window_that_never_answered_owes_at_least_one():
    search = Search(["monkey"], [None], until=NOW, limit=None)
    search.abandon(search.next())
    assert (search.promised, search.cut_short) == (1, 1)


def test_halves_meet_without_a_gap():
    later, earlier = Window("monkey", 10, 20).halves()
    assert (earlier.first, earlier.last + 1, later.last) == (10, later.first, 20)
    assert Window("monkey", 5, 5).halves() is None


def test_the_time_before_flickr_is_cut_off_first():
    later, earlier = Window("monkey", 1, NOW).halves()
    assert (later.first, earlier.last) == (OPENED, OPENED - 1)


def test_a_question_by_place_always_has_a_date_and_smaller_pages():
    query = Search(["monkey"], ["116.0,4.0,127.0,22.0"], until=NOW, limit=None).next()
    asked = query.arguments()
    assert (asked["bbox"], asked["per_page"], asked["has_geo"]) == ("116.0,4.0,127.0,22.0", "250", "1")
    assert asked["min_upload_date"] == "1"


def run_in_area(search, flickr, unwanted):
    came = []
    while query := search.next():
        came += [row["id"] for row in search.receive(query, flickr.answer(query), unwanted)]
        assert flickr.calls < 10_000
    return came


@pytest.mark.parametrize("count", [10, 700, 9_000])
def test_the_unwanted_are_counted_apart(count):
    unwanted = {str(number) for number in range(count) if number % 3}
    search = Search(["monkey", "mono"], ["1,2,3,4", "2,2,3,4"], until=NOW, limit=None, choosy=True)
    came = run_in_area(search, Flickr(uploads(count)), unwanted)
    assert len(came) == len(set(came)) == search.came == search.promised == count - len(unwanted)
    assert not set(came) & unwanted
    assert (search.turned_away, search.cut_short) == (len(unwanted), 0)


@pytest.mark.parametrize("limit", [1, 50, 500])
def test_a_limit_counts_the_wanted_only(limit):
    unwanted = {str(number) for number in range(9_000) if number % 10}
    flickr = Flickr(uploads(9_000))
    search = Search(["monkey"], ["1,2,3,4"], until=NOW, limit=limit, choosy=True)
    came = run_in_area(search, flickr, unwanted)
    assert len(came) == search.promised == limit
    assert flickr.calls < 60
    if limit < 100:
        assert flickr.calls < 10, "pages are full ones, however few are wanted"


def test_fewer_wanted_than_the_limit_are_all():
    search = Search(["monkey"], ["1,2,3,4"], until=NOW, limit=100, choosy=True)
    came = run_in_area(search, Flickr(uploads(300)), {str(number) for number in range(280)})
    assert (len(came), search.promised, search.turned_away) == (20, 20, 280)
