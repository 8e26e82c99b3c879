from imagescraper.store.budget import HOUR, Budget


def test_calls_are_counted_over_an_hour(store):
    budget = Budget(store, "key", 3)
    for now in (0.0, 10.0, 20.0):
        assert budget.wait(now) == 0
        budget.spend(now)
    assert (budget.left(20.0), budget.wait(20.0)) == (0, HOUR - 20)
    assert (budget.left(HOUR), budget.wait(HOUR)) == (1, 0)


def test_a_restart_does_not_forget(store):
    Budget(store, "key", 3).spend(5.0)
    assert Budget(store, "key", 3).left(6.0) == 2


def test_each_key_has_its_own_and_is_not_written_down(store):
    Budget(store, "canary-key", 3).spend(5.0)
    assert Budget(store, "other", 3).left(6.0) == 3
    assert not [row for row in store._select("SELECT name, value FROM meta") if "canary" in str(row)]
