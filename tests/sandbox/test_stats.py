from types import SimpleNamespace

import pytest

from sandbox.middleware import role_of
from sandbox.stats import Stats


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("/services/rest/", "api"),
        ("/static/65535/1_2.jpg", "image"),
        ("/images/photo_unavailable.gif", "image"),
        ("/photos/me/1/", "page"),
        ("/v1/images:annotate", "vision"),
        ("/w/api.php", "wikidata"),
        ("/robots.txt", "other"),
        ("/sandbox/stats", None),
    ],
)
def test_a_path_says_what_it_is_for(path, role):
    assert role_of(path) == role


def test_the_shortest_interval_and_the_most_in_flight(monkeypatch):
    clock = iter([10.0, 12.5, 13.0, 20.0])
    monkeypatch.setattr("sandbox.stats.time", SimpleNamespace(monotonic=lambda: next(clock)))
    stats = Stats()
    with stats.request("api"):
        assert stats.report()["shortest_api_interval"] is None
        with stats.request("api"), stats.request("image"):
            pass
    for _ in range(2):
        with stats.request("api"):
            pass
    report = stats.report()
    assert report["shortest_api_interval"] == 0.5
    assert report["max_in_flight"] == {"api": 2, "image": 1}
    assert report["roles"] == {"api": 4, "image": 1}
