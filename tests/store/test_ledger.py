import pytest

from imagescraper.store import open_store
from imagescraper.store.ledger import Account, Ledger


@pytest.fixture
def store(tmp_path):
    opened = open_store(f"sqlite:///{tmp_path}/photos.sqlite")
    yield opened
    opened.close()


def balanced(account):
    return account.promised == account.stored + account.known + account.unavailable + account.lost


@pytest.mark.parametrize(
    ("counts", "promised", "cut_short", "expected"),
    [
        ({"came": 60, "stored": 58, "unavailable": 2}, 60, 0, (60, 2, 0)),
        ({"came": 60, "stored": 60}, 64, 0, (64, 4, 0)),
        ({"came": 60, "stored": 60}, 64, 3, (64, 1, 3)),
        ({"came": 60, "stored": 60}, 50, 0, (60, 0, 0)),
        ({"came": 60, "stored": 10, "known": 20}, 60, 0, (60, 0, 30)),
        ({}, 0, 0, (0, 0, 0)),
        ({}, 1, 1, (1, 0, 1)),
    ],
)
def test_a_settled_account_balances(counts, promised, cut_short, expected):
    account = Account(**counts)
    account.settle(promised=promised, cut_short=cut_short)
    assert balanced(account)
    assert (account.promised, account.unavailable, account.lost) == expected
    assert sum(account.reasons.values()) == expected[1] + expected[2] - counts.get("unavailable", 0)


def test_the_run_is_in_the_store_from_its_beginning(store):
    Ledger(store, "r1", {"term": "monkey"})
    assert store.runs()[0]["state"] == "running"


def test_the_ledger_keeps_why_a_photo_is_missing(store):
    ledger = Ledger(store, "r1", {"term": "monkey"})
    ledger.account.came = 3
    ledger.account.stored = 1
    ledger.unavailable("flickr:1", "no longer available")
    ledger.lost("flickr:2", "status 503")
    account = ledger.close("finished", promised=3, cut_short=0)
    assert balanced(account)
    assert account.reasons == {"no longer available": 1, "status 503": 1}
    assert [miss["photo"] for miss in store.misses("r1")] == ["flickr:1", "flickr:2"]
    run = store.runs()[0]
    assert (run["state"], run["report"]["lost"]) == ("finished", 1)
