"""`python -m dashboard` serves the collection on this machine."""

import argparse
import ipaddress
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

from dashboard.app import make_server
from dashboard.settings import Settings


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """Gunicorn with one process, which holds the columns, and four threads."""

    def __init__(self, settings: Settings, host: str, port: int) -> None:
        self.settings = settings
        self.address = f"[{host}]" if ":" in host else host
        self.port = port
        super().__init__()

    def load_config(self) -> None:
        """Set what differs from gunicorn's defaults."""
        options = {
            "bind": f"{self.address}:{self.port}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": 4,
            # A big collection may take longer to read than the 30 s after which gunicorn gives a worker up.
            "timeout": 0,
            "loglevel": "warning",
            "control_socket_disable": True,
            "when_ready": self._greet,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:  # noqa: ANN401 -- a WSGI application
        """Build the dashboard, in the process that serves it."""
        return make_server(self.settings)

    def _greet(self, arbiter: Any) -> None:  # noqa: ANN401 -- gunicorn ships no types
        """Say where the dashboard is, once it listens."""
        port = arbiter.LISTENERS[0].sock.getsockname()[1]
        sys.stdout.write(f"dashboard at http://{self.address}:{port}\n")
        sys.stdout.flush()


def main(arguments: list[str] | None = None) -> int:
    """Serve until interrupted; return the exit status."""
    settings = Settings.from_environment()
    parser = argparse.ArgumentParser(prog="python -m dashboard", description="Show a collection in the browser.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on: this machine only")
    parser.add_argument("--port", type=int, default=8050, help="0 for any free one (default: 8050)")
    parser.add_argument("--store", default=settings.store_uri, help="address of the collection (default: STORE_URI)")
    parser.add_argument(
        "--images", type=Path, default=settings.images, help="folder of pictures (default: IMAGES_STORE)"
    )
    given = parser.parse_args(arguments)
    if not _is_loopback(given.host):
        sys.stderr.write(f"--host {given.host}: the dashboard has no login yet and listens on this machine only\n")
        return 2
    Server(replace(settings, store_uri=given.store, images=given.images), given.host, given.port).run()
    return 0


def _is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


if __name__ == "__main__":
    sys.exit(main())
