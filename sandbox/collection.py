"""All photos of the sandbox as columns, and one photo as a record."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from sandbox.owners import Owner
from sandbox.places import Place

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

FORMATS = ("jpg", "png", "gif")
ZERO_DATE = -(2**62)  # stands for MySQL's 0000-00-00 00:00:00, which sorts before all others
LEGACY_UPLOAD = 1_388_534_400  # 2014: rows of older uploads came in an older spelling of the numbers
_SINGLE_SERVER = 1_538_352_000  # October 2018: from then on every photo lies on server 65535


class Gone(IntEnum):
    """What became of a photo that search still finds."""

    NO = 0
    DELETED = 1
    REPLACED = 2  # the image host redirects to its placeholder
    PRIVATE = 3
    OWNER_DELETED = 4


@dataclass(frozen=True, kw_only=True)
class Columns:
    """One array a fact, one element a photo; times are seconds since 1970, `taken` in the photographer's own time."""

    id: Ints
    owner: Ints
    title: Ints  # positions in Collection.captions
    description: Ints
    tags: Ints  # positions in Collection.tag_sets
    place_tags: Ints
    machine_tags: Ints  # positions in Collection.machine_tag_sets
    place: Ints  # position in Collection.places, or -1
    titled_by_place: Bools
    geo: Bools
    latitude: Floats
    longitude: Floats
    accuracy: Ints
    context: Ints
    uploaded: Ints
    updated: Ints
    taken: Ints
    granularity: Ints
    taken_unknown: Bools
    license: Ints
    views: Ints
    faves: Ints
    comments: Ints
    width: Ints  # of the original file as stored, before its orientation is applied
    height: Ints
    rotation: Ints
    format: Ints  # position in FORMATS
    video: Bools
    content_type: Ints
    gone: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """One photo's record."""

    row: int
    id: int
    owner: Owner
    title: str
    description: str
    tags: tuple[str, ...]
    machine_tags: str
    place: Place | None
    geo: bool
    latitude: float
    longitude: float
    accuracy: int
    context: int
    uploaded: int
    updated: int
    taken: str
    granularity: int
    taken_unknown: bool
    license: int
    views: int
    faves: int
    comments: int
    width: int
    height: int
    rotation: int
    format: str
    video: bool
    content_type: int
    gone: Gone
    seed: int

    def token(self, use: str) -> str:
        """Ten hexadecimal digits that are this photo's own for `use`: its secrets, and seeds for what it shows."""
        return hashlib.blake2b(f"{self.seed}:{self.id}:{use}".encode(), digest_size=5).hexdigest()

    @property
    def secret(self) -> str:
        """The secret in the addresses of the sizes up to 1024 pixels."""
        return self.token("secret")

    @property
    def server(self) -> int:
        """The number of the image server the photo lies on."""
        return 65535 if self.uploaded >= _SINGLE_SERVER else 1000 + self.id % 8000

    @property
    def farm(self) -> int:
        """The number of the server farm, which follows from the server."""
        return self.server // 1000 + 1

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the upright picture."""
        return (self.height, self.width) if self.rotation % 180 else (self.width, self.height)

    @property
    def shares_original(self) -> bool:
        """Whether strangers may have the original; of a video nobody may."""
        return self.owner.shares_original and not self.video


@dataclass(frozen=True)
class Collection:
    """The photos, the members and the texts that the columns point to."""

    columns: Columns
    owners: Sequence[Owner]
    places: Sequence[Place]
    captions: Sequence[str]
    tag_sets: Sequence[tuple[str, ...]]
    machine_tag_sets: Sequence[str]
    seed: int
    hidden_words: Sequence[str] = ()  # further words by which a caption is found, one text a caption

    def __len__(self) -> int:
        return len(self.columns.id)

    @cached_property
    def row_of(self) -> dict[int, int]:
        """Photo id → row."""
        return {photo_id: row for row, photo_id in enumerate(self.columns.id.tolist())}

    @cached_property
    def owner_number(self) -> dict[str, int]:
        """NSID → position in `owners`."""
        return {owner.nsid: position for position, owner in enumerate(self.owners)}

    def find(self, photo_id: str) -> Photo | None:
        """Return the photo with this id, or None."""
        row = self.row_of.get(int(photo_id)) if photo_id.isascii() and photo_id.isdigit() else None
        return None if row is None else self.photo(row)

    def photo(self, row: int) -> Photo:
        """Return the record in a row."""
        return self.photos(np.array([row]))[0]

    def photos(self, rows: Ints) -> list[Photo]:
        """Return the records in some rows."""
        columns = {name: column[rows].tolist() for name, column in vars(self.columns).items()}
        values = zip(*columns.values(), strict=True)
        return [
            self._photo(row, dict(zip(columns, value, strict=True))) for row, value in zip(rows, values, strict=True)
        ]

    def _photo(self, row: int, value: dict[str, Any]) -> Photo:
        place = self.places[value["place"]] if value["place"] >= 0 else None
        titled_by_place = value.pop("titled_by_place")
        title = self.captions[value["title"]]
        value |= {
            "row": int(row),
            "owner": self.owners[value["owner"]],
            "title": f"{title}, {place.city}" if place and titled_by_place else title,
            "description": self.captions[value["description"]],
            "tags": (*self.tag_sets[value["tags"]], *self.tag_sets[value.pop("place_tags")]),
            "machine_tags": self.machine_tag_sets[value["machine_tags"]],
            "place": place,
            "taken": _mysql_time(value["taken"]),
            "format": FORMATS[value["format"]],
            "gone": Gone(value["gone"]),
            "seed": self.seed,
        }
        return Photo(**value)


def _mysql_time(seconds: int) -> str:
    if seconds == ZERO_DATE:
        return "0000-00-00 00:00:00"
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S}"
