"""What is known of a host that fails: since when, and when to try again. No Scrapy, no clock of its own."""

import random
from dataclasses import dataclass, field

#: Seconds of the first and of the longest pause between two tries.
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0

#: Seconds between two requests to a host that is not well, however many wait.
PROBE_INTERVAL = 1.0


@dataclass(slots=True)
class Outage:
    """One host's health: every failure lengthens the pause that all its requests share, a success ends it.

    Times are seconds of a monotonic clock.
    """

    patience: float
    dice: random.Random = field(default_factory=random.Random)
    began: float | None = None
    until: float = 0.0
    pauses: int = 0

    @property
    def is_on(self) -> bool:
        """Whether the last thing heard of the host was a failure."""
        return self.began is not None

    def failed(self, now: float, retry_after: float | None) -> None:
        """Take note of a failure; those of requests that were under way already do not lengthen the pause."""
        if self.began is None:
            self.began = now
        if now >= self.until:
            pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2**self.pauses) * self.dice.uniform(0.75, 1.25)
            self.until = now + pause
            self.pauses += 1
        if retry_after is not None:
            self.until = max(self.until, now + retry_after)

    def succeeded(self) -> None:
        """Take note that the host is well."""
        self.began, self.until, self.pauses = None, 0.0, 0

    def lasts_too_long(self, now: float) -> bool:
        """Whether it is time to stop and to leave the rest to another run."""
        return self.began is not None and now - self.began > self.patience
