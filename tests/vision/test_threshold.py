import numpy as np
import pytest

from imagescraper.vision.threshold import advise, agreement, valley


def scores(*values):
    return {str(place): value for place, value in enumerate(values)}


def test_the_histogram_counts_every_value_once():
    known = advise("cage", scores(0.0, 0.04, 0.05, 0.97, 1.0, None), {}, "local")
    assert known.histogram == [2, 1, *[0] * 16, 0, 2]
    assert known.unscored == 1


def test_agreement_is_counted_from_the_threshold_on():
    judged = [(0.9, True), (0.5, True), (0.5, False), (0.2, True)]
    found = agreement(judged, 0.5)
    assert (found.kept, found.precision, found.recall) == (3, pytest.approx(2 / 3), pytest.approx(2 / 3))
    assert agreement(judged, 0.95).precision is None
    assert agreement([(0.9, False)], 0.5).recall is None


def test_decisions_give_the_threshold_where_there_are_enough():
    values = [place / 40 for place in range(40)]
    truths = {str(place): value >= 0.7 for place, value in enumerate(values)}
    known = advise("cage", scores(*values), truths, "local")
    assert 0.675 < known.threshold <= 0.7
    assert "of 40 judged photos it keeps 100% of the right ones" in known.reason
    assert known.decided == 40
    assert [entry.threshold for entry in known.agreements][:2] == [0.1, 0.2]


def test_few_decisions_give_no_threshold():
    known = advise("cage", scores(0.1, 0.9), {"0": False, "1": True}, "local")
    assert known.threshold == 0.5
    assert "fewer than 10" in known.reason
    assert known.decided == 2


def test_googles_own_bound_is_its_threshold():
    known = advise("cage", scores(0.6, 0.9, None), {}, "google")
    assert known.threshold == 0.5
    assert "nothing below 0.5" in known.reason


def test_two_heaps_are_parted_in_the_middle_of_the_valley():
    values = np.array([0.1] * 30 + [0.9] * 20)
    assert valley(values) == pytest.approx(0.5, abs=0.02)
    assert "two heaps" in advise("cage", scores(*values.tolist()), {}, "local").reason


@pytest.mark.parametrize("values", [np.linspace(0, 1, 101), np.full(30, 0.7), np.array([0.1, 0.9])])
def test_one_heap_is_not_parted(values):
    assert valley(values) is None


def test_no_scores_are_no_mistake():
    known = advise("sky", scores(None, None), {}, "local")
    assert (sum(known.histogram), known.unscored, known.threshold) == (0, 2, 0.5)
