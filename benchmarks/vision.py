"""Measures the processor time that the embedded scorer needs for a photo, and what tiles and threads change.

    python -m benchmarks.vision FOLDER [--labels monkey cage] [--photos 100]

Scores 640-pixel renditions of a folder's pictures and prints a Markdown table.
"""

import argparse
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

from platformdirs import user_cache_path

from imagescraper.vision import local
from imagescraper.vision.crops import decode, whole
from imagescraper.vision.local import LocalScorer

BATCH = 8
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


def main() -> None:
    """Measure each way of scoring in turn."""
    parser = argparse.ArgumentParser(description="Measure the embedded scorer.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--labels", nargs="+", default=["monkey", "cage"])
    parser.add_argument("--photos", type=int, default=100)
    options = parser.parse_args()
    images = renditions(options.folder, options.photos)
    if not images:
        parser.error(f"no picture in {options.folder} can be decoded")

    cache = user_cache_path("imagescraper")
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
    measure("embeddings", images, one.embed)


if __name__ == "__main__":
    main()
