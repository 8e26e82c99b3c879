"""Shows the whole way on this machine alone: a local stand-in for Flickr, a real crawl of it, the dashboard."""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

CRAWL = ["crawl", "flickr", "-a", "term=cat", "-a", "limit=60"]

#: Seconds between API calls; the stand-in needs no patience.
DELAY = "0.05"


@contextmanager
def sandbox() -> Iterator[str]:
    """Run the stand-in for Flickr on a free port, and give its address."""
    process = subprocess.Popen([sys.executable, "-m", "sandbox", "--port", "0"], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None  # noqa: S101 -- a pipe was asked for
        said = process.stdout.readline().split()
        if not said:
            sys.exit(process.wait() or 1)  # it has told the reason itself
        yield said[-1]
    finally:
        process.terminate()
        process.wait()


def crawl(url: str) -> int:
    """Run the crawl as a user would, and return its exit status."""
    environment = os.environ | {
        "FLICKR_KEY": "demo",
        "FLICKR_API_URL": f"{url}/services/rest/",
        "FLICKR_API_DELAY": DELAY,
    }
    return subprocess.run([sys.executable, "-m", "scrapy", *CRAWL], env=environment, check=False).returncode


def main() -> int:
    """Crawl, report, and serve the dashboard until Ctrl-C."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-dashboard", action="store_true", help="end after the report")
    arguments = parser.parse_args()
    try:
        with sandbox() as url:
            status = crawl(url)
        if status == 0 and not arguments.no_dashboard:
            status = subprocess.run([sys.executable, "-m", "dashboard"], check=False).returncode
    except KeyboardInterrupt:
        return 0
    return status


if __name__ == "__main__":
    sys.exit(main())
