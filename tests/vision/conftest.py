import json
from pathlib import Path

import pytest
import skimage

from imagescraper.media.renditions import render
from imagescraper.vision.local import LocalScorer
from tests.conftest import REAL_DATA


@pytest.fixture(scope="session")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="session")
def scorer(cache):
    return LocalScorer(cache)


@pytest.fixture(scope="session")
def pictures():
    folder = Path(skimage.__file__).parent / "data"
    return {name: (folder / name).read_bytes() for name in ("chelsea.png", "coffee.png", "rocket.jpg")}


@pytest.fixture(scope="session")
def real_photos():
    """Return the record of each real photo, with its preview as a crawl makes it: what a scorer is given."""
    folder = REAL_DATA / "photos"
    records = map(json.loads, (folder / "photos.jsonl").read_text(encoding="utf-8").splitlines())
    return [(record, render((folder / record["filename"]).read_bytes()).preview) for record in records]
