from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imagescraper.flickr.licenses import LICENSES
from imagescraper.flickr.question import Question
from imagescraper.flickr.windows import BEGINNING, OPENED, Window

NOW = 1_700_000_000
ASKED = Question(text="monkey")


@given(st.integers(1, NOW), st.integers(0, 10**9), st.integers(2, 50))
def test_parts_meet_without_a_gap_and_the_latest_comes_first(first, span, count):
    parts = Window(ASKED, first, first + span).parts(count)
    if span == 0:
        return
    assert parts[0].last == first + span
    assert parts[-1].first == first
    assert all(later.first == earlier.last + 1 for later, earlier in pairwise(parts))
    assert 2 <= len(parts) <= count + 1


def test_the_time_before_flickr_is_a_part_of_its_own():
    assert Window(ASKED, BEGINNING, NOW).parts(3)[-1] == Window(ASKED, BEGINNING, OPENED - 1)


def test_one_second_is_cut_by_licence_and_none_is_forgotten():
    parts = Window(ASKED, NOW, NOW).parts(2)
    assert sorted(id_ for part in parts for id_ in part.question.licenses) == sorted(LICENSES)


def test_one_second_of_one_licence_is_cut_by_area():
    window = Window(Question(text="monkey", licenses=(4,), box="116,4,127,22"), NOW, NOW)
    assert [part.question.box for part in window.parts(2)] == ["116,4,127,13", "116,13,127,22"]
    wide = Window(Question(text="monkey", licenses=(4,), box="100,4,127,22"), NOW, NOW)
    assert [part.question.box for part in wide.parts(2)] == ["100,4,113.5,22", "113.5,4,127,22"]


def test_the_halves_of_an_area_lose_no_strip_at_its_sides():
    box = "116.66666666666667,-0.00000001,116.66676666666667,0.00003"
    window = Window(Question(licenses=(4,), box=box), NOW, NOW)
    assert [part.question.box for part in window.parts(2)] == [
        "116.66666666666667,-0.00000001,116.66671666666667,0.00003",
        "116.66671666666667,-0.00000001,116.66676666666667,0.00003",
    ]


def test_no_half_of_an_area_is_all_of_it():
    window = Window(Question(licenses=(4,), box="116.1234,4,116.1235,4.00001"), NOW, NOW)
    parts = window.parts(2)
    assert len(parts) == 2
    assert window not in parts


@pytest.mark.parametrize("box", [None, "1,1,1,1"])
def test_what_cannot_be_cut_stays_one_part(box):
    window = Window(Question(text="monkey", licenses=(4,), box=box), NOW, NOW)
    assert window.parts(2) == [window]


def test_the_key_tells_windows_apart_and_keeps_their_signs():
    keys = {
        Window(ASKED, 1, 2).key,
        Window(ASKED, 1, 3).key,
        Window(Question(text="サル"), 1, 2).key,
        Window(Question(text="monkey", licenses=(4,)), 1, 2).key,
    }
    assert len(keys) == 4
    assert any("サル" in key for key in keys)
