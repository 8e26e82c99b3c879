from pathlib import Path

import pytest

from dashboard.settings import Settings


def test_defaults_lie_below_the_current_folder(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("STORE_URI", raising=False)
    monkeypatch.setenv("IMAGES_STORE", "")
    assert Settings.from_environment() == Settings("sqlite:///collection/photos.sqlite", Path("collection/images"))


def test_environment_wins(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("STORE_URI", "sqlite:////data/all.sqlite")
    monkeypatch.setenv("IMAGES_STORE", "/data/pictures")
    assert Settings.from_environment() == Settings("sqlite:////data/all.sqlite", Path("/data/pictures"))
