import pytest

from imagescraper.store import open_store


@pytest.fixture
def store(tmp_path):
    opened = open_store(f"sqlite:///{tmp_path}/collection/photos.sqlite")
    yield opened
    opened.close()
