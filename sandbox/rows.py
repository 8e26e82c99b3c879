"""A photo as a row of a list, with the `extras` that were asked for, in Flickr's mixed types of numbers."""

from collections.abc import Callable

from sandbox.collection import LEGACY_UPLOAD, Photo
from sandbox.envelope import Payload
from sandbox.filters import place_id, woe_id
from sandbox.owners import Owner
from sandbox.places import PLACES
from sandbox.sizes import ORIGINAL, Rendition, renditions
from sandbox.words import normalise_tag

# Sizes whose shorter side came as a number beside the longer one as a string.
_HALF_NUMBERS = frozenset({"n", "c", "h", "k"})


def photo_row(photo: Photo, extras: str, base: str) -> Payload:
    """Return a row; `base` is the sandbox's own address, in front of every image's."""
    wanted = [extra.strip() for extra in extras.split(",")]
    row: Payload = {
        "id": str(photo.id),
        "owner": photo.owner.nsid,
        "secret": photo.secret,
        "server": str(photo.server),
        "farm": photo.farm,
        "title": photo.title,
        "ispublic": 1,
        "isfriend": 0,
        "isfamily": 0,
    }
    for extra, fields in _EXTRAS.items():
        if extra in wanted:
            row |= fields(photo)
    for rendition in renditions(photo) if "url_" in extras else ():
        name = rendition.size.extra
        if f"url_{name}" in wanted:
            height, width = sides(photo, name, rendition.height, rendition.width)
            row |= {
                f"url_{name}": image_url(photo, rendition, base),
                f"height_{name}": height,
                f"width_{name}": width,
            }
    if "url_o" in wanted and photo.shares_original:
        height, width = sides(photo, "o", photo.height, photo.width)
        row |= {"url_o": image_url(photo, None, base), "height_o": height, "width_o": width}
    return row


def sides(photo: Photo, size: str, height: int, width: int) -> tuple[int | str, int | str]:
    """Return both sides in the types of their time: numbers today, strings and numbers mixed before 2014."""
    if photo.uploaded >= LEGACY_UPLOAD or size == "sq":
        return height, width
    if size in _HALF_NUMBERS:
        return (height, str(width)) if height < width else (str(height), width)
    return str(height), str(width)


def image_url(photo: Photo, rendition: Rendition | None, base: str) -> str:
    """Return the address of a size, or of the original for None."""
    if rendition is None:
        name = f"{photo.id}_{photo.token(ORIGINAL)}_{ORIGINAL}.{photo.format}"
    else:
        suffix = f"_{rendition.size.suffix}" if rendition.size.suffix else ""
        name = f"{photo.id}_{rendition.secret}{suffix}.jpg"
    return f"{base}/static/{photo.server}/{name}"


def media(photo: Photo) -> str:
    """Return Flickr's word for the kind of medium."""
    return "video" if photo.video else "photo"


def dated(photo: Photo, number: int) -> int | str:
    """Return a small number in the type of the photo's time."""
    return number if photo.uploaded >= LEGACY_UPLOAD else str(number)


def degrees(photo: Photo, angle: float) -> float | str:
    """Return a coordinate as a string today, as a number before 2014."""
    return str(angle) if photo.uploaded >= LEGACY_UPLOAD else angle


def icon(owner: Owner) -> Payload:
    """Say where a member's portrait lies."""
    server = owner.icon_server
    return {"iconserver": str(server), "iconfarm": server // 1000 + 1 if server else 0}


def original_format(photo: Photo) -> Payload:
    """Say how the original is addressed, where strangers may have it."""
    if not photo.shares_original:
        return {}
    return {"originalsecret": photo.token(ORIGINAL), "originalformat": photo.format}


def _date_taken(photo: Photo) -> Payload:
    return {
        "datetaken": photo.taken,
        "datetakengranularity": dated(photo, photo.granularity),
        "datetakenunknown": str(int(photo.taken_unknown)),
    }


def _geo(photo: Photo) -> Payload:
    if not photo.geo:
        return {"latitude": 0, "longitude": 0, "accuracy": 0, "context": 0}
    number = PLACES.index(photo.place) if photo.place else None
    return {
        "latitude": degrees(photo, photo.latitude),
        "longitude": degrees(photo, photo.longitude),
        "accuracy": str(photo.accuracy),
        "context": photo.context,
        **({"place_id": place_id(number), "woeid": woe_id(number)} if number is not None else {}),
        "geo_is_family": 0,
        "geo_is_friend": 0,
        "geo_is_contact": 0,
        "geo_is_public": 1,
    }


def _tags(photo: Photo) -> Payload:
    return {"tags": " ".join([*map(normalise_tag, photo.tags), *photo.machine_tags.split()])}


_EXTRAS: dict[str, Callable[[Photo], Payload]] = {
    "description": lambda photo: {"description": {"_content": photo.description}},
    "license": lambda photo: {"license": str(photo.license)},
    "date_upload": lambda photo: {"dateupload": str(photo.uploaded)},
    "date_taken": _date_taken,
    "owner_name": lambda photo: {"ownername": photo.owner.username},
    "icon_server": lambda photo: icon(photo.owner),
    "original_format": original_format,
    "last_update": lambda photo: {"lastupdate": str(photo.updated)},
    "geo": _geo,
    "tags": _tags,
    "machine_tags": lambda photo: {"machine_tags": photo.machine_tags},
    "o_dims": lambda photo: {"o_width": str(photo.width), "o_height": str(photo.height)},
    "views": lambda photo: {"views": str(photo.views)},
    "media": lambda photo: {"media": media(photo), "media_status": "ready"},
    "path_alias": lambda photo: {"pathalias": photo.owner.path_alias},
    "realname": lambda photo: {"realname": photo.owner.realname},
    "safety_level": lambda _photo: {"safety_level": "0"},
    "count_views": lambda photo: {"count_views": str(photo.views)},
    "count_comments": lambda photo: {"count_comments": str(photo.comments)},
    "count_faves": lambda photo: {"count_faves": str(photo.faves)},
    "content_type": lambda photo: {"content_type": str(photo.content_type)},
}
