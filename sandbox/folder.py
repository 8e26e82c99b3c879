"""Photos from a folder of image files with a photos.jsonl beside them."""

import hashlib
import re
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from PIL import Image
from pydantic import BaseModel, Field, ValidationError, field_validator

from sandbox.collection import FORMATS, ZERO_DATE, Collection, Columns, Photo
from sandbox.exif import ORIENTATION
from sandbox.generated import LAST_UPLOAD
from sandbox.licenses import LICENSES
from sandbox.owners import make_owners

INDEX = "photos.jsonl"
_FORMAT_OF = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "GIF": "gif"}
# Mirrored pictures (2, 4, 5, 7) have the pixels' sides of the turned ones they mirror.
_ROTATION_OF = {orientation: rotation for rotation, orientation in ORIENTATION.items()} | {4: 180, 5: 90, 7: 270}
_ID_IN_LINK = re.compile(r"/(\d+)_[0-9a-f]+(?:_\w+)?\.\w+$")
_DAY = 86_400


class FolderError(Exception):
    """The folder cannot be served; the message is one line that says where and why."""


class Line(BaseModel):
    """One line of photos.jsonl; keys that are not named here are ignored."""

    filename: str
    search_term: str = Field("", alias="search term")
    link: str = ""
    title: str | None = ""
    description: str | None = ""
    date_taken: datetime | None = Field(None, alias="date taken")
    latitude: float | None = Field(None, ge=-90, le=90)
    longitude: float | None = Field(None, ge=-180, le=180)
    views: int = Field(0, ge=0)
    tags: str | None = ""
    machine_tags: str | None = Field("", alias="machine tags")

    @field_validator("filename")
    @classmethod
    def _stay_in_folder(cls, name: str) -> str:
        if Path(name).name != name or not name:
            raise ValueError("must be the plain name of a file in the folder")
        return name

    @field_validator("date_taken", mode="before")
    @classmethod
    def _unknown_date(cls, value: object) -> object:
        return None if value == "" or str(value).startswith("0000") else value


class FolderPictures:
    """Hands out the folder's files byte for byte."""

    def __init__(self, folder: Path, lines: list[Line]) -> None:
        self._files = [folder / line.filename for line in lines]
        self._subjects = [tuple(line.search_term.casefold().split()) for line in lines]

    def subjects(self, photo: Photo) -> tuple[str, ...]:
        """Return the words the photo was once found by."""
        return self._subjects[photo.row]

    def content(self, photo: Photo) -> bytes:
        """Read the file of a photo."""
        return self._files[photo.row].read_bytes()


