from imagescraper.extensions.report import as_text
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
        "  3 API calls, 20.0 s, 50.0 photos/s, in sqlite:///x.sqlite",
    ]
