"""What the benchmarks share that crawl: a sandbox, and the environment of a user who has a key and nothing else."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent


@contextmanager
def sandbox(*arguments: str) -> Iterator[str]:
    """Run a sandbox and give its address."""
    command = [sys.executable, "-m", "sandbox", "--port", "0", *arguments]
    with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().split()[-1]
        finally:
            process.terminate()


def environment(url: str, folder: str) -> dict[str, str]:
    """Return what makes a crawl ask this sandbox and write into this folder, whatever the user's own settings are."""
    return os.environ | {
        "SCRAPY_SETTINGS_MODULE": "imagescraper.settings",
        "PYTHONPATH": str(CHECKOUT),
        "FLICKR_KEY": "c0ffee",
        "FLICKR_API_URL": f"{url}/services/rest/",
        "FLICKR_API_DELAY": "0.01",
        "REPORT_FILE": f"{folder}/report.json",
        "STORE_URI": f"sqlite:///{folder}/collection/photos.sqlite",
        "IMAGES_STORE": f"{folder}/collection/images",
        "SECRET_KEY": "",
        "SECRET_KEY_FILE": f"{folder}/secret.key",
    }
