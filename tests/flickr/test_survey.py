"""What a survey finds of a Flickr that is only a list of upload times."""

import pytest

from imagescraper.flickr.api import SearchPage
from imagescraper.flickr.question import Question
from imagescraper.flickr.search import Search
from imagescraper.flickr.survey import BYTES_A_PIXEL, MOST_CALLS, Survey
from imagescraper.flickr.windows import BEGINNING, OPENED, Window

UNTIL = OPENED + 10_000_000


def flickr(dates, query):
    """Answer a query as Flickr does: the newest first, the true total."""
    found = sorted((date for date in dates if query.window.first <= date <= query.last), reverse=True)
    shown = found[:4000][(query.page - 1) * query.size : query.page * query.size]
    rows = [
        {"id": str(date), "dateupload": str(date), "url_m": "x", "width_m": "500", "height_m": 200} for date in shown
    ]
    return SearchPage(len(found), rows)


def surveyed(dates, *questions, limit=None):
    """Make a survey and return it."""
    survey = Survey([Window(question, BEGINNING, UNTIL) for question in questions], limit=limit)
    while query := survey.next():
        survey.receive(query, flickr(dates, query))
    return survey


def dates(count):
    return [OPENED + 10_000_000 * number // count for number in range(count)]


@pytest.mark.parametrize("count", [0, 1, 500, 501, 950, 3999, 20_000, 100_000])
@pytest.mark.parametrize("question", [Question(text="x"), Question(text="x", box="1,2,3,4")])
def test_photos_and_calls_are_those_of_the_search(count, question):
    all_dates = dates(count)
    survey = surveyed(all_dates, question)
    assert survey.promised == count
    search, calls = Search([Window(question, BEGINNING, UNTIL)], limit=None), 0
    while query := search.next():
        search.receive(query, flickr(all_dates, query))
        calls += 1
    assert search.came == count
    assert survey.calls_needed == pytest.approx(calls, rel=0.1, abs=2)


def test_what_fits_costs_one_call():
    assert surveyed(dates(4000), Question(text="x")).calls == 1


def test_a_large_search_is_looked_into_by_window():
    survey = surveyed(dates(20_000), Question(text="x"))
    assert len(survey.parts) == survey.calls - 1 == 7
    assert all(part.promised <= 4000 for part in survey.parts)


def test_the_calls_for_windows_have_a_bound():
    survey = surveyed(dates(600_000), Question(text="x"), Question(text="y"))
    assert survey.calls == 2
    assert [part.promised for part in survey.parts] == [600_000] * 2
    assert all(part.windows > MOST_CALLS for part in survey.parts)
    assert survey.calls_needed > 2 * 600_000 / 500


def test_a_limit_bounds_everything():
    survey = surveyed(dates(20_000), Question(text="x"), limit=700)
    assert (survey.calls, survey.promised, survey.calls_needed) == (1, 700, 2)


def test_the_budget_counts_by_the_hour():
    survey = surveyed(dates(600_000), *(Question(text=text) for text in "abcde"))
    calls = survey.calls_needed
    assert 7200 < calls < 10_800
    assert survey.seconds_needed(1.5) == 1.5 * calls
    assert survey.seconds_needed(0.01) == 7200


def test_bytes_are_estimated_by_the_sizes_of_a_sample():
    survey = surveyed(dates(1000), Question(text="x"))
    assert survey.sampled == 100
    assert survey.bytes_expected == 1000 * 500 * 200 * BYTES_A_PIXEL
    assert surveyed([], Question(text="x")).bytes_expected == 0


def test_parts_are_told_by_term_and_language():
    survey = surveyed(dates(10), Question(text="cat", language="en"), Question(text="gato", language="es,pt"))
    assert list(survey.by_question()) == [("cat", "en"), ("gato", "es,pt")]
