"""The one object that travels from the spider to the store, and the one table of its fields."""

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

#: `Photo` has a field named bytes, after which the built-in is out of reach in its body.
Blob = bytes

#: The column names of the original Smart Image Scraper, in its order; `export --columns classic` writes exactly these.
#: A "<label> prediction score" column follows for every label.
CLASSIC_COLUMNS = (
    "search term", "date of download", "time of download", "filename", "link", "title", "description", "date taken",
    "owner name", "path alias", "owner", "latitude", "longitude", "country", "city", "machine tags", "views", "tags",
    "exif data",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """What the rest of the project may know about one field of a photo."""

    name: str
    label: str
    group: str
    about: str
    type: str
    #: Sealed before it is stored; never in a log, an index, a viewer's page or an export without the key.
    sensitive: bool = False
    #: Needed only by the stages that follow; never stored.
    transient: bool = False
    #: Stored beside the row, because it is large and seldom read.
    apart: bool = False
    #: A plain column of its own in the embedded store, and an index in both stores.
    indexed: bool = False
    #: A list whose values add up when the same photo is found again.
    merged: bool = False


def _column(group: str, label: str, about: str, *, default: Callable[[], Any] | None = None, **traits: bool) -> Any:  # noqa: ANN401 -- dataclasses.field() is typed as whatever the attribute is
    """Describe one field of `Photo`: its group, its label for people, and its traits (see `Field`)."""
    metadata = {"group": group, "label": label, "about": about, **traits}
    if default is None:
        return field(default=None, metadata=metadata)
    return field(default_factory=default, metadata=metadata)


@dataclass(slots=True, repr=False)
class Photo:
    """One photo: what the search said of it, and what each stage of the pipeline added.

    Fields that are not known are None, never a stand-in value; lists and mappings are empty.
    """

    source: str = field(metadata={"group": "identity", "label": "source", "about": "where it was found: flickr"})
    photo_id: str = field(metadata={"group": "identity", "label": "photo id", "about": "the source's own id"})

    page_url: str | None = _column("identity", "page", "the photo's page, addressed by photo id and never by owner")
    link: str | None = _column("identity", "link", "address of the picture that was downloaded")
    media: str | None = _column("identity", "media", "photo or video")
    license: str | None = _column(
        "identity", "license", "licence, as in cc-by-2.0 or all-rights-reserved", indexed=True
    )
    license_url: str | None = _column("identity", "license url", "address of the licence's text")
    credit: str | None = _column("identity", "credit", "credit line without the owner's name")

    search_terms: list[str] = _column(
        "how found", "search term", "every term that found it", default=list, merged=True
    )
    search_languages: list[str] = _column(
        "how found",
        "search language",
        "every term that found it with its language, as in es:gato, where languages were asked for",
        default=list,
        merged=True,
    )
    run_ids: list[str] = _column("how found", "runs", "every run that found it", default=list, merged=True)
    downloaded_at: datetime | None = _column("how found", "downloaded at", "time of download, UTC")

    title: str | None = _column("words", "title", "title, owner's names replaced")
    description: str | None = _column("words", "description", "description as text, owner's names replaced")
    tags: list[str] = _column("words", "tags", "the source's normalised tags", default=list)
    machine_tags: list[str] = _column("words", "machine tags", "namespace:predicate=value tags", default=list)
    scrubbed: dict[str, Any] | None = _column(
        "words",
        "scrubbed words",
        "true wording of the words above where an owner's name stood in them",
        sensitive=True,
    )

    owner_name: str | None = _column("owner", "owner name", "the owner's display name", sensitive=True)
    path_alias: str | None = _column("owner", "path alias", "the owner's name in addresses", sensitive=True)
    owner: str | None = _column("owner", "owner", "the owner's id (NSID)", sensitive=True)
    owner_key: str | None = _column(
        "owner",
        "owner key",
        "keyed pseudonym of the owner, 32 hex digits: the same owner has the same key",
        indexed=True,
    )

    date_taken: datetime | None = _column(
        "when", "date taken", "the camera's clock, zone unknown, written as if UTC; null where unknown", indexed=True
    )
    date_taken_granularity: int | None = _column(
        "when", "date taken granularity", "0 to the second, 4 to the month, 6 to the year, 8 circa"
    )
    date_uploaded: datetime | None = _column("when", "date uploaded", "time of upload, UTC", indexed=True)

    latitude: float | None = _column("where", "latitude", "degrees north", indexed=True)
    longitude: float | None = _column("where", "longitude", "degrees east", indexed=True)
    accuracy: int | None = _column("where", "accuracy", "Flickr's accuracy, 1 (world) to 16 (street)")
    coordinate_uncertainty_m: int | None = _column("where", "coordinate uncertainty", "the accuracy in metres")
    location: dict[str, Any] | None = _column("where", "location", "GeoJSON point, WGS 84")
    country_code: str | None = _column("where", "country code", "ISO 3166-1 alpha-2", indexed=True)
    country: str | None = _column("where", "country", "country by the point's polygon", indexed=True)
    city: str | None = _column("where", "city", "nearest city of that country within 50 km")
    country_uncertain: bool | None = _column("where", "country uncertain", "two sources of borders disagree here")

    views: int | None = _column("popularity", "views", "views when it was found", indexed=True)
    faves: int | None = _column("popularity", "faves", "favourites when it was found")
    comment_count: int | None = _column("popularity", "comment count", "comments when it was found")

    filename: str | None = _column("file", "filename", "name of the stored picture below IMAGES_STORE")
    width: int | None = _column("file", "width", "pixels, upright")
    height: int | None = _column("file", "height", "pixels, upright")
    bytes: int | None = _column("file", "bytes", "size as downloaded")
    sha256: str | None = _column("file", "sha256", "of the bytes as downloaded", indexed=True)
    dhash: str | None = _column("file", "dhash", "64-bit difference hash, 16 hex digits")
    renditions: dict[str, str] = _column("file", "renditions", "names of thumbnail and preview", default=dict)

    exif: dict[str, Any] | None = _column(
        "camera", "exif data", "all metadata of the file, and how its position compares", sensitive=True
    )
    exif_source: str | None = _column("camera", "exif source", "file, or none")
    camera: dict[str, Any] = _column("camera", "camera", "plain, allow-listed facts about the camera", default=dict)

    scores: list[dict[str, Any]] = _column(
        "scores", "scores", "for each label: value 0 to 1 or null (cannot say), scorer, coverage", default=list
    )
    annotations: dict[str, Any] | None = _column(
        "scores", "annotations", "all that Google said: labels, objects with their boxes, safe search"
    )
    embedding: Blob | None = _column(
        "scores", "embedding", "how the local scorer sees it: 1,280 half-precision numbers", apart=True
    )

    state: str = field(
        default="found", metadata={"group": "state", "label": "state", "about": "found, or stored", "indexed": True}
    )
    errors: list[str] = _column("state", "errors", "what went wrong with a part of this photo", default=list)

    sizes: list[str] = _column("file", "sizes", "addresses of the picture, best first", default=list, transient=True)
    data: Blob | None = _column("file", "data", "the bytes as downloaded", sensitive=True, transient=True)
    preview: Blob | None = _column("file", "preview", "the 640 px rendition, the scorer's input", transient=True)
    segments: Blob | None = _column(
        "file", "metadata segments", "what was cut out of the picture; with it, the downloaded bytes come back",
        sensitive=True, apart=True,
    )  # fmt: skip

    @property
    def id(self) -> str:
        """The row's key in every store: source and photo id."""
        return f"{self.source}:{self.photo_id}"

    def document(self) -> dict[str, Any]:
        """Return the row as it is stored: `_id`, and every field that is neither transient nor kept apart."""
        return {"_id": self.id} | {name: getattr(self, name) for name in STORED}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "Photo":
        """Return the photo of a stored row; keys that are no fields are left out."""
        return cls(**{name: value for name, value in document.items() if name in FIELDS})

    def forget(self) -> None:
        """Drop what only the stages so far needed."""
        blank = Photo(self.source, self.photo_id)
        for name in TRANSIENT:
            setattr(self, name, getattr(blank, name))

    def __repr__(self) -> str:
        """Show the id and the state, and nothing else: a repr ends in logs."""
        return f"<Photo {self.id} {self.state}>"


def _type_name(annotation: object) -> str:
    """Return the short name of a field's type for people: text, whole number, list of text."""
    options = [option for option in typing.get_args(annotation) if option is not types.NoneType]
    if isinstance(annotation, types.UnionType):
        return _type_name(options[0])
    origin = typing.get_origin(annotation)
    if origin is list:
        return "list of " + _type_name(options[0])
    if origin is dict:
        return "mapping"
    names = {str: "text", int: "whole number", float: "number", bool: "yes or no", datetime: "time", bytes: "bytes"}
    return names[typing.cast("type", annotation)]


#: Every field of `Photo` by name. Indexes, columns, labels, the data-format page and the privacy rules come from here.
FIELDS: dict[str, Field] = {
    entry.name: Field(name=entry.name, type=_type_name(entry.type), **entry.metadata)
    for entry in dataclasses.fields(Photo)
}

#: Names of the fields that make the stored row, in order.
STORED = tuple(name for name, entry in FIELDS.items() if not entry.transient and not entry.apart)
TRANSIENT = tuple(name for name, entry in FIELDS.items() if entry.transient)
#: Names of the fields that are sealed, the stored ones and the one kept apart.
SEALED = tuple(name for name, entry in FIELDS.items() if entry.sensitive and not entry.transient)
INDEXED = tuple(name for name, entry in FIELDS.items() if entry.indexed)
MERGED = tuple(name for name, entry in FIELDS.items() if entry.merged)
