import random
from itertools import pairwise

import pytest

from imagescraper.middlewares.outage import LONGEST_PAUSE, Outage


@pytest.fixture
def outage():
    return Outage(patience=60, dice=random.Random(1))


def test_pauses_double_up_to_the_longest(outage):
    now, pauses = 0.0, []
    for _ in range(12):
        outage.failed(now, None)
        pauses.append(outage.until - now)
        now = outage.until
    assert 0.75 <= pauses[0] <= 1.25
    assert all(later > 1.1 * earlier for earlier, later in pairwise(pauses[:5]))
    assert max(pauses) <= 1.25 * LONGEST_PAUSE


def test_requests_under_way_do_not_lengthen_the_pause(outage):
    outage.failed(0.0, None)
    until = outage.until
    for _ in range(7):
        outage.failed(0.1, None)
    assert (outage.until, outage.pauses) == (until, 1)


def test_retry_after_is_obeyed(outage):
    outage.failed(0.0, 120.0)
    assert outage.until == 120.0
    outage.failed(1.0, 3.0)
    assert outage.until == 120.0


def test_a_success_ends_it(outage):
    outage.failed(0.0, 50.0)
    assert outage.is_on
    outage.succeeded()
    assert (outage.is_on, outage.until, outage.lasts_too_long(1e9)) == (False, 0.0, False)
    outage.failed(100.0, None)
    assert outage.until <= 101.25


def test_patience_has_an_end(outage):
    outage.failed(0.0, None)
    assert not outage.lasts_too_long(60.0)
    assert outage.lasts_too_long(60.1)
