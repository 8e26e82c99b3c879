"""The plan is run against a Flickr of a few lines, which has the real one's limits and moods."""

import random

import pytest

from imagescraper.flickr.api import MOST_ANSWERS, SearchPage
from imagescraper.flickr.licenses import LICENSES
from imagescraper.flickr.question import Question
from imagescraper.flickr.search import Query, Search
from imagescraper.flickr.windows import BEGINNING, OPENED, Window

NOW = 1_700_000_000
WEEK = 7 * 86_400


class Flickr:
    """Answers as Flickr does: the newest first, the first 4,000 of each question, then the last page again and again.

    `error` is how far `total` is off, `unstable` by how many places a photo moves from call to call, `fuzzy` the share
    of photos that are matched by a date up to a week off.
    """

    def __init__(self, uploads, *, error=0.0, unstable=0, fuzzy=0.0, sort="date-posted-desc"):
        self.dice = random.Random(1)
        self.photos = [
            (moment, moment + self.dice.randint(-WEEK, WEEK) * (self.dice.random() < fuzzy), str(number))
            for number, moment in enumerate(uploads)
        ]
        self.photos.sort(reverse=True)
        if sort == "relevance":
            self.dice.shuffle(self.photos)
        self.error = error
        self.unstable = unstable
        self.calls = 0

    def answer(self, query: Query) -> SearchPage:
        self.calls += 1
        asked = query.arguments()
        first, last = int(asked["min_upload_date"]), int(asked["max_upload_date"])
        licenses = {int(part) for part in asked["license"].split(",")} if "license" in asked else set(LICENSES)
        found = [photo for photo in self.photos if first <= photo[1] <= last and int(photo[2]) % 17 in licenses]
        places = [
            (place + self.dice.uniform(-self.unstable, self.unstable), photo) for place, photo in enumerate(found)
        ]
        places.sort(key=lambda entry: entry[0])
        shown = [photo for _, photo in places][:MOST_ANSWERS]
        size = min(500, int(asked["per_page"]))
        last_page = max(1, -(-len(shown) // size))
        page = min(int(asked["page"]), last_page)
        rows = [{"id": id_, "dateupload": str(date)} for date, _, id_ in shown[(page - 1) * size : page * size]]
        return SearchPage(round(len(found) * (1 + self.error)), rows)


def whole(text="monkey", **asked):
    return Window(Question(text=text, **asked), BEGINNING, NOW)


def search(*windows, limit=None, records=None, choosy=False):
    return Search(windows or [whole()], limit=limit, records=records, choosy=choosy)


def run(plan, flickr, unwanted=()):
    came = []
    while query := plan.next():
        came += [row["id"] for row in plan.receive(query, flickr.answer(query), unwanted).rows]
        assert flickr.calls < 10_000
    return came


def uploads(count, *, first=OPENED, last=NOW, seed=1):
    dice = random.Random(seed)
    return [dice.randint(first, last) for _ in range(count)]


@pytest.mark.parametrize("count", [0, 1, 499, 500, 501, 3999, 4000, 4001, 20_000])
def test_everything_comes_once(count):
    plan = search()
    came = run(plan, Flickr(uploads(count)))
    assert len(came) == len(set(came)) == count
    assert (plan.came, plan.promised, plan.cut_short) == (count, count, 0)


@pytest.mark.parametrize("count", [3000, 20_000])
@pytest.mark.parametrize(("unstable", "fuzzy"), [(25, 0.0), (0, 0.1), (25, 0.1)])
def test_neither_a_changing_order_nor_wrong_dates_cost_a_photo(count, unstable, fuzzy):
    flickr = Flickr(uploads(count), unstable=unstable, fuzzy=fuzzy)
    assert len(run(search(), flickr)) == count
    assert flickr.calls <= max(12, 1.5 * count / 500)


def test_a_burst_with_wrong_dates_is_read_once_more():
    plan = search()
    burst = uploads(3000, first=NOW - 2 * WEEK - 3600, last=NOW - 2 * WEEK)
    assert len(run(plan, Flickr(burst, unstable=25, fuzzy=0.1))) == 3000


@pytest.mark.parametrize("error", [-0.3, -0.1, 0.1])
@pytest.mark.parametrize("count", [700, 5000, 9000])
def test_a_total_that_is_off_does_not_lose_a_photo(count, error):
    assert len(run(search(), Flickr(uploads(count), error=error))) == count


def test_broken_upload_dates_are_found():
    assert len(run(search(), Flickr([*uploads(5000), 2013, 7]))) == 5002


def test_another_order_is_read_by_its_pages():
    flickr = Flickr(uploads(9000), sort="relevance")
    assert len(run(search(whole(sort="relevance")), flickr)) == 9000


def test_one_second_with_6000_is_cut_by_licence():
    plan = search()
    assert len(run(plan, Flickr([OPENED + 5] * 6000))) == 6000
    assert plan.cut_short == 0


def test_what_cannot_be_cut_is_reported_as_cut_short():
    plan = search(whole(licenses=(4,)))
    flickr = Flickr([OPENED + 5] * 17 * 4500)
    assert len(run(plan, flickr)) == MOST_ANSWERS
    assert (plan.promised, plan.cut_short) == (4500, 500)


@pytest.mark.parametrize("limit", [1, 60, 500, 501, 4500])
def test_a_limit_is_kept_exactly(limit):
    plan = search(limit=limit)
    assert len(run(plan, Flickr(uploads(10_000)))) == limit
    assert plan.promised == limit


def test_a_small_limit_costs_one_call():
    flickr = Flickr(uploads(10_000))
    run(search(limit=60), flickr)
    assert flickr.calls == 1


def test_a_photo_that_two_terms_find_comes_once_and_is_named_again():
    plan = search(whole("monkey"), whole("mono"))
    flickr = Flickr(uploads(700))
    came, again = [], []
    while query := plan.next():
        received = plan.receive(query, flickr.answer(query))
        came += [row["id"] for row in received.rows]
        again += received.again
    assert len(came) == len(set(came)) == len(again) == 700
    assert plan.promised == 700


def test_an_abandoned_window_counts_as_cut_short():
    plan = search()
    flickr = Flickr(uploads(900))
    query = plan.next()
    plan.receive(query, flickr.answer(query))
    plan.abandon(plan.next())
    assert plan.next() is None
    assert (plan.came, plan.promised, plan.cut_short) == (500, 900, 400)


def test_a_window_that_never_answered_owes_at_least_one():
    plan = search()
    plan.abandon(plan.next())
    assert (plan.promised, plan.cut_short) == (1, 1)


def test_what_an_earlier_run_did_is_not_asked_again():
    flickr = Flickr(uploads(9000))
    first, records, came = search(), {}, []
    for _ in range(8):
        query = first.next()
        received = first.receive(query, flickr.answer(query))
        came += [row["id"] for row in received.rows]
        if received.cut:
            records[query.window.key] = {"state": "cut", "parts": first.coverage[query.window].parts}
        if received.read:
            records[query.window.key] = {"state": "done", "kept": len(first.coverage[query.window].ids)}
    assert any(record["state"] == "done" for record in records.values())
    calls = flickr.calls
    second = search(records=records)
    rest = run(second, flickr)
    assert set(came) | set(rest) == {str(number) for number in range(9000)}
    assert second.done_before == [record for record in records.values() if record["state"] == "done"]
    assert flickr.calls - calls < calls + 12


def test_the_rows_outside_a_window_are_counted():
    plan = search(Window(Question(text="monkey"), NOW - 30 * 86_400, NOW))
    run(plan, Flickr(uploads(400, first=NOW - 60 * 86_400), fuzzy=1.0))
    assert 0 < sum(coverage.outside.total() for coverage in plan.coverage.values()) < 400


@pytest.mark.parametrize("count", [10, 700, 9_000])
def test_the_unwanted_are_counted_apart(count):
    unwanted = {str(number) for number in range(count) if number % 3}
    plan = search(whole(box="1,2,3,4"), whole(box="2,2,3,4"), choosy=True)
    came = run(plan, Flickr(uploads(count)), unwanted)
    assert len(came) == len(set(came)) == plan.came == plan.promised == count - len(unwanted)
    assert not set(came) & unwanted
    assert (plan.turned_away, plan.cut_short) == (len(unwanted), 0)


@pytest.mark.parametrize("limit", [1, 50, 500])
def test_a_limit_counts_the_wanted_only(limit):
    unwanted = {str(number) for number in range(9_000) if number % 10}
    flickr = Flickr(uploads(9_000))
    plan = search(whole(box="1,2,3,4"), limit=limit, choosy=True)
    assert len(run(plan, flickr, unwanted)) == plan.promised == limit
    assert flickr.calls < 60
    if limit < 100:
        assert flickr.calls < 10, "pages are full ones, however few are wanted"


def test_fewer_wanted_than_the_limit_are_all():
    plan = search(whole(box="1,2,3,4"), limit=100, choosy=True)
    came = run(plan, Flickr(uploads(300)), {str(number) for number in range(280)})
    assert (len(came), plan.promised, plan.turned_away) == (20, 20, 280)
