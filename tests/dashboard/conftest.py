"""One collection of 200 photos for all dashboard tests, the app over it, and that app as a running site."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import dash
import pytest
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from dashboard.app import create_app
from dashboard.catalog import Catalog
from dashboard.collection import Collection
from dashboard.settings import Settings
from imagescraper.photo import Photo
from tests.dashboard import sample


@pytest.fixture(scope="session")
def photos() -> list[Photo]:
    return sample.photos()


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory, photos: list[Photo]) -> Settings:
    return sample.write(tmp_path_factory.mktemp("collection"), photos)


@pytest.fixture(scope="session")
def app(settings: Settings) -> Iterator[dash.Dash]:
    with closing(Collection(settings)) as collection:
        yield create_app(collection)


@pytest.fixture(scope="session")
def catalog(photos: list[Photo]) -> Catalog:
    return Catalog.of(photo.document() for photo in photos)


@pytest.fixture
def client(app: dash.Dash) -> FlaskClient:
    return app.server.test_client()


@contextmanager
def served(settings: Settings) -> Iterator[str]:
    """Run the dashboard in a thread and give its address."""
    with closing(Collection(settings)) as collection:
        server = make_server("127.0.0.1", 0, create_app(collection).server, threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.port}"
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


@pytest.fixture(scope="session")
def site(settings: Settings) -> Iterator[str]:
    with served(settings) as address:
        yield address


@pytest.fixture
def nowhere(tmp_path: Path) -> Settings:
    return Settings(store_uri=f"sqlite:///{tmp_path}/photos.sqlite", images=tmp_path / "images")
