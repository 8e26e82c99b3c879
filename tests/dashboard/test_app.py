import subprocess
import sys

import pytest

import dashboard.app
from dashboard.app import create_app
from dashboard.collection import Collection
from tests.dashboard.requests import explore


def test_importing_reads_and_opens_nothing(tmp_path):
    code = "import dashboard.app; assert 'scrapy' not in __import__('sys').modules"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=tmp_path, env={"PYTHONPATH": ":".join(sys.path)})
    assert list(tmp_path.iterdir()) == []


def test_server_is_made_from_the_environment_once(settings, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("STORE_URI", settings.store_uri)
    monkeypatch.setenv("IMAGES_STORE", str(settings.images))
    server = dashboard.app.server
    assert server is dashboard.app.server
    with server.test_client().get("/pictures/thumbnail/flickr:1000") as answer:
        assert answer.status_code == 200
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = dashboard.app.nothing


def test_a_missing_collection_is_a_page_of_its_own(nowhere):
    client = create_app(Collection(nowhere)).server.test_client()
    layout = client.get("/_dash-layout").text
    assert "Nothing to show yet" in layout
    assert "scrapy crawl flickr" in layout
    assert not list(nowhere.images.parent.iterdir())


def test_an_error_while_answering_is_told_and_not_shown(app, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("dashboard.collection.Collection.photos", lambda *_: 1 / 0)
    answer = app.server.test_client().post("/_dash-update-component", json=explore(app))
    assert answer.status_code == 200
    assert "Something went wrong" in str(answer.json["sideUpdate"]["notice"])
    assert "division" not in answer.text
