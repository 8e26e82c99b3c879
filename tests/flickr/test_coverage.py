from imagescraper.flickr.api import SearchPage
from imagescraper.flickr.coverage import Coverage, table
from imagescraper.flickr.question import Question
from imagescraper.flickr.windows import Window

Y2015, Y2016 = 1_430_000_000, 1_470_000_000


def page(*rows, total=0):
    return SearchPage(total, [{"id": id_, "dateupload": str(date)} for id_, date in rows])


def coverage(term="monkey", language=None, first=Y2015, last=Y2016):
    return Coverage(Window(Question(text=term, language=language), first, last))


def test_repeated_rows_are_counted_and_not_new():
    seen = coverage()
    assert seen.take(page(("1", Y2015), ("2", Y2016))) == {"1", "2"}
    assert seen.take(page(("2", Y2016), ("3", Y2016))) == {"3"}
    assert (seen.came[2016], seen.distinct[2016]) == (3, 2)


def test_the_table_adds_windows_up_by_term_language_and_year():
    one, two, other = coverage(), coverage(first=Y2016, last=Y2016 + 9), coverage("mono", "es")
    one.promised, two.promised = 4, 1
    one.read = True
    one.take(page(("1", Y2015), ("2", Y2016), ("3", 2013)))
    two.take(page(("4", Y2016 + 1), ("4", Y2016 + 1)))
    other.take(page(("1", Y2015)))
    lines = {(line["term"], line["language"], line["year"]): line for line in table([one, two, other])}
    assert lines[("monkey", None, 2016)] == {
        "term": "monkey", "language": None, "year": 2016,
        "promised": 3, "came": 3, "distinct": 2, "outside": 0, "unavailable": 1,
    }  # fmt: skip
    assert lines[("monkey", None, 1970)]["outside"] == 1
    assert lines[("mono", "es", 2015)]["distinct"] == 1


def test_a_window_that_was_cut_owes_nothing_itself():
    cut = coverage()
    cut.promised, cut.parts = 9000, 3
    assert cut.missing == 0
    assert table([cut]) == []


def test_dates_that_no_calendar_knows():
    odd = coverage()
    odd.take(page(("1", 10**18), ("2", "soon")))
    assert table([odd])[0]["year"] is None


def test_a_window_that_was_not_read_to_its_end_tells_nothing_of_the_rest():
    begun = coverage()
    begun.promised = 9000
    begun.take(page(("1", Y2015)))
    assert [line["unavailable"] for line in table([begun])] == [0]
