"""How long to wait for a service that is busy: within its quota, and not for ever."""

import random
import re
import threading
import time
from collections.abc import Callable
from typing import TypeVar

A = TypeVar("A")
R = TypeVar("R")

ATTEMPTS = 6
"""Calls before a request is given up; with the pauses between them, about a minute."""

PAUSE = 1.0
"""Seconds before the second attempt; each pause is twice the one before, and up to a half longer by chance."""

LONGEST_PAUSE = 60.0
"""Seconds that a Retry-After is obeyed for at most."""

INTERVAL = 60 / 1800
"""Seconds between two requests: Google's quota is 1,800 a minute."""

TOO_MANY = 429


class Refusal(Exception):
    """The service will not answer this request, however often it is asked."""

    def __init__(self, message: str, *, about_key: bool) -> None:
        super().__init__(message)
        self.about_key = about_key


class Trouble(Exception):
    """The service could not answer, now or today; the same request may succeed later."""


class Patience:
    """Paces the requests of all threads, and repeats those that met a busy or failing service."""

    def __init__(
        self, *, attempts: int = ATTEMPTS, pause: float = PAUSE, interval: float = INTERVAL,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:  # fmt: skip
        self._attempts = attempts
        self._pause = pause
        self._interval = interval
        self._sleep = sleep
        self._lock = threading.Lock()
        self._next = 0.0
        self._exhausted = ""

    def call(self, work: Callable[[A], R], argument: A) -> R:
        """Return what the work returns; Google's errors become Refusal and Trouble.

        Once a quota has stayed used up through all attempts, no further request is sent.
        """
        from google.api_core import exceptions
        from requests import RequestException

        for attempt in range(1, self._attempts + 1):
            if self._exhausted:
                raise Trouble(self._exhausted)
            self._wait()
            try:
                return work(argument)
            except exceptions.ClientError as error:
                if error.code != TOO_MANY:
                    raise Refusal(one_line(error), about_key=about_key(error)) from None
                reason, delay, busy = one_line(error), retry_after(error), True
            except (exceptions.GoogleAPICallError, exceptions.RetryError, RequestException) as error:
                reason, delay, busy = one_line(error), None, False
            if attempt < self._attempts:
                # Whoever is told to slow down speaks for all threads.
                self._cool(delay if delay is not None else self._pause * 2 ** (attempt - 1) * random.uniform(1, 1.5))  # noqa: S311 -- no secret
        if busy:
            self._exhausted = f"the quota is used up ({reason})"
        raise Trouble(f"{reason}, {self._attempts} times")

    def _wait(self) -> None:
        """Wait for the next free moment and take it."""
        with self._lock:
            now = time.monotonic()
            moment = max(now, self._next)
            self._next = moment + self._interval
        if moment > now:
            self._sleep(moment - now)

    def _cool(self, seconds: float) -> None:
        """Let nobody ask for some time."""
        with self._lock:
            self._next = max(self._next, time.monotonic() + min(seconds, LONGEST_PAUSE))


def retry_after(error: Exception) -> float | None:
    """Return the seconds for which a service asks to be left alone, None if it does not say."""
    headers = getattr(getattr(error, "response", None), "headers", {})
    value = headers.get("Retry-After", "")
    return float(value) if value.isdecimal() else None


def about_key(error: Exception) -> bool:
    """Tell whether it is the key, or what the key is allowed, that is refused."""
    from google.api_core import exceptions

    return isinstance(error, (exceptions.Forbidden, exceptions.Unauthorized)) or "API key" in str(error)


def one_line(error: Exception) -> str:
    """Return what an error says, without the address that was asked and without any page of HTML."""
    message = re.sub(r"^[A-Z]+ \S+: ", "", getattr(error, "message", "") or type(error).__name__).strip()
    if message.startswith("<"):
        return f"status {int(getattr(error, 'code', 0))}"
    return message.partition("\n")[0].rstrip(".")
