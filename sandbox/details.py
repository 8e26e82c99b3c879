"""What the methods for one photo and one member answer."""

from sandbox.collection import Collection, Photo
from sandbox.comments import comments_on
from sandbox.envelope import Payload
from sandbox.owners import Owner
from sandbox.rows import dated, degrees, icon, image_url, media, original_format, sides
from sandbox.sizes import renditions
from sandbox.words import normalise_tag


def page_url(photo: Photo, base: str) -> str:
    """Return the address of a photo's page."""
    return f"{base}/photos/{photo.owner.path}/{photo.id}/"


def info(photo: Photo, base: str) -> Payload:
    """Answer flickr.photos.getInfo."""
    owner = photo.owner
    payload: Payload = {
        "id": str(photo.id),
        "secret": photo.secret,
        "server": str(photo.server),
        "farm": photo.farm,
        "dateuploaded": str(photo.uploaded),
        "isfavorite": 0,
        "license": str(photo.license),
        "safety_level": "0",
        "rotation": photo.rotation,
        **original_format(photo),
        "owner": {
            "nsid": owner.nsid,
            "username": owner.username,
            "realname": owner.realname,
            "location": f"{owner.home.city}, {owner.home.country}",
            **icon(owner),
            "path_alias": owner.path_alias,
            "gift": {"gift_eligible": True, "eligible_durations": ["year", "month", "week"], "new_flow": True},
        },
        "title": {"_content": photo.title},
        "description": {"_content": photo.description},
        "visibility": {"ispublic": 1, "isfriend": 0, "isfamily": 0},
        "dates": {
            "posted": str(photo.uploaded),
            "taken": photo.taken,
            "takengranularity": dated(photo, photo.granularity),
            "takenunknown": str(int(photo.taken_unknown)),
            "lastupdate": str(photo.updated),
        },
        "views": str(photo.views),
        "editability": {"cancomment": 0, "canaddmeta": 0},
        "publiceditability": {"cancomment": 1, "canaddmeta": 0},
        "usage": {"candownload": int(photo.shares_original), "canblog": 0, "canprint": 0, "canshare": 1},
        "comments": {"_content": str(photo.comments)},
        "notes": {"note": []},
        "people": {"haspeople": 0},
        "tags": {"tag": _tags(photo)},
        **_location(photo),
        "urls": {"url": [{"type": "photopage", "_content": page_url(photo, base)}]},
        "media": media(photo),
    }
    if photo.video:
        width, height = photo.size
        video = {"ready": 1, "failed": 0, "pending": 0, "duration": "23", "width": str(width), "height": str(height)}
        payload["video"] = video
    return {"photo": payload}


def _tags(photo: Photo) -> list[Payload]:
    owner = photo.owner
    tags = [(raw, 0) for raw in photo.tags] + [(raw, 1) for raw in photo.machine_tags.split()]
    return [
        {
            "id": f"{owner.number}-{photo.id}-{1_000 + position}",
            "author": owner.nsid,
            "authorname": owner.username,
            "raw": raw,
            "_content": normalise_tag(raw),
            "machine_tag": is_machine_tag,
        }
        for position, (raw, is_machine_tag) in enumerate(tags)
    ]


def _location(photo: Photo) -> Payload:
    if not photo.geo:
        return {}
    names: Payload = {}
    if photo.place:
        names = {
            "locality": {"_content": photo.place.city},
            "neighbourhood": {"_content": ""},
            "region": {"_content": photo.place.region},
            "country": {"_content": photo.place.country},
        }
    return {
        "location": {
            "latitude": degrees(photo, photo.latitude),
            "longitude": degrees(photo, photo.longitude),
            "accuracy": str(photo.accuracy),
            "context": str(photo.context),
            **names,
        },
        "geoperms": {"ispublic": 1, "iscontact": 0, "isfriend": 0, "isfamily": 0},
    }


def sizes(photo: Photo, base: str) -> Payload:
    """Answer flickr.photos.getSizes."""
    page = page_url(photo, base)
    listed: list[Payload] = []
    for rendition in renditions(photo):
        size = rendition.size
        height, width = sides(photo, size.extra, rendition.height, rendition.width)
        address = f"{page}sizes/{size.page}/"
        source = image_url(photo, rendition, base)
        listed.append(_size(size.label, width, height, source, address, "photo"))
    if photo.video:
        source = f"{base}/apps/video/stewart.swf?v=1710975344&photo_id={photo.id}&photo_secret={photo.secret}"
        listed.append(_size("Video Player", *photo.size, source, page, "video"))
        listed.append(_size("700", "", "", f"{page}play/700/{photo.secret}/", page, "video"))
    if photo.shares_original:
        height, width = sides(photo, "o", photo.height, photo.width)
        source = image_url(photo, None, base)
        listed.append(_size("Original", width, height, source, f"{page}sizes/o/", "photo"))
    can_download = int(photo.shares_original)
    return {"sizes": {"canblog": 0, "canprint": 0, "candownload": can_download, "size": listed}}


def _size(label: str, width: int | str, height: int | str, source: str, page: str, medium: str) -> Payload:
    return {"label": label, "width": width, "height": height, "source": source, "url": page, "media": medium}


def comments(photo: Photo, collection: Collection, base: str, first: int = 0, last: int = 2**62) -> Payload:
    """Answer flickr.photos.comments.getList with the comments made between two moments."""
    listed = [
        {
            "id": comment.id,
            "author": comment.author.nsid,
            "author_is_deleted": int(comment.author_is_deleted),
            "authorname": comment.author.username,
            **icon(comment.author),
            "datecreate": str(comment.created),
            "permalink": f"{page_url(photo, base)}#comment{comment.id.rpartition('-')[2]}",
            "path_alias": comment.author.path_alias,
            "realname": comment.author.realname,
            "_content": comment.text,
        }
        for comment in comments_on(photo, collection)
        if first <= comment.created <= last
    ]
    return {"comments": {"photo_id": str(photo.id), **({"comment": listed} if listed else {})}}


def person(owner: Owner, photos: list[Photo], base: str) -> Payload:
    """Answer flickr.people.getInfo; `photos` are the member's own."""
    stream = f"{base}/photos/{owner.path}/"
    return {
        "person": {
            "id": owner.nsid,
            "nsid": owner.nsid,
            "ispro": 0,
            "is_deleted": 0,
            **icon(owner),
            "path_alias": owner.path_alias,
            "has_stats": 0,
            "has_adfree": 0,
            "has_free_standard_shipping": 0,
            "has_free_educational_resources": 0,
            "username": {"_content": owner.username},
            "realname": {"_content": owner.realname},
            "location": {"_content": f"{owner.home.city}, {owner.home.country}"},
            "description": {"_content": ""},
            "photosurl": {"_content": stream},
            "profileurl": {"_content": f"{base}/people/{owner.path}/"},
            "mobileurl": {"_content": stream},
            "photos": {
                "firstdatetaken": {"_content": min((photo.taken for photo in photos), default=None)},
                "firstdate": {"_content": min((str(photo.uploaded) for photo in photos), default=None)},
                "count": {"_content": len(photos)},
            },
        }
    }