def read_folder(folder: Path, seed: int) -> tuple[Collection, FolderPictures]:
    """Read a folder; whatever its lines do not say (owners, licences, uploads) is made up from `seed`.

    Raises FolderError for a folder without photos.jsonl, a bad line, or a line whose file is no picture.
    """
    lines = _read_lines(folder)
    files = [_inspect(folder / line.filename, number) for number, line in enumerate(lines, 1)]
    owners = make_owners(max(3, len(lines) // 5), seed, open_handed=True)
    columns, captions, found_by, tag_sets, machine_tags = _columns(lines, files, len(owners), seed)
    collection = Collection(columns, owners, (), captions, tag_sets, machine_tags, seed, found_by)
    return collection, FolderPictures(folder, lines)


def _read_lines(folder: Path) -> list[Line]:
    index = folder / INDEX
    try:
        text = index.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FolderError(f"{index}: {getattr(error, 'strerror', None) or 'is not UTF-8 text'}") from error
    lines = []
    for number, row in enumerate(text.splitlines(), 1):
        if row.strip():
            try:
                lines.append(Line.model_validate_json(row))
            except ValidationError as error:
                first = error.errors()[0]
                where = ".".join(map(str, first["loc"]))
                raise FolderError(f"{index} line {number}: {where}: {first['msg']}".replace(": :", ":")) from error
    if not lines:
        raise FolderError(f"{index}: holds no photo")
    return lines


def _inspect(path: Path, number: int) -> tuple[int, int, int, int]:
    """Return width, height, rotation and format of a file."""
    try:
        with Image.open(path) as picture:
            kind = _FORMAT_OF[picture.format or ""]
            rotation = _ROTATION_OF.get(picture.getexif().get(0x0112, 1), 0)
            return picture.width, picture.height, rotation, FORMATS.index(kind)
    except KeyError:
        raise FolderError(f"{INDEX} photo {number}: {path.name} is neither JPEG, PNG nor GIF") from None
    except OSError as error:
        raise FolderError(f"{INDEX} photo {number}: {path.name}: {error.strerror or 'is no picture'}") from error


def _columns(
    lines: list[Line], files: list[tuple[int, int, int, int]], owners: int, seed: int
) -> tuple[Columns, list[str], list[str], list[tuple[str, ...]], list[str]]:
    count = len(lines)
    rng = np.random.default_rng(seed)
    titles, descriptions = [line.title or "" for line in lines], [line.description or "" for line in lines]
    taken = np.array([_seconds(line.date_taken) for line in lines])
    # A photo without a date was uploaded on some day of 2015; the others some days after they were taken.
    base = np.where(taken == ZERO_DATE, 1_420_070_400 + rng.integers(0, 365, count) * _DAY, taken)
    uploaded = np.minimum(base + rng.integers(1, 60, count) * _DAY + rng.integers(0, _DAY, count), LAST_UPLOAD)
    latitude, longitude = (
        np.array([getattr(line, name) or 0.0 for line in lines]) for name in ("latitude", "longitude")
    )
    width, height, rotation, kind = (np.array(values) for values in zip(*files, strict=True))
    geo = (latitude != 0) | (longitude != 0)
    rows = np.arange(count)
    nothing = np.zeros(count, np.int64)
    columns = Columns(
        id=np.array(_ids(lines), np.int64),
        owner=rng.integers(0, owners, count),
        title=rows,
        description=rows + count,
        tags=rows + 1,
        place_tags=nothing,
        machine_tags=rows,
        place=nothing - 1,
        titled_by_place=np.zeros(count, bool),
        geo=geo,
        latitude=latitude,
        longitude=longitude,
        accuracy=np.where(geo, 16, 0),
        context=nothing,
        uploaded=uploaded,
        updated=uploaded + _DAY,
        taken=taken,
        granularity=nothing,
        taken_unknown=taken == ZERO_DATE,
        license=rng.integers(0, len(LICENSES), count),
        views=np.array([line.views for line in lines]),
        faves=rng.integers(0, 20, count),
        comments=rng.integers(0, 4, count),
        width=width,
        height=height,
        rotation=rotation,
        format=kind,
        video=np.zeros(count, bool),
        content_type=nothing,
        gone=nothing,
    )
    found_by = [line.search_term for line in lines] + [""] * count
    tag_sets: list[tuple[str, ...]] = [(), *(tuple((line.tags or "").split()) for line in lines)]
    return columns, [*titles, *descriptions], found_by, tag_sets, [line.machine_tags or "" for line in lines]


def _ids(lines: list[Line]) -> list[int]:
    """Take the photo's number from its link; where there is none, or it was there before, derive one from the name."""
    taken: dict[int, None] = {}
    for line in lines:
        match = _ID_IN_LINK.search(line.link)
        derived = int.from_bytes(hashlib.blake2b(line.filename.encode(), digest_size=4).digest()) + 54_000_000_000
        number = int(match.group(1)) if match else derived
        taken[derived if number in taken else number] = None
    if len(taken) < len(lines):
        raise FolderError(f"{INDEX}: a file is named twice")
    return list(taken)


def _seconds(moment: datetime | None) -> int:
    return int(moment.replace(tzinfo=UTC).timestamp()) if moment else ZERO_DATE
