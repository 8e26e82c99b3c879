from pathlib import Path

import pytest
import skimage

from imagescraper.vision.local import LocalScorer


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
