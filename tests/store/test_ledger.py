import pytest

from imagescraper.store.ledger import LAG, Account, Ledger, Memory


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


def test_the_ledger_keeps_why_photos_are_missing(store):
    ledger = Ledger(store, "r1", {"term": "monkey"})
    ledger.account.came = 3
    ledger.account.stored = 1
    ledger.account.miss("unavailable", "no longer available")
    ledger.account.miss("lost", "status 503")
    account = ledger.close("finished", promised=3, cut_short=0)
    assert balanced(account)
    assert account.reasons == {"no longer available": 1, "status 503": 1}
    run = store.runs()[0]
    assert (run["state"], run["report"]["lost"]) == ("finished", 1)


def test_what_is_pending_in_a_run_that_was_ended_is_not_lost():
    account = Account(came=60, stored=40, known=5)
    account.settle(promised=100, cut_short=0, ended_early=True)
    assert (account.pending, account.lost, account.unavailable) == (55, 0, 0)


class TestMemory:
    NOW = 1_700_000_000

    def test_an_unfinished_search_goes_on_in_its_own_span(self, store):
        assert Memory(store, "s").span(1, self.NOW, again=False) == (1, self.NOW)
        assert Memory(store, "s").span(1, self.NOW + 500, again=False) == (1, self.NOW)

    def test_a_finished_search_asks_for_what_came_since(self, store):
        memory = Memory(store, "s")
        memory.finish(*memory.span(1, self.NOW, again=False))
        assert Memory(store, "s").span(1, self.NOW + 9000, again=False) == (self.NOW - LAG, self.NOW + 9000)

    def test_all_can_be_asked_for_again(self, store):
        memory = Memory(store, "s")
        memory.finish(*memory.span(1, self.NOW, again=False))
        memory.cut("w", 3)
        assert Memory(store, "s").span(1, self.NOW + 9000, again=True) == (1, self.NOW + 9000)
        assert Memory(store, "s").records() == {}

    def test_searches_do_not_know_each_other(self, store):
        Memory(store, "s").cut("w", 3)
        assert Memory(store, "t").records() == {}

    def test_a_window_is_done_when_read_and_each_photo_has_ended(self, store):
        memory = Memory(store, "s")
        memory.expect("w", 3)
        memory.read("w", missing=2)
        memory.ended("w", "kept")
        memory.ended("w", "unavailable")
        assert memory.records() == {}
        memory.ended("w", "kept")
        assert memory.records() == {"w": {"state": "done", "kept": 2, "unavailable": 3}}

    def test_a_window_with_a_lost_photo_is_asked_again(self, store):
        memory = Memory(store, "s")
        memory.expect("w", 2)
        memory.ended("w", "kept")
        memory.ended("w", "lost")
        memory.read("w", missing=0)
        assert memory.records() == {}

    def test_a_photo_that_another_window_counts_is_waited_for_only(self, store):
        memory = Memory(store, "s")
        memory.expect("w", 1)
        memory.read("w", missing=0)
        assert memory.records() == {}
        memory.named("w")
        assert memory.records()["w"] == {"state": "done", "kept": 0, "unavailable": 0}
