from types import SimpleNamespace

import pytest
from google.api_core import exceptions
from requests import ConnectionError as NoConnection

from imagescraper.vision.patience import Patience, Refusal, Trouble


class Service:
    """Fails as it is told, one failure a call, and then answers with what it was asked."""

    def __init__(self, *failures):
        self.failures = list(failures)
        self.calls = 0

    def __call__(self, question):
        self.calls += 1
        if self.failures:
            raise self.failures.pop(0)
        return question


class Answer:
    """The part of an HTTP answer that is read."""

    def __init__(self, **headers):
        self.headers = headers


@pytest.fixture
def naps(monkeypatch):
    """Return the list of pauses that were asked for, on a clock that stands still."""
    monkeypatch.setattr("imagescraper.vision.patience.time", SimpleNamespace(monotonic=lambda: 0.0))
    return []


@pytest.fixture
def patience(naps):
    return Patience(attempts=4, pause=10, interval=0, sleep=naps.append)


BUSY = exceptions.TooManyRequests("slow down")
ILL = exceptions.ServiceUnavailable("POST http://x/y: <html><h1>503</h1>")


@pytest.mark.parametrize("failures", [(BUSY, BUSY), (ILL,), (NoConnection(), ILL, BUSY)])
def test_what_passes_is_waited_for_with_growing_pauses(patience, naps, failures):
    service = Service(*failures)
    assert patience.call(service, "a") == "a"
    assert service.calls == len(failures) + 1
    assert len(naps) == len(failures)
    assert all(10 * 2**place <= nap <= 15 * 2**place for place, nap in enumerate(naps))


def test_a_service_is_left_alone_for_as_long_as_it_asks(patience, naps):
    busy = exceptions.TooManyRequests("slow down", response=Answer(**{"Retry-After": "33"}))
    patience.call(Service(busy), "a")
    assert naps == [33]


def test_what_does_not_pass_is_trouble_in_one_line(patience):
    with pytest.raises(Trouble, match=r"^status 503, 4 times$"):
        patience.call(Service(*[ILL] * 4), "a")
    assert patience.call(Service(), "b") == "b"


def test_a_quota_that_stays_used_up_ends_all_asking(patience):
    with pytest.raises(Trouble):
        patience.call(Service(*[BUSY] * 4), "a")
    service = Service()
    with pytest.raises(Trouble, match="quota is used up"):
        patience.call(service, "b")
    assert service.calls == 0


@pytest.mark.parametrize(
    ("error", "about_key"),
    [
        (exceptions.BadRequest("API key not valid. Please pass a valid API key."), True),
        (exceptions.Forbidden("POST http://x/y: The API is not enabled."), True),
        (exceptions.BadRequest("Too many images per request."), False),
    ],
)
def test_a_refusal_is_not_repeated(patience, error, about_key):
    service = Service(error)
    with pytest.raises(Refusal) as refusal:
        patience.call(service, "a")
    assert service.calls == 1
    assert refusal.value.about_key == about_key
    assert "http" not in str(refusal.value)


def test_requests_keep_the_quotas_pace(naps):
    patience = Patience(interval=5, sleep=naps.append)
    for question in "abc":
        patience.call(Service(), question)
    assert naps == [5, 10]
