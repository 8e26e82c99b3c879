"""Runs the project's own commands in a folder of their own, as a user does."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from imagescraper.store import open_store

CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Project:
    """A folder with its own collection and key; `api` is the address of the Flickr it asks."""

    folder: Path
    api: str

    @property
    def images(self) -> Path:
        return self.folder / "collection" / "images"

    @property
    def key_file(self) -> Path:
        return self.folder / "secret.key"

    def environment(self) -> dict[str, str]:
        """Return the environment of a user who has a key and nothing else, whatever the one who tests has."""
        given = {
            "SCRAPY_SETTINGS_MODULE": "imagescraper.settings",
            "PYTHONPATH": str(CHECKOUT),
            "FLICKR_KEY": "c0ffee",
            "FLICKR_API_URL": f"{self.api}/services/rest/",
            "FLICKR_API_DELAY": "0.01",
            "WIKIDATA_API_URL": f"{self.api}/w/api.php",
            "REPORT_FILE": str(self.folder / "report.json"),
            "STORE_URI": f"sqlite:///{self.folder}/collection/photos.sqlite",
            "IMAGES_STORE": str(self.images),
            "SECRET_KEY": "",
            "SECRET_KEY_FILE": str(self.key_file),
            "GOOGLE_VISION_KEY": "",
        }
        return os.environ | given

    def scrapy(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a scrapy command and return what it said."""
        return subprocess.run(
            [sys.executable, "-m", "scrapy", *arguments],
            cwd=self.folder,
            env=self.environment() | environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    def crawl(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run `scrapy crawl flickr` with these arguments of the spider."""
        given = [part for argument in arguments for part in ("-a", argument)]
        return self.scrapy("crawl", "flickr", *given, **environment)

    def plan(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run `scrapy plan flickr` with these arguments of the spider."""
        given = [part for argument in arguments for part in ("-a", argument)]
        return self.scrapy("plan", "flickr", *given, **environment)

    def report(self) -> dict:
        """Return the last run's report."""
        return json.loads((self.folder / "report.json").read_text(encoding="utf-8"))

    def store(self):
        """Open the collection."""
        return open_store(f"sqlite:///{self.folder}/collection/photos.sqlite", create=False)

    def rows(self) -> list[dict]:
        """Return all stored rows."""
        store = self.store()
        rows = list(store.rows())
        store.close()
        return rows


def balanced(report: dict) -> bool:
    return (
        report["promised"]
        == report["stored"] + report["known"] + report["unavailable"] + report["lost"] + report["pending"]
    )
