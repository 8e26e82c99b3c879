"""What Flickr is asked, apart from the span of upload time and the page."""

from dataclasses import dataclass, replace

from imagescraper.flickr.api import EXTRAS, MOST_A_PAGE, MOST_A_PAGE_BY_PLACE


@dataclass(frozen=True, slots=True)
class Question:
    """The arguments of flickr.photos.search in the form that Flickr wants them in; None is not asked for.

    `box` is `min_lon,min_lat,max_lon,max_lat`, `near` latitude, longitude and radius in km, `licenses` ids, `taken`
    two MySQL datetimes of the photographer's local time, or None for an open end. `language` says in which languages
    the term is, with commas between, and is not asked for: Flickr has no such argument.
    """

    text: str | None = None
    tags: str | None = None
    tag_mode: str | None = None
    box: str | None = None
    near: tuple[float, float, float] | None = None
    licenses: tuple[int, ...] | None = None
    taken: tuple[str | None, str | None] | None = None
    user: str | None = None
    group: str | None = None
    content: tuple[int, ...] | None = None
    media: str = "photos"
    sort: str = "date-posted-desc"
    language: str | None = None

    @property
    def name(self) -> str:
        """What the question looks for, as people call it; a member is not named, because rows and logs keep it."""
        place = self.box or (f"{self.near[0]:.7g},{self.near[1]:.7g}" if self.near else None)
        return self.text or self.tags or ("a member" if self.user else None) or self.group or place or "everything"

    @property
    def spoken(self) -> list[str]:
        """The term in each of its languages, as in `es:gato`; nothing where languages were not asked for."""
        return [f"{language}:{self.text}" for language in self.language.split(",")] if self.language else []

    @property
    def by_place(self) -> bool:
        """Whether the question names a place; Flickr then answers smaller pages."""
        return self.box is not None or self.near is not None

    @property
    def page_size(self) -> int:
        """The most answers that Flickr gives on one page of this question."""
        return MOST_A_PAGE_BY_PLACE if self.by_place else MOST_A_PAGE

    def arguments(self) -> dict[str, str]:
        """Return the arguments of flickr.photos.search that do not change from page to page."""
        asked: dict[str, str | None] = {
            "text": self.text,
            "tags": self.tags,
            "tag_mode": self.tag_mode,
            "bbox": self.box,
            "license": _listed(self.licenses),
            "content_types": _listed(self.content),
            "user_id": self.user,
            "group_id": self.group,
            "media": self.media,
            "sort": self.sort,
            "extras": ",".join(EXTRAS),
        }
        if self.near:
            asked |= dict(zip(("lat", "lon", "radius"), (f"{part:.7g}" for part in self.near), strict=True))
            asked["radius_units"] = "km"
        if self.by_place:
            asked["has_geo"] = "1"
        if self.taken:
            asked["min_taken_date"], asked["max_taken_date"] = self.taken
        return {name: value for name, value in asked.items() if value is not None}

    def with_licenses(self, licenses: tuple[int, ...]) -> "Question":
        """Return the same question for some licences only."""
        return replace(self, licenses=licenses)

    def with_box(self, box: str) -> "Question":
        """Return the same question for another box."""
        return replace(self, box=box)


def _listed(ids: tuple[int, ...] | None) -> str | None:
    """Return ids as Flickr takes them: with commas."""
    return ",".join(map(str, ids)) if ids else None
