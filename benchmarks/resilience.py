"""Counts what outages and kills cost: photos lost, rows twice, files damaged, requests made in vain.

    python -m benchmarks.resilience [--kills 40] [--seconds 10 60]

Each outage begins in the middle of a crawl of 200 photos; beside ours runs the same crawl with Scrapy's own retry
middleware at its defaults. Then a crawl of some 400 photos is killed at random moments, the same command begun after
each kill. Prints two Markdown tables; the seed of the moments is printed with them.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import Counter
from pathlib import Path
from typing import Any

from PIL import Image

from benchmarks._crawls import environment, sandbox
from imagescraper.store import StoreError, open_store

SCRAPYS_OWN = json.dumps(
    {
        "imagescraper.middlewares.patience.PatienceMiddleware": None,
        "scrapy.downloadermiddlewares.retry.RetryMiddleware": 550,
    }
)
FAULTS: dict[str, dict[str, Any]] = {
    "503": {"status": 503},
    "429": {"status": 429},
    "429 with Retry-After": {"status": 429, "retry_after": 5},
    "connections closed": {"close": True},
}


class Flickr:
    """A running sandbox."""

    def __init__(self, url: str) -> None:
        self.url = url

    def faults(self, spec: dict[str, Any]) -> None:
        """Set its faults."""
        request = urllib.request.Request(f"{self.url}/sandbox/faults", json.dumps(spec).encode())
        request.add_header("Content-Type", "application/json")
        urllib.request.urlopen(request, timeout=10).close()

    def images(self) -> int:
        """Return how many pictures it was asked for."""
        with urllib.request.urlopen(f"{self.url}/sandbox/stats", timeout=10) as answer:
            return int(json.load(answer)["roles"].get("image", 0))


def start(flickr: Flickr, folder: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Begin the crawl."""
    command = [sys.executable, "-m", "scrapy", "crawl", "flickr", "-a", "term=cat", *arguments]
    return subprocess.Popen(
        command,
        cwd=folder,
        env=environment(flickr.url, folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def outage(name: str, seconds: int, *settings: str) -> None:
    """Run one crawl through one outage and print its line."""
    with sandbox("--photos", "1000") as url, tempfile.TemporaryDirectory() as folder:
        flickr = Flickr(url)
        process = start(flickr, folder, "-a", "limit=200", *settings)
        while flickr.images() < 60 and process.poll() is None:
            time.sleep(0.02)
        before = flickr.images()
        flickr.faults(FAULTS[name] | {"share": 1.0, "seconds": seconds, "role": "image"})
        during = [before]
        timer = threading.Timer(seconds, lambda: during.append(flickr.images()))
        timer.start()
        status = process.wait(timeout=600)
        timer.cancel()
        report = json.loads(Path(folder, "report.json").read_text(encoding="utf-8"))
        asked = (during[-1] if len(during) > 1 else flickr.images()) - before
        tool = "Scrapy's retry" if settings else "patience"
        print(
            f"| {name}, {seconds} s | {tool} | {report['lost']} of 200 | {asked / seconds:.1f} | {status} |",
            flush=True,
        )


def stored(folder: str) -> int:
    """Return how many rows the collection holds by now."""
    try:
        store = open_store(f"sqlite:///{folder}/collection/photos.sqlite", create=False)
    except StoreError:
        return 0
    try:
        return store.count()
    finally:
        store.close()


def kills(count: int) -> None:
    """Kill a crawl again and again, let it finish, and print what is missing."""
    seed = random.randrange(10**6)
    dice = random.Random(seed)
    with (
        sandbox("--photos", "1500") as url,
        tempfile.TemporaryDirectory() as folder,
        tempfile.TemporaryDirectory() as whole,
    ):
        flickr = Flickr(url)
        start(flickr, whole, "-a", "size=none").wait()
        everything = stored(whole)
        flickr.faults({"delay": 0.4, "share": 1.0, "role": "image"})
        before = flickr.images()
        done = 0
        for _ in range(count):
            process = start(flickr, folder)
            time.sleep(dice.uniform(2.5, 6))
            done += process.poll() is None
            process.kill()
            process.wait()
        flickr.faults({})
        status = start(flickr, folder).wait()
        again = flickr.images() - before - everything
        store = open_store(f"sqlite:///{folder}/collection/photos.sqlite")
        rows = list(store.rows(["photo_id", "filename"]))
        store.close()
        twice = sum(number - 1 for number in Counter(row["_id"] for row in rows).values())
        damaged = sum(not _whole(Path(folder, "collection/images", row["filename"])) for row in rows)
    print(f"\nseed {seed}\n")
    print("| kills in mid-crawl | photos | lost | rows twice | files damaged | downloaded again | exit |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    print(f"| {done} | {everything} | {everything - len(rows)} | {twice} | {damaged} | {again} | {status} |")


def _whole(path: Path) -> bool:
    """Tell whether a picture can be decoded to its end."""
    try:
        with Image.open(path) as picture:
            picture.load()
    except OSError:
        return False
    return True


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--seconds", type=int, nargs="*", default=[10, 60])
    arguments = parser.parse_args()
    if arguments.seconds:
        print("| outage | who | lost | requests a second during it | exit |\n| --- | --- | --- | --- | --- |")
    for seconds in arguments.seconds:
        for name in FAULTS:
            outage(name, seconds)
            outage(name, seconds, "-s", f"DOWNLOADER_MIDDLEWARES={SCRAPYS_OWN}")
    if arguments.kills:
        kills(arguments.kills)


if __name__ == "__main__":
    main()
