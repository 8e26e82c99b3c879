"""How many API calls a key has made in the last hour, also by runs before this one."""

import hashlib
import json
from collections import deque

from imagescraper.store.contract import Store

#: Seconds over which calls are counted.
HOUR = 3600


class Budget:
    """At most `calls` in any hour for one key; times are Unix times, so that a restart does not forget them."""

    def __init__(self, store: Store, key: str, calls: int) -> None:
        self.calls = calls
        self._store = store
        # The key itself is a secret; its hash is enough to tell keys apart.
        self._name = "calls:" + hashlib.sha256(key.encode()).hexdigest()[:16]
        self._made: deque[float] = deque(json.loads(store.meta(self._name) or "[]"))

    def left(self, now: float) -> int:
        """Return how many calls may be made at once."""
        while self._made and self._made[0] <= now - HOUR:
            self._made.popleft()
        return max(0, self.calls - len(self._made))

    def wait(self, now: float) -> float:
        """Return the seconds until a call may be made."""
        return 0.0 if self.left(now) else max(0.0, self._made[0] + HOUR - now)

    def spend(self, now: float) -> None:
        """Take note of a call, before it is made."""
        self._made.append(round(now, 1))
        self._store.put_meta(self._name, json.dumps(list(self._made)))
