"""What was asked of the sandbox, counted."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

API = "api"


class Stats:
    """Counts requests by role and by method; used from the event loop only."""

    def __init__(self) -> None:
        self._roles: Counter[str] = Counter()
        self._methods: Counter[str] = Counter()
        self._bytes: Counter[str] = Counter()
        self._in_flight: Counter[str] = Counter()
        self._max_in_flight: Counter[str] = Counter()
        self._last_api_call: float | None = None
        self._shortest_interval: float | None = None

    @contextmanager
    def request(self, role: str) -> Iterator[None]:
        """Count a request for as long as it is being answered."""
        self._roles[role] += 1
        self._in_flight[role] += 1
        self._max_in_flight[role] = max(self._max_in_flight[role], self._in_flight[role])
        if role == API:
            self._note_interval(time.monotonic())
        try:
            yield
        finally:
            self._in_flight[role] -= 1

    def method(self, name: str) -> None:
        """Count a call of a REST method."""
        self._methods[name] += 1

    def sent(self, role: str, size: int) -> None:
        """Count the bytes of a body."""
        self._bytes[role] += size

    def report(self) -> dict[str, Any]:
        """Return all counts; `shortest_api_interval` is in seconds, null until two API calls came."""
        return {
            "methods": dict(self._methods),
            "roles": dict(self._roles),
            "max_in_flight": dict(self._max_in_flight),
            "shortest_api_interval": self._shortest_interval,
            "bytes": dict(self._bytes),
        }

    def _note_interval(self, now: float) -> None:
        if self._last_api_call is not None:
            interval = now - self._last_api_call
            shortest = self._shortest_interval
            self._shortest_interval = interval if shortest is None else min(shortest, interval)
        self._last_api_call = now
