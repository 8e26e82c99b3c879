"""Flickr's REST API: what a call looks like, what an answer says, and what its errors mean."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from imagescraper.flickr import xml

REST_URL = "https://api.flickr.com/services/rest/"

#: Flickr's limits, from the description of flickr.photos.search: answers a query, and answers a page with and without
#: a place in the question.
MOST_ANSWERS = 4000
MOST_A_PAGE = 500
MOST_A_PAGE_BY_PLACE = 250

#: Everything a search can tell about a photo without a further call. `count_comments` and `count_faves` are not in
#: Flickr's list but are answered.
EXTRAS = (
    "description", "license", "date_upload", "date_taken", "owner_name", "original_format", "last_update", "geo",
    "tags", "machine_tags", "o_dims", "views", "media", "path_alias", "count_comments", "count_faves",
    "url_o", "url_6k", "url_5k", "url_4k", "url_3k", "url_k", "url_h", "url_l", "url_c", "url_z", "url_m", "url_n",
    "url_s", "url_q", "url_t", "url_sq",
)  # fmt: skip


class Remedy(Enum):
    """What to do about an error."""

    RETRY = "the service is not well: ask again later"
    STOP = "no call will succeed: end the run"
    SKIP = "this question has no answer: go on with the next"


#: Error codes of the API by remedy; whatever is not named here belongs to one question and is skipped.
#: 201 and 0 are not documented, but are how "not currently available" arrives.
RETRIED = frozenset({0, 10, 105, 106, 201})
FATAL = frozenset({95, 96, 97, 98, 99, 100, 111, 112, 114, 115, 116})

#: What flickr.photos.search answers for a member or a group that is not there, or not for everyone; other methods mean
#: other things by these codes.
NOBODY = frozenset({2, 4, 5})


class FlickrError(Exception):
    """Flickr answered that it cannot answer."""

    def __init__(self, code: int | None, message: str) -> None:
        super().__init__(f"Flickr: {message}" if code is None else f"Flickr error {code}: {message}")
        self.code = code
        self.message = message

    @property
    def remedy(self) -> Remedy:
        """What to do about it."""
        unwell = "not currently available" in self.message
        if self.code is None or self.code in RETRIED or unwell:
            return Remedy.RETRY
        return Remedy.STOP if self.code in FATAL else Remedy.SKIP


def call(method: str, key: str, arguments: dict[str, str]) -> dict[str, str]:
    """Return the form of a call. It goes into a POST body, so that the key is in no address and no log."""
    envelope = {"method": method, "api_key": key, "format": "json", "nojsoncallback": "1"}
    return envelope | arguments


def answer(body: bytes) -> dict[str, Any]:
    """Return what a REST answer says: JSON, JSON in its callback, or XML read into the same shape.

    Raises:
        FlickrError: if it says `fail`, or cannot be read at all (code None).

    """
    text = body.strip()
    if text.startswith(b"jsonFlickrApi("):
        text = text[len(b"jsonFlickrApi(") :].rstrip(b"; \n").removesuffix(b")")
    try:
        said = xml.read(text) if text.startswith(b"<") else json.loads(text)
    except (RecursionError, ValueError):
        raise FlickrError(None, "the answer is neither JSON nor XML") from None
    if not isinstance(said, dict) or "stat" not in said:
        raise FlickrError(None, "the answer is not one of Flickr's")
    if said["stat"] != "ok":
        error = said.get("err")
        error = error if isinstance(error, dict) else said
        raise FlickrError(number(error.get("code")) or 0, str(error.get("message", error.get("msg", "no message"))))
    return said


def number(value: object) -> int | None:
    """Return a whole number that may have come as a number, as text, or not at all."""
    try:
        return int(value)  # type: ignore[call-overload, no-any-return]
    except (TypeError, ValueError, OverflowError):
        return None


def moment(value: object) -> datetime | None:
    """Return a Unix time in UTC; None where it is missing, zero, or in no calendar."""
    seconds = number(value)
    try:
        return datetime.fromtimestamp(seconds, UTC) if seconds else None
    except (OverflowError, OSError, ValueError):
        return None


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of answers; `total` is Flickr's estimate for the whole question, and every row has a photo's id."""

    total: int
    rows: list[dict[str, Any]]


def search_page(said: dict[str, Any]) -> SearchPage:
    """Return the page in an answer of flickr.photos.search and of the other lists of photos.

    Raises:
        FlickrError: if there is no list of photos in it (code None).

    """
    photos = said.get("photos") or said.get("photoset")
    if not isinstance(photos, dict):
        raise FlickrError(None, "the answer holds no photos")
    listed = photos.get("photo")
    listed = listed if isinstance(listed, list) else []
    rows = [row for row in listed if isinstance(row, dict) and is_id(row.get("id"))]
    return SearchPage(total=number(photos.get("total")) or len(rows), rows=rows)


def is_id(value: object) -> bool:
    """Tell whether a value is the id of a photo: digits, which are harmless in a file's name too."""
    return isinstance(value, str | int) and str(value).isascii() and str(value).isdigit()
