"""What the sandbox's tests share: a collection in this process, and a running server."""

import json
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import Any

import pytest

from sandbox.collection import Collection
from sandbox.generated import generate
from sandbox.images import ImageHost
from sandbox.pictures import BundledPictures
from sandbox.rest import Rest
from sandbox.search import Search
from tests.sandbox_server import Sandbox

BASE = "http://flickr.test"


@dataclass
class World:
    """A sandbox without a server."""

    collection: Collection
    subject: Any
    images: ImageHost
    rest: Rest

    def call(self, method: str, **arguments: object) -> dict[str, Any]:
        arguments = {"method": method, "api_key": "0" * 32, "format": "json", "nojsoncallback": 1} | arguments
        body, _ = self.rest.answer({name: str(value) for name, value in arguments.items()}, BASE)
        return json.loads(body)

    def search(self, **arguments: object) -> dict[str, Any]:
        answer = self.call("flickr.photos.search", **arguments)
        assert answer["stat"] == "ok", answer
        return answer["photos"]


def make_world(photos: int = 500, seed: int = 7, **options: Any) -> World:
    unstable = options.pop("unstable", False)
    collection, subject = generate(photos, seed, **options)
    images = ImageHost(collection, BundledPictures(collection, subject))
    search = Search(collection, unstable=unstable, fuzzy=options.get("fuzzy", False))
    return World(collection, subject, images, Rest(collection, search, images))


@pytest.fixture(scope="session")
def world() -> World:
    return make_world()


@pytest.fixture(scope="session")
def large_world() -> World:
    return make_world(20_000)


@pytest.fixture(scope="session")
def server(sandbox: Sandbox) -> Sandbox:
    """Return the running sandbox that shows the same photos as `world`."""
    return sandbox


@dataclass
class Answer:
    status: int
    headers: Any
    body: bytes


def fetch(url: str, body: bytes | None = None, method: str | None = None, **headers: str) -> Answer:
    """Ask for a URL without following redirects or raising on a status."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_arguments: object) -> None:
            return None

    names = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, body, names, method=method)
    try:
        with urllib.request.build_opener(Stay).open(request, timeout=20) as answer:
            return Answer(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.headers, error.read())


def rest_url(running: Sandbox, method: str, **arguments: object) -> str:
    query = {"method": method, "api_key": "0" * 32, "format": "json", "nojsoncallback": "1"} | arguments
    return f"{running.url}/services/rest/?{urllib.parse.urlencode(query)}"
