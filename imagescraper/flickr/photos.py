"""A row of flickr.photos.search becomes a Photo."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from w3lib.html import replace_entities, replace_tags

from imagescraper.flickr.api import is_id, moment, number
from imagescraper.flickr.licenses import LICENSES
from imagescraper.photo import Photo

SOURCE = "flickr"

#: Sizes from the best to the smallest, by the names that `extras` has for them.
SIZES = ("o", "6k", "5k", "4k", "3k", "k", "h", "l", "c", "z", "m", "n", "s", "t")

_BREAK = re.compile(r"<(?:br|/p|/div)\b[^>]*>", re.IGNORECASE)


def to_photo(row: dict[str, Any]) -> Photo:
    """Return the photo of a search row; what the row does not say stays None.

    Raises:
        ValueError: if the row's id is not a number.

    """
    if not is_id(row["id"]):
        raise ValueError("the id of a photo is not a number")
    photo_id = str(row["id"])
    photo = Photo(source=SOURCE, photo_id=photo_id)
    photo.page_url = f"https://www.flickr.com/photo.gne?id={photo_id}"
    photo.media = row.get("media")
    photo.title = _content(row.get("title")).replace("\0", "").strip() or None
    photo.description = text(_content(row.get("description")))
    photo.tags = _content(row.get("tags")).split()
    photo.machine_tags = _content(row.get("machine_tags")).split()
    photo.owner = row.get("owner") or None
    photo.owner_name = row.get("ownername") or None
    photo.path_alias = row.get("pathalias") or None
    photo.date_uploaded = moment(row.get("dateupload"))
    photo.date_taken, photo.date_taken_granularity = taken(row)
    photo.latitude, photo.longitude = position(row)
    if photo.latitude is not None:
        photo.accuracy = number(row.get("accuracy")) or None
        photo.location = {"type": "Point", "coordinates": [photo.longitude, photo.latitude]}
    photo.views = _first_number(row, "views", "count_views")
    photo.faves = _first_number(row, "count_faves")
    photo.comment_count = _first_number(row, "count_comments")
    photo.sizes = [row[f"url_{size}"] for size in SIZES if row.get(f"url_{size}")]
    _add_license(photo, row.get("license"))
    return photo


def text(html: str) -> str | None:
    """Return what a reader sees of Flickr's HTML: no tags, no entities; None when nothing is left."""
    plain = replace_entities(replace_tags(_BREAK.sub("\n", html)))
    return plain.replace("\0", "").strip() or None


def taken(row: dict[str, Any]) -> tuple[datetime | None, int | None]:
    """Return the camera's clock (as if UTC) and its granularity; (None, None) where Flickr does not know it.

    `datetakenunknown` marks a date that is only the upload's. Years and months stand as `0000-01-01` in old rows.
    """
    if number(row.get("datetakenunknown")) or str(row.get("datetaken", "")).startswith("0000"):
        return None, None
    try:
        moment = datetime.strptime(str(row["datetaken"])[:19], "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    except (KeyError, ValueError):
        return None, None
    return moment, number(row.get("datetakengranularity")) or 0


def position(row: dict[str, Any]) -> tuple[float | None, float | None]:
    """Return latitude and longitude in degrees; (None, None) where the photo has no place.

    Flickr says "no place" as 0, 0 with the `geo_is_*` keys absent.
    """
    try:
        latitude, longitude = float(row["latitude"]), float(row["longitude"])
    except (KeyError, OverflowError, TypeError, ValueError):
        return None, None
    placed = (latitude, longitude) != (0, 0) or number(row.get("geo_is_public"))
    if not placed or not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None, None
    return latitude, longitude


class Area(Protocol):
    """A part of the world."""

    def contains(self, lats: NDArray[np.float64], lons: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Tell for each point, in degrees, whether it lies inside; NaN never does."""


def outside_ids(rows: Sequence[dict[str, Any]], areas: Iterable[Area]) -> set[str]:
    """Return the ids of the rows that lie outside one of the areas, or have no place."""
    positions = np.array([position(row) for row in rows], dtype=float).reshape(-1, 2)
    inside = np.ones(len(rows), bool)
    for area in areas:
        inside &= area.contains(positions[:, 0], positions[:, 1])
    return {str(row["id"]) for row, kept in zip(rows, inside.tolist(), strict=True) if not kept}


def _add_license(photo: Photo, value: object) -> None:
    """Set licence, address and credit line; an id that Flickr added since is recorded, not guessed."""
    license_id = number(value)
    if license_id is None:
        return
    known = LICENSES.get(license_id)
    if known is None:
        photo.license = f"flickr-{license_id}"
        photo.errors.append(f"licence {license_id} is not known to this version")
        return
    photo.license, photo.license_url = known.slug, known.url
    photo.credit = f"Flickr photo {photo.photo_id}, {known.name}, {photo.page_url}"


def _content(value: object) -> str:
    """Return the text of a value that is plain or an object with `_content`."""
    if isinstance(value, dict):
        value = value.get("_content")
    return value if isinstance(value, str) else ""


def _first_number(row: dict[str, Any], *names: str) -> int | None:
    """Return the first of the named values that is a number."""
    return next((found for name in names if (found := number(row.get(name))) is not None), None)
