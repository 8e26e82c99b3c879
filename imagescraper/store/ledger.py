"""The account of a run: what was promised, what came, and what became of each photo."""

import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol


class RunStore(Protocol):
    """What the ledger needs of a store."""

    def put_run(self, run_id: str, record: dict[str, Any]) -> None:
        """Insert or replace the record of a run."""

    def put_miss(self, run_id: str, photo: str, outcome: str, reason: str) -> None:
        """Keep why a photo that came was not stored."""


@dataclass(slots=True)
class Account:
    """The balance of a run; once settled, `promised = stored + known + unavailable + lost`."""

    promised: int = 0
    came: int = 0
    stored: int = 0
    known: int = 0
    unavailable: int = 0
    lost: int = 0
    #: Photos that Flickr showed and that lie outside the area asked for; no part of the balance.
    turned_away: int = 0
    api_calls: int = 0
    seconds: float = 0.0
    #: Why photos are unavailable or lost: reason to how many.
    reasons: Counter[str] = field(default_factory=Counter)

    def settle(self, *, promised: int, cut_short: int) -> None:
        """Close the balance.

        What was promised and never came is lost where the search was cut short, and otherwise unavailable: Flickr
        counts photos that it then does not show. A photo that came and met no end is lost.
        """
        self.promised = max(promised, self.came)
        silent = self.came - (self.stored + self.known + self.unavailable + self.lost)
        if silent > 0:
            self._miss("lost", "the run ended before it was stored", silent)
        absent = self.promised - self.came
        cut = min(absent, cut_short)
        self._miss("lost", "the search was cut short", cut)
        self._miss("unavailable", "promised by Flickr and never shown", absent - cut)

    def _miss(self, outcome: str, reason: str, count: int) -> None:
        """Count photos without a name."""
        if count:
            setattr(self, outcome, getattr(self, outcome) + count)
            self.reasons[reason] += count

    def as_dict(self) -> dict[str, Any]:
        """Return the balance for a report file and for the store."""
        rate = round(self.stored / self.seconds, 2) if self.seconds else 0.0
        return {
            "promised": self.promised,
            "came": self.came,
            "stored": self.stored,
            "known": self.known,
            "unavailable": self.unavailable,
            "lost": self.lost,
            "turned_away": self.turned_away,
            "api_calls": self.api_calls,
            "seconds": round(self.seconds, 2),
            "photos_per_second": rate,
            "reasons": dict(self.reasons),
        }


class Ledger:
    """Keeps the account of one run and writes it to the store."""

    def __init__(self, store: RunStore, run_id: str, search: dict[str, Any]) -> None:
        self.run_id = run_id
        self.account = Account()
        self._store = store
        self._search = search
        self._began = datetime.now(UTC)
        self._clock = time.monotonic()
        self._write("running")

    def unavailable(self, photo: str, reason: str) -> None:
        """Count a photo that its source no longer shows."""
        self._note(photo, "unavailable", reason)

    def lost(self, photo: str, reason: str) -> None:
        """Count a photo that could not be stored."""
        self._note(photo, "lost", reason)

    def close(self, state: str, *, promised: int, cut_short: int) -> Account:
        """Settle the account, write it, and return it."""
        self.account.seconds = time.monotonic() - self._clock
        self.account.settle(promised=promised, cut_short=cut_short)
        self._write(state)
        return self.account

    def _note(self, photo: str, outcome: str, reason: str) -> None:
        """Count a photo by its outcome and keep the reason under its id."""
        setattr(self.account, outcome, getattr(self.account, outcome) + 1)
        self.account.reasons[reason] += 1
        self._store.put_miss(self.run_id, photo, outcome, reason)

    def _write(self, state: str) -> None:
        """Write the run as it stands."""
        record = {"state": state, "began": self._began.isoformat(timespec="seconds"), "search": self._search}
        self._store.put_run(self.run_id, record | {"report": self.account.as_dict()})
