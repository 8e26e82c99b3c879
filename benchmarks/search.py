"""Counts how much of a search each tool brings back, and with how many calls.

    python -m benchmarks.search [--photos 80000]

A sandbox holds about a quarter of `--photos` cats, in an order that changes from call to call and with loosely matched
and broken upload dates; another one holds 6,000 photos uploaded in one second. Ours is the real `scrapy crawl` without
pictures; beside it flickrapi's `walk` and, where installed (pip install gallery-dl), gallery-dl's own search, both
unmodified but for the address. Prints a Markdown table.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks._crawls import environment, sandbox
from sandbox.filters import Filters
from sandbox.generated import generate

SEED = 7
SEEDED = ("--seed", str(SEED))


def truth(photos: int, *, fuzzy: bool = False, burst: int = 0) -> int:
    """Return how many photos of cats a sandbox holds."""
    collection, _ = generate(photos, SEED, fuzzy=fuzzy, burst=burst)
    return int(Filters(collection, fuzzy=False).mask({"text": "cat", "media": "photos"}).sum())


def ours(url: str) -> tuple[int, int]:
    """Return distinct photos and calls of the real crawl."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "scrapy", "crawl", "flickr", "-a", "term=cat", "-a", "size=none"]
        subprocess.run(command, cwd=folder, env=environment(url, folder), check=True, capture_output=True)
        report = json.loads(Path(folder, "report.json").read_text(encoding="utf-8"))
    return report["stored"], report["api_calls"]


def flickrapi_walk(url: str) -> tuple[int, int]:
    """Return distinct photos and calls of flickrapi's walk; it is stopped after as many pages as were promised."""
    import flickrapi

    flickr = flickrapi.FlickrAPI("c0ffee", "secret")
    flickr.flickr_oauth.REST_URL = flickr.REST_URL = f"{url}/services/rest/"
    ids = [photo.get("id") for photo in flickr.walk(text="cat", media="photos", per_page=500)]
    return len(set(ids)), -(-len(ids) // 500)


def gallery_dl(url: str) -> tuple[int, int]:
    """Return distinct photos and calls of gallery-dl's search."""
    from gallery_dl import config, extractor
    from gallery_dl.extractor import flickr

    flickr.FlickrAPI.API_URL = f"{url}/services/rest/"
    flickr.FlickrAPI.API_KEY = "c0ffee"
    config.set(("extractor",), "sleep-request", 0)
    found = extractor.find("https://flickr.com/search/?text=cat&media=photos&per_page=500")
    found.initialize()
    search = {"text": "cat", "media": "photos", "per_page": "500"}
    ids = [photo["id"] for photo in flickr.FlickrAPI(found).photos_search(search)]
    return len(set(ids)), -(-len(ids) // 500)


def row(name: str, tool: Callable[[str], tuple[int, int]], url: str, total: int) -> None:
    """Run one tool and print its line."""
    began = time.monotonic()
    try:
        distinct, calls = tool(url)
    except ImportError:
        print(f"| {name} | not installed | | |")
        return
    share = 100 * distinct / total
    print(
        f"| {name} | {distinct:,} of {total:,} ({share:.1f} %) | {calls} | {time.monotonic() - began:.1f} |",
        flush=True,
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=80_000)
    photos = parser.parse_args().photos
    total = truth(photos, fuzzy=True)
    print(f"{total:,} photos, changing order, loose dates; an ideal search needs {-(-total // 500)} calls\n")
    print("| | distinct photos | calls | s |\n| --- | --- | --- | --- |")
    with sandbox(*SEEDED, "--photos", str(photos), "--unstable", "--fuzzy") as url:
        row("scrapy crawl flickr", ours, url, total)
        row("flickrapi 2.4 walk", flickrapi_walk, url, total)
        row("gallery-dl", gallery_dl, url, total)
    burst = 24_000
    with sandbox(*SEEDED, "--photos", str(burst), "--burst", str(burst)) as url:
        row("scrapy crawl flickr, all in one second", ours, url, truth(burst, burst=burst))


if __name__ == "__main__":
    main()
