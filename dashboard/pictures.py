"""The small pictures of the photos, under addresses that hold a photo's id and never a path."""

from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Literal

from flask import Blueprint, Response, send_file

from dashboard.collection import Collection

Kind = Literal["thumbnail", "preview"]

#: The types of picture that are handed out, by the ending of their name.
TYPES = {".webp": "image/webp", ".jpg": "image/jpeg", ".png": "image/png"}

#: Seconds that a browser keeps a picture without asking again: a week, as a picture of one id hardly ever changes.
MAX_AGE = 7 * 24 * 3600

_MISSING = Path(__file__).parent / "assets" / "missing.svg"


def address(kind: Kind, id_: str) -> str:
    """Return the address of a photo's picture."""
    return f"/pictures/{kind}/{id_}"


def pictures(collection: Collection) -> Blueprint:
    """Return the routes that serve thumbnails and previews; in place of one that is not there a sign, as a 404."""
    blueprint = Blueprint("pictures", __name__)

    @blueprint.get("/pictures/<any(thumbnail, preview):kind>/<id_>")
    def picture(kind: str, id_: str) -> Response:
        photo = collection.photo(id_)
        path = _file(collection.images, photo.renditions.get(kind) if photo else None)
        if path is None:
            response = _answer(_MISSING, "image/svg+xml", 0)
            response.status_code = HTTPStatus.NOT_FOUND
        else:
            response = _answer(path, TYPES[path.suffix], MAX_AGE)
        response.cache_control.public = False
        response.cache_control.private = True
        response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return response

    return blueprint


def _answer(path: Path, type_: str, max_age: int) -> Response:
    """Return a small file as an answer that may be repeated as "not modified".

    It is read whole: a file handed on open stays open when the browser has the picture already or goes away.
    """
    seen = path.stat()
    etag = f"{seen.st_mtime_ns:x}-{seen.st_size:x}"
    return send_file(BytesIO(path.read_bytes()), mimetype=type_, etag=etag, max_age=max_age)


def _file(folder: Path, name: str | None) -> Path | None:
    """Return the picture that a stored name means, if it is one and lies below the folder, links followed."""
    if not name or "\0" in name:
        return None
    path = (folder / name).resolve()
    return path if path.suffix in TYPES and path.is_relative_to(folder) and path.is_file() else None
