"""The small pictures of the photos, under addresses that hold a photo's id and never a path."""

from http import HTTPStatus
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
            response = send_file(_MISSING, mimetype="image/svg+xml", max_age=0)
            response.status_code = HTTPStatus.NOT_FOUND
        else:
            response = send_file(path, mimetype=TYPES[path.suffix], max_age=MAX_AGE)
        response.cache_control.public = False
        response.cache_control.private = True
        response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return response

    return blueprint


def _file(folder: Path, name: str | None) -> Path | None:
    """Return the picture that a stored name means, if it is one and lies below the folder, links followed."""
    if not name or "\0" in name:
        return None
    path = (folder / name).resolve()
    return path if path.suffix in TYPES and path.is_relative_to(folder) and path.is_file() else None
