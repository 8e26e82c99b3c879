from imagescraper.extensions.report import as_table, as_text
from imagescraper.store.ledger import Account


def test_the_report_is_a_balance_with_reasons_and_effort():
    account = Account(
        promised=1060, came=1058, stored=1000, known=50, unavailable=8, lost=2, api_calls=3, seconds=20.0
    )
    account.reasons.update({"no longer available": 8, "download failed: status 503": 2})
    facts = {
        "run": "20261122-174501-3fa9c1",
        "search": {"term": "サル", "limit": "1060"},
        "remarks": [],
        "store": "sqlite:///x.sqlite",
        "api_calls_left": 3597,
    }
    assert as_text(facts, account).splitlines() == [
        'Run 20261122-174501-3fa9c1: flickr term="サル" limit="1060"',
        "  promised       1,060",
        "  came           1,058",
        "  stored         1,000",
        "  known             50",
        "  unavailable        8",
        "  lost               2",
        "                     8  no longer available",
        "                     2  download failed: status 503",
        "  3 API calls (3,597 left in this hour), 20.0 s, 50.0 photos/s, in sqlite:///x.sqlite",
    ]


def test_a_run_that_was_ended_shows_what_is_pending():
    facts = {"run": "r", "search": {}, "remarks": [], "store": "s", "api_calls_left": 1}
    assert "  pending            3" in as_text(facts, Account(promised=3, pending=3))
    assert "pending" not in as_text(facts, Account())


def test_the_coverage_is_a_table_by_year_and_term():
    line = {"term": "サル", "language": "ja", "year": 2015, "promised": 1200, "came": 1300, "distinct": 1199}
    shown = as_table([line | {"outside": 4, "unavailable": 1}, line | {"year": None, "outside": 0, "unavailable": 0}])
    assert shown.splitlines() == [
        "  year     promised         came     distinct      outside  unavailable  term",
        "  2015        1,200        1,300        1,199            4            1  サル (ja)",
        "     ?        1,200        1,300        1,199            0            0  サル (ja)",
    ]
    assert as_table([]) == ""


def test_an_area_adds_what_it_turned_away_and_left_out():
    facts = {
        "run": "r",
        "search": {"term": "cat", "country": "China"},
        "remarks": ["without Hong Kong, Macau: ask for them by name"],
        "store": "sqlite:///x.sqlite",
        "api_calls_left": 5,
    }
    lines = as_text(facts, Account(promised=3, came=3, stored=3, turned_away=1_200)).splitlines()
    assert lines[1] == "  without Hong Kong, Macau: ask for them by name"
    assert lines[-2] == "  turned away    1,200  outside the area asked for, in no other count"
    assert Account(turned_away=3).as_dict()["turned_away"] == 3
