"""The account of a run and the memory of a search: what was promised, what came, and what became of each photo."""

import json
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from imagescraper.store.contract import Store

#: Seconds before the end of a finished search that are asked for again: a new photo is not found at once.
LAG = 3600


@dataclass(slots=True)
class Account:
    """The balance of a run; once settled, `promised = stored + known + unavailable + lost + pending`.

    Only a run that was ended before its time has anything pending.
    """

    promised: int = 0
    came: int = 0
    stored: int = 0
    known: int = 0
    unavailable: int = 0
    lost: int = 0
    pending: int = 0
    #: Photos that Flickr showed and that lie outside the area asked for; no part of the balance.
    turned_away: int = 0
    api_calls: int = 0
    seconds: float = 0.0
    #: Why photos are unavailable or lost: reason to how many.
    reasons: Counter[str] = field(default_factory=Counter)

    def settle(self, *, promised: int, cut_short: int, ended_early: bool = False) -> None:
        """Close the balance.

        What was promised and never came is lost where the search was cut short, and otherwise unavailable: Flickr
        counts photos that it then does not show. A photo that came and met no end is lost. In a run that was ended
        before its time both are pending instead.
        """
        self.promised = max(promised, self.came)
        silent = self.came - (self.stored + self.known + self.unavailable + self.lost)
        absent = self.promised - self.came
        if ended_early:
            self.pending = silent + absent
            return
        cut = min(absent, cut_short)
        self.miss("lost", "the run ended before it was stored", silent)
        self.miss("lost", "the search was cut short", cut)
        self.miss("unavailable", "promised by Flickr and never shown", absent - cut)

    def miss(self, outcome: str, reason: str, count: int = 1) -> None:
        """Count photos that ended unavailable or lost, by the reason."""
        if count > 0:
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
            "pending": self.pending,
            "turned_away": self.turned_away,
            "api_calls": self.api_calls,
            "seconds": round(self.seconds, 2),
            "photos_per_second": rate,
            "reasons": dict(self.reasons),
        }


@dataclass(slots=True)
class Tally:
    """What became of the photos of one window so far."""

    pending: int = 0
    kept: int = 0
    unavailable: int = 0
    lost: int = 0
    read: bool = False


class Memory:
    """Remembers the windows of one search over its runs, so that a window is asked again only if it owes something.

    A window is done when all its pages are read and each of its photos is stored or known to be unavailable. A search
    is finished when all its windows are; the next run then asks for what was uploaded since.
    """

    def __init__(self, store: Store, search: str) -> None:
        self._store = store
        self._search = search
        self._tallies: dict[str, Tally] = {}

    def span(self, first: int, now: int, *, again: bool) -> tuple[int, int]:
        """Return the span of upload time that is to be asked for, and begin it.

        That is the span of the last run if it was not finished, what came since if it was, or all with `again`.
        """
        noted = json.loads(self._store.meta(self._name) or "{}")
        if noted and not again:
            if not noted["finished"]:
                return noted["first"], noted["last"]
            first = noted["last"] - LAG
        self._store.forget_windows(self._search)
        self._note(first, max(first, now), finished=False)
        return first, max(first, now)

    def records(self) -> dict[str, dict[str, Any]]:
        """Return what earlier runs noted of the windows."""
        return self._store.windows(self._search)

    def finish(self, first: int, last: int) -> None:
        """Note that the whole search is done."""
        self._note(first, last, finished=True)

    def cut(self, window: str, parts: int) -> None:
        """Note that the parts of a window are asked instead of it."""
        self._store.put_window(self._search, window, {"state": "cut", "parts": parts})

    def expect(self, window: str, photos: int) -> None:
        """Take note that photos of a window are on their way."""
        self._tally(window).pending += photos

    def read(self, window: str, missing: int) -> None:
        """Take note that a window has no more to show; what it promised beyond counts as unavailable."""
        tally = self._tally(window)
        tally.read = True
        tally.unavailable += missing
        self._close(window)

    def ended(self, window: str, outcome: str) -> None:
        """Take note of what became of one expected photo: kept, unavailable or lost."""
        tally = self._tally(window)
        tally.pending -= 1
        setattr(tally, outcome, getattr(tally, outcome) + 1)
        self._close(window)

    def named(self, window: str) -> None:
        """Take note that an expected photo is counted by another window."""
        self._tally(window).pending -= 1
        self._close(window)

    def _close(self, window: str) -> None:
        """Write a window off once nothing of it is owed."""
        tally = self._tally(window)
        if tally.read and not tally.pending and not tally.lost:
            record = {"state": "done", "kept": tally.kept, "unavailable": tally.unavailable}
            self._store.put_window(self._search, window, record)

    def _tally(self, window: str) -> Tally:
        return self._tallies.setdefault(window, Tally())

    @property
    def _name(self) -> str:
        return f"search:{self._search}"

    def _note(self, first: int, last: int, *, finished: bool) -> None:
        """Keep how far the search has come."""
        self._store.put_meta(self._name, json.dumps({"first": first, "last": last, "finished": finished}))


class Ledger:
    """Keeps the account of one run and writes it to the store."""

    def __init__(self, store: Store, run_id: str, search: dict[str, Any]) -> None:
        self.run_id = run_id
        self.account = Account()
        self._store = store
        self._search = search
        self._began = datetime.now(UTC)
        self._clock = time.monotonic()
        self._write("running")

    def close(self, state: str, *, promised: int, cut_short: int, ended_early: bool = False) -> Account:
        """Settle the account, write it, and return it."""
        self.account.seconds = time.monotonic() - self._clock
        self.account.settle(promised=promised, cut_short=cut_short, ended_early=ended_early)
        self._write(state)
        return self.account

    def _write(self, state: str) -> None:
        """Write the run as it stands."""
        record = {"state": state, "began": self._began.isoformat(timespec="seconds"), "search": self._search}
        self._store.put_run(self.run_id, record | {"report": self.account.as_dict()})
