"""The methods of Flickr's REST interface."""

import re
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

import numpy as np

from sandbox import details
from sandbox.collection import Collection, Gone, Photo
from sandbox.envelope import Payload, check_format, wrap
from sandbox.errors import ApiError
from sandbox.exif_listing import exif_listing
from sandbox.images import ImageHost
from sandbox.licenses import LICENSES
from sandbox.owners import Owner
from sandbox.rows import photo_row
from sandbox.search import Page, Search

Arguments = Mapping[str, str]

# Any key of word characters will do; "invalid…" is for trying what happens when it does not.
_KEY = re.compile(r"(?!invalid)\w+", re.ASCII)
_GONE = {
    Gone.DELETED: (1, "Photo not found"),
    Gone.REPLACED: (1, "Photo not found"),
    Gone.PRIVATE: (2, "Photo is private"),
    Gone.OWNER_DELETED: (5, "User deleted"),
}


class Rest:
    """Answers REST calls. Every method may be called from several threads."""

    def __init__(self, collection: Collection, search: Search, images: ImageHost) -> None:
        self._all = collection
        self._search = search
        self._images = images
        self._methods: dict[str, Callable[[Arguments, str], Payload]] = {
            "flickr.photos.search": self._photos_search,
            "flickr.photos.getInfo": self._photos_info,
            "flickr.photos.getExif": self._photos_exif,
            "flickr.photos.getSizes": self._photos_sizes,
            "flickr.photos.getAllContexts": self._photos_contexts,
            "flickr.photos.comments.getList": self._photos_comments,
            "flickr.photos.licenses.getInfo": self._licenses,
            "flickr.people.getInfo": self._people_info,
            "flickr.people.getPublicPhotos": self._people_photos,
            "flickr.people.getPhotos": self._people_photos,
            "flickr.people.findByUsername": self._people_by_username,
            "flickr.urls.lookupUser": self._urls_user,
            "flickr.test.echo": self._echo,
        }

    def answer(self, arguments: Arguments, base: str) -> tuple[bytes, str]:
        """Return the body and content type of an answer; `base` is the address the sandbox was called by."""
        try:
            check_format(arguments)
            method = self._methods.get(arguments.get("method", ""))
            if method is None:
                raise ApiError(112, f'Method "{arguments.get("method", "")}" not found')
            if not _KEY.fullmatch(arguments.get("api_key", "")):
                raise ApiError(100, "Invalid API Key (Key has invalid format)")
            return wrap(method(arguments, base), arguments)
        except ApiError as error:
            return wrap(error, arguments)

    def _photos_search(self, arguments: Arguments, base: str) -> Payload:
        found = self._search(arguments)
        # Flickr states the total as a string in one answer and as a number in the next.
        by_position = bool(arguments.get("bbox") or arguments.get("lat"))
        return self._list(found, arguments, base, found.total if by_position else str(found.total))

    def _people_photos(self, arguments: Arguments, base: str) -> Payload:
        self._owner(arguments)
        found = self._search({name: arguments[name] for name in arguments if name in {"user_id", "per_page", "page"}})
        return self._list(found, arguments, base, found.total)

    def _list(self, found: Page, arguments: Arguments, base: str, total: int | str) -> Payload:
        extras = arguments.get("extras", "")
        rows = [photo_row(photo, extras, base) for photo in self._all.photos(found.rows)]
        numbers = {"page": found.page, "pages": found.pages, "perpage": found.per_page, "total": total}
        return {"photos": {**numbers, "photo": rows}}

    def _photos_info(self, arguments: Arguments, base: str) -> Payload:
        photo_id = arguments.get("photo_id", "")
        return details.info(self._photo(arguments, f'Photo "{photo_id}" not found (invalid ID)'), base)

    def _photos_sizes(self, arguments: Arguments, base: str) -> Payload:
        return details.sizes(self._photo(arguments), base)

    def _photos_contexts(self, arguments: Arguments, _base: str) -> Payload:
        self._photo(arguments)
        return {}

    def _photos_comments(self, arguments: Arguments, base: str) -> Payload:
        photo = self._photo(arguments)
        first, last = (arguments.get(name, "") for name in ("min_comment_date", "max_comment_date"))
        limits = {"first": int(first)} if first.isdigit() else {}
        limits |= {"last": int(last)} if last.isdigit() else {}
        return details.comments(photo, self._all, base, **limits)

    def _photos_exif(self, arguments: Arguments, _base: str) -> Payload:
        photo = self._photo(arguments)
        if not photo.owner.shares_exif:
            raise ApiError(2, "Permission denied")
        camera, listed = exif_listing(self._images.original(photo).content)
        identity = {"id": str(photo.id), "secret": photo.secret, "server": str(photo.server), "farm": photo.farm}
        return {"photo": {**identity, "camera": camera, "exif": listed}}

    def _licenses(self, _arguments: Arguments, _base: str) -> Payload:
        listed = [{"id": str(license_.id), "name": license_.name, "url": license_.url} for license_ in LICENSES]
        return {"licenses": {"license": listed}}

    def _people_info(self, arguments: Arguments, base: str) -> Payload:
        number, owner = self._owner(arguments)
        rows = np.flatnonzero(self._all.columns.owner == number)
        return details.person(owner, self._all.photos(rows), base)

    def _people_by_username(self, arguments: Arguments, _base: str) -> Payload:
        owner = next((owner for owner in self._all.owners if owner.username == arguments.get("username")), None)
        if owner is None:
            raise ApiError(1, "User not found")
        return {"user": {"id": owner.nsid, "nsid": owner.nsid, "username": {"_content": owner.username}}}

    def _urls_user(self, arguments: Arguments, _base: str) -> Payload:
        parts = urlsplit(arguments.get("url", "")).path.strip("/").split("/")
        name = parts[1] if len(parts) > 1 else ""
        owner = next((owner for owner in self._all.owners if name in {owner.nsid, owner.path_alias}), None)
        if owner is None:
            raise ApiError(1, "User not found")
        return {"user": {"id": owner.nsid, "username": {"_content": owner.username}}}

    def _echo(self, arguments: Arguments, _base: str) -> Payload:
        return {name: {"_content": value} for name, value in arguments.items()}

    def _photo(self, arguments: Arguments, missing: str = "Photo not found") -> Photo:
        photo = self._all.find(arguments.get("photo_id", ""))
        if photo is None:
            raise ApiError(1, missing)
        if photo.gone is not Gone.NO:
            raise ApiError(*_GONE[photo.gone])
        return photo

    def _owner(self, arguments: Arguments) -> tuple[int, Owner]:
        number = self._all.owner_number.get(arguments.get("user_id", ""))
        if number is None:
            raise ApiError(1, "User not found")
        return number, self._all.owners[number]
