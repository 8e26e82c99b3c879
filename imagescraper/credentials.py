"""Reads `credentials.json` and `.env`, the two files in which secrets may lie beside scrapy.cfg."""

import json
import os
import stat
from pathlib import Path

#: Other spellings that are understood; the first is the original project's.
SPELLINGS = {"FLICKER_KEY": "FLICKR_KEY", "FLICKER_SECRET": "FLICKR_SECRET", "MONGO_URI": "STORE_URI"}


class BadCredentials(Exception):
    """A file of secrets is readable by others, or cannot be read; one line that names the remedy."""


def load(folder: Path) -> dict[str, str]:
    """Return the names and values of both files under their common spelling; `.env` wins.

    Raises:
        BadCredentials: if others may read a file, or it is malformed.

    """
    values: dict[str, str] = {}
    for name, read in (("credentials.json", _read_json), (".env", _read_env)):
        path = folder / name
        if path.is_file():
            _refuse_open_file(path)
            values |= read(path)
    return common_spelling(values)


def common_spelling(values: dict[str, str]) -> dict[str, str]:
    """Return the values with other spellings of their names replaced; a name given as it should be wins."""
    renamed = {SPELLINGS[name]: value for name, value in values.items() if name in SPELLINGS}
    return renamed | {name: value for name, value in values.items() if name not in SPELLINGS}


def _refuse_open_file(path: Path) -> None:
    """Refuse a file of secrets that the group or others may read."""
    if os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise BadCredentials(f"others may read {path.name}: run chmod 600 {path}")


def _read_json(path: Path) -> dict[str, str]:
    """Read one flat JSON object of texts."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise BadCredentials(f"{path.name} is not JSON: {error}") from None
    if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
        raise BadCredentials(f'{path.name} must hold one object of texts, as in {{"FLICKR_KEY": "…"}}')
    return values


def _read_env(path: Path) -> dict[str, str]:
    """Read lines of the form NAME=value; blank lines and lines that begin with # are left out."""
    values = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        text = line.strip().removeprefix("export ")
        if not text or text.startswith("#"):
            continue
        name, equals, value = text.partition("=")
        if not equals:
            raise BadCredentials(f"{path.name}, line {number}: write NAME=value")
        values[name.strip()] = value.strip().strip("'\"")
    return values
