"""Measures the processor time that the embedded scorer needs for a photo, and what tiles and threads change.

    python -m benchmarks.vision [FOLDER] [--labels monkey cage] [--photos 100]

Scores 640-pixel renditions of a folder's pictures and prints a Markdown table; then puts them through the crawl's own
stage, and prints how busy that keeps the cores and the longest time for which the event loop was held up.
"""

import argparse
import asyncio
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

import skimage
from platformdirs import user_cache_path

from imagescraper.photo import Photo
from imagescraper.pipelines.vision import VisionPipeline
from imagescraper.vision import local
from imagescraper.vision.crops import decode, whole
from imagescraper.vision.local import LocalScorer
from imagescraper.vision.scorer import Sight

FOLDER = Path(skimage.__file__).parent / "data"
BATCH = 8
IN_STAGE = 32
"""Photos on their way at a time, as CONCURRENT_ITEMS has it."""

TICK = 0.001
ALWAYS, NEVER = (-1.0, 2.0), (2.0, 2.0)


def renditions(folder: Path, wanted: int) -> list[bytes]:
    """Return the first pictures of a folder as JPEG files of at most 640 pixels a side."""
    images: list[bytes] = []
    for path in sorted(folder.iterdir()):
        picture = decode(path.read_bytes()) if path.is_file() and len(images) < wanted else None
        if picture:
            picture.thumbnail((640, 640))
            stream = BytesIO()
            picture.save(stream, "JPEG", quality=88)
            images.append(stream.getvalue())
    return images


def measure(name: str, images: list[bytes], work: Callable[[list[bytes]], object], workers: int = 1) -> None:
    """Run the work over batches of the images and print its processor and wall time for each."""
    batches = [images[start : start + BATCH] for start in range(0, len(images), BATCH)]
    work(batches[0])
    with ThreadPoolExecutor(workers) as pool:
        cpu, wall = time.process_time(), time.perf_counter()
        list(pool.map(work, batches))
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    print(f"| {name} | {1000 * cpu / len(images):.1f} | {1000 * wall / len(images):.1f} | {len(images) / wall:.0f} |")


class Watched(LocalScorer):
    """A scorer that knows how long it has been looking, all its threads together."""

    looking = 0.0

    def look(self, images: Sequence[bytes], labels: Sequence[str]) -> list[Sight]:
        """Look, and count the time."""
        before = time.perf_counter()
        sights = super().look(images, labels)
        self.looking += time.perf_counter() - before
        return sights


async def stage(scorer: Watched, images: list[bytes], labels: list[str]) -> tuple[float, float]:
    """Put images through the crawl's stage; return its wall seconds, and the longest stall of the loop in seconds."""
    pipeline = VisionPipeline(scorer, labels, [])
    room = asyncio.Semaphore(IN_STAGE)
    stall = 0.0

    async def watch() -> None:
        nonlocal stall
        while True:
            before = time.perf_counter()
            await asyncio.sleep(TICK)
            stall = max(stall, time.perf_counter() - before - TICK)

    async def one(image: bytes) -> None:
        async with room:
            await pipeline.process_item(Photo(source="benchmark", photo_id="0", preview=image))

    watcher = asyncio.create_task(watch())
    before = time.perf_counter()
    await asyncio.gather(*map(one, images))
    wall = time.perf_counter() - before
    watcher.cancel()
    await pipeline.close_spider()
    return wall, stall


def main() -> None:
    """Measure each way of scoring in turn."""
    parser = argparse.ArgumentParser(description="Measure the embedded scorer.")
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    parser.add_argument("--labels", nargs="+", default=["monkey", "cage"])
    parser.add_argument("--photos", type=int, default=100)
    options = parser.parse_args()
    images = renditions(options.folder, options.photos)
    if not images:
        parser.error(f"no picture in {options.folder} can be decoded")

    cache = user_cache_path("smart-image-scraper")
    one, two = LocalScorer(cache, threads=1), LocalScorer(cache, threads=2)
    print(f"{len(images)} photos, labels {', '.join(options.labels)}\n")
    print("| what | CPU ms a photo | wall ms a photo | photos a second |\n| --- | --- | --- | --- |")
    measure(
        "decode and crop only", images, lambda batch: [whole(picture) for picture in map(decode, batch) if picture]
    )
    with patch.object(local, "UNDECIDED", NEVER):
        measure("without tiles", images, lambda batch: one.score(batch, options.labels))
    measure("tiles where undecided", images, lambda batch: one.score(batch, options.labels))
    with patch.object(local, "UNDECIDED", ALWAYS):
        measure("tiles always", images, lambda batch: one.score(batch, options.labels))
    measure("one call of two threads", images, lambda batch: two.score(batch, options.labels))
    measure("two calls of one thread", images, lambda batch: one.score(batch, options.labels), workers=2)
    measure("embeddings alone", images, one.embed)
    watched = Watched(cache, threads=1)
    wall, stall = asyncio.run(stage(watched, images, options.labels))
    print(
        f"\nIn the crawl's stage: {len(images) / wall:.0f} photos a second, on average {watched.looking / wall:.2f} "
        f"threads at work for {os.cpu_count()} cores, longest stall of the event loop {1000 * stall:.0f} ms"
    )


if __name__ == "__main__":
    main()
