"""The sandbox as a process of its own, for any test that needs a Flickr to talk to."""

import json
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[1]
_GREETING = "sandbox listening on "


@dataclass(frozen=True)
class Sandbox:
    """A running sandbox at `url`."""

    url: str
    process: subprocess.Popen[str]

    def stats(self) -> dict[str, Any]:
        """What was asked of it so far."""
        return json.loads(self._open("/sandbox/stats"))

    def faults(self, spec: Any = None) -> None:
        """Set its faults; nothing clears them."""
        self._open("/sandbox/faults", json.dumps(spec if spec is not None else {}).encode())

    def asked(self, role: str) -> int:
        """How many requests of a role it got so far."""
        return self.stats()["roles"].get(role, 0)

    @contextmanager
    def outage(self, seconds: float, role: str, **fault: Any) -> Iterator[None]:
        """Let requests of a role fail, for so long from the first one on: however slowly that comes, it is hit."""
        over = threading.Event()
        before = self.asked(role)
        self.faults(fault | {"share": 1.0, "role": role})

        def end() -> None:
            while self.asked(role) == before and not over.wait(0.05):
                pass
            over.wait(seconds)
            self.faults({})

        thread = threading.Thread(target=end)
        thread.start()
        try:
            yield
            assert self.asked(role) > before, f"no request of the role {role} came"
        finally:
            over.set()
            thread.join()

    def _open(self, path: str, body: bytes | None = None) -> bytes:
        request = urllib.request.Request(self.url + path, body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.read()


@contextmanager
def running_sandbox(*arguments: str) -> Iterator[Sandbox]:
    """Start `python -m sandbox --port 0 …` from the checkout, yield it, end it."""
    command = [sys.executable, "-m", "sandbox", "--port", "0", *arguments]
    with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline().strip()
            assert line.startswith(_GREETING), f"the sandbox did not start: {line or 'it said nothing'}"
            yield Sandbox(line.removeprefix(_GREETING), process)
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
