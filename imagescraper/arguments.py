"""What a user may ask a spider: typed arguments, each with an example, and one clear line when one is wrong."""

import difflib
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    NonNegativeFloat,
    PositiveInt,
    ValidationError,
    model_validator,
)

from imagescraper.exceptions import WrongUse
from imagescraper.flickr.asking import Span, content_ids, license_ids
from imagescraper.flickr.question import Question
from imagescraper.flickr.windows import BEGINNING, Window
from imagescraper.geo.areas import Area, CountryArea, PolygonArea
from imagescraper.geo.boxes import Box
from imagescraper.geo.places import shared
from imagescraper.geo.points import Point
from imagescraper.vision.concepts import words
from imagescraper.wikidata import LARGEST, Word

#: One of these at least says what is searched for; the others only narrow it down.
WHAT = ("term", "tags", "user", "group", "bbox", "country", "polygon", "near")

#: Flickr's limits, from the description of flickr.photos.search: kilometres around a point, and tags that must all be
#: there.
MOST_KILOMETRES = 32
MOST_TAGS = 20

#: Kilometres around a point if nothing is said: Flickr's own default.
KILOMETRES = 5.0

#: Arguments that say how a search is made or what is done with its photos, not what is searched for.
UNSEARCHED = frozenset({"refresh", "labels", "scorer", "score_as", "max_cost"})

#: Arguments of which several are given with a | between them; others have commas.
BARS = ("term", "entity")


def _read(reader: Callable[[str], Any]) -> BeforeValidator:
    """Return a validator that reads a value from its text."""
    return BeforeValidator(lambda value: reader(value) if isinstance(value, str) else value)


def _split(separator: str) -> Callable[[str], tuple[str, ...]]:
    """Return a function that takes a text apart, and leaves no part empty and none twice."""

    def split(text: str) -> tuple[str, ...]:
        parts = [part.strip() for part in text.split(separator)]
        if not all(parts):
            raise ValueError(f"there is an empty part around {separator!r}")
        return tuple(dict.fromkeys(parts))

    return split


def _languages(text: str) -> tuple[str, ...]:
    """Return language codes; `all` stands for the largest."""
    codes: list[str] = []
    for code in map(str.lower, _split(",")(text)):
        if code != "all" and not re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]+)*", code):
            raise ValueError(f"{code!r} is no language code")
        codes.extend(LARGEST if code == "all" else [code])
    return tuple(dict.fromkeys(codes))


def _entities(text: str) -> tuple[str, ...]:
    """Return numbers of Wikidata's items."""
    numbers = tuple(part.strip().upper() for part in text.split("|"))
    if not all(re.fullmatch(r"Q[1-9]\d*", number) for number in numbers):
        raise ValueError("an item of Wikidata is a Q and a number")
    return numbers


def _nsid(text: str) -> str:
    """Return the id of a member or a group."""
    if not re.fullmatch(r"\d+@N\d\d", text.strip()):
        raise ValueError("an NSID is wanted, not a name: flickr.urls.lookupUser and lookupGroup tell it")
    return text.strip()


Texts = tuple[str, ...]


def _countries(text: str) -> CountryArea:
    """Read the names of countries."""
    return CountryArea.parse(text, shared())


def _polygon(text: str) -> PolygonArea:
    """Read a GeoJSON file by its path."""
    return PolygonArea.read(Path(text))


def pairs(text: str) -> dict[str, str]:
    """Read a mapping from its text: label=noun, with commas between."""
    mapping: dict[str, str] = {}
    for pair in text.split(","):
        label, equals, noun = (part.strip() for part in pair.partition("="))
        if not (label and equals and noun):
            raise ValueError("each part must be a label, =, and what it means")
        mapping[label] = noun
    return mapping


class FlickrArguments(BaseModel):
    """Arguments of `scrapy crawl flickr`, given as `-a name=value`."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    term: Annotated[Texts, _read(_split("|"))] = Field(
        (),
        description="what to search for, in title, description and tags; several terms with | between them; "
        "-word excludes",
        examples=["monkey wild", "monkey|mono|singe"],
    )
    languages: Annotated[Texts, _read(_languages)] = Field(
        (),
        description="search the term in these languages too, with Wikidata's words; all: " + " ".join(LARGEST),
        examples=["es,fr,ja", "all"],
    )
    entity: Annotated[Texts, _read(_entities)] = Field(
        (),
        description="what the term means, as an item of Wikidata, for languages; one for each term",
        examples=["Q1367"],
    )
    tags: Annotated[Texts, _read(_split(","))] = Field(
        (), description="only photos with these tags; -tag excludes", examples=["macaque,zoo"]
    )
    tag_mode: Literal["any", "all"] | None = Field(
        None, description="whether any of the tags is enough (the default), or all must be there", examples=["all"]
    )
    bbox: Annotated[Box | None, _read(Box.parse)] = Field(
        None,
        description="only photos taken in this box: west, south, east, north; also across 180°",
        examples=["116 4 127 22", "116°40'E 4°40'N 126°34'E 21°10'N"],
    )
    country: Annotated[CountryArea | None, _read(_countries)] = Field(
        None,
        description="only photos taken in this country, by its borders; several with | between them",
        examples=["Philippines", "Filipinas", "PH", "France|Réunion"],
    )
    polygon: Annotated[PolygonArea | None, _read(_polygon)] = Field(
        None,
        description="only photos taken in the polygons of this GeoJSON file",
        examples=["area.geojson"],
    )
    near: Annotated[Point | None, _read(Point.parse)] = Field(
        None,
        description="only photos taken around this point: latitude, longitude",
        examples=["5.84,118.11", "5°50'N 118°7'E"],
    )
    radius: float | None = Field(
        None,
        description=f"kilometres around near, less than {MOST_KILOMETRES}; {KILOMETRES:g} if not given",
        examples=["10"],
        gt=0,
        lt=MOST_KILOMETRES,
    )
    taken: Annotated[Span | None, _read(Span.parse_local)] = Field(
        None,
        description="only photos taken then, by the photographer's clock: ISO dates, or ranges",
        examples=["2015", "2015-01-01..2016-06-30"],
    )
    uploaded: Annotated[Span | None, _read(Span.parse)] = Field(
        None, description="only photos uploaded then, in UTC: ISO dates, or ranges", examples=["2020-03..", "2015"]
    )
    license: Annotated[tuple[int, ...] | None, _read(license_ids)] = Field(
        None,
        description="any, cc (Creative Commons), cc-by, commercial (commercial use allowed), pd (public domain), "
        "names, or Flickr's ids",
        examples=["cc", "cc-by,pd", "4,11"],
    )
    sort: Literal[
        "date-posted-desc", "date-posted-asc", "date-taken-desc", "date-taken-asc", "interestingness-desc",
        "interestingness-asc", "relevance",
    ] = Field(
        "date-posted-desc",
        description="which photos come first, for a search with a limit",
        examples=["interestingness-desc"],
    )  # fmt: skip
    media: Literal["photos", "videos", "all"] = Field(
        "photos", description="photos, videos (of which the still picture is kept), or all", examples=["all"]
    )
    content: Annotated[tuple[int, ...] | None, _read(content_ids)] = Field(
        None,
        description="kinds of picture: photos, screenshots, other, virtual; all if not given",
        examples=["photos"],
    )
    user: Annotated[str | None, _read(_nsid)] = Field(
        None, description="only photos of this member, by NSID", examples=["66956608@N06"]
    )
    group: Annotated[str | None, _read(_nsid)] = Field(
        None, description="only photos in this group's pool, by NSID", examples=["34427469792@N01"]
    )
    limit: PositiveInt | None = Field(
        None, description="stop after so many photos, the newest first unless sort says otherwise", examples=["100"]
    )
    size: Literal["original", "none"] = Field(
        "original",
        description="original, the best picture there is, or none, metadata without pictures",
        examples=["none"],
    )
    labels: Annotated[Texts | None, _read(_split(","))] = Field(
        None,
        description="what to look for in the pictures; the words of the term if not given",
        examples=["monkey,cage"],
    )
    scorer: Literal["local", "google"] = Field(
        "local",
        description="local: the classifier on this machine; google: Google Cloud Vision, which costs money",
        examples=["google"],
    )
    score_as: Annotated[dict[str, str], _read(pairs)] = Field(
        default_factory=dict,
        description="what labels mean in English, where the scorer would not know",
        examples=["mono=monkey,猿=ape"],
    )
    max_cost: NonNegativeFloat | None = Field(
        None,
        description="with scorer=google: dollars after which no more photos are sent",
        examples=["5"],
    )
    refresh: bool = Field(
        False,  # noqa: FBT003 -- a field's default
        description="1 asks again for everything, also what an earlier run of this search finished",
        examples=["1"],
    )

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        """Refuse arguments that mean nothing without, or beside, one another."""
        for wrong, line in (
            (not any(getattr(self, name) for name in WHAT), f"nothing is asked for: give one of {', '.join(WHAT)}"),
            (self.near and self.bbox, "near and bbox cannot be asked together: leave one of them out"),
            (self.radius and not self.near, "radius needs a point: add near"),
            (self.tag_mode and not self.tags, "tag_mode needs tags: add tags"),
            (
                self.tag_mode == "all" and len(self.tags) > MOST_TAGS,
                f"Flickr takes {MOST_TAGS} tags with tag_mode=all",
            ),
            (self.languages and not self.term, "languages need a term: add term"),
            (self.entity and not self.languages, "entity needs languages: add languages"),
            (self.entity and len(self.entity) != len(self.term), "entity: as many are wanted as there are terms"),
        ):
            if wrong:
                raise ValueError(line)
        return self

    @classmethod
    def read(cls, given: dict[str, str]) -> Self:
        """Check the arguments of a command line; names that begin with _ belong to job runners and are left out.

        Raises:
            WrongUse: one line that names the argument and the remedy.

        """
        try:
            return cls(**{name: value for name, value in given.items() if not name.startswith("_")})
        except ValidationError as error:
            raise WrongUse(cls._explain(error)) from None

    @classmethod
    def _explain(cls, error: ValidationError) -> str:
        """Return what is wrong with the first wrong argument, and how to write it."""
        first = error.errors()[0]
        message = first["msg"].removeprefix("Value error, ")
        if not first["loc"]:
            return f'{message}; write for example -a term="monkey wild", or -a help=1 for all arguments'
        name = str(first["loc"][0])
        if first["type"] == "extra_forbidden":
            near = difflib.get_close_matches(name, cls.model_fields, n=1)
            guess = f"; did you mean {near[0]}?" if near else f"; there are {', '.join(cls.model_fields)}"
            return f"there is no argument {name}{guess}"
        return f"the argument {name} is wrong: {message}; write for example {cls._example(name)}"

    @classmethod
    def _example(cls, name: str) -> str:
        """Return an argument as it is written on a command line."""
        return f'-a {name}="{(cls.model_fields[name].examples or [""])[0]}"'

    @classmethod
    def help(cls) -> str:
        """Return all arguments, each with what it means and an example."""
        lines = ["Arguments of scrapy crawl flickr and scrapy plan flickr, each given as -a name=value:", ""]
        for name, field in cls.model_fields.items():
            lines += [f"  {name:<10} {field.description}", f"  {'':<10} {cls._example(name)}"]
        return "\n".join(lines) + "\n"

    @property
    def boxes(self) -> list[str | None]:
        """The boxes to ask Flickr for, none across 180°; a single None for the whole world."""
        if self.near:
            return [None]
        if self.bbox:
            return [str(part) for part in self.bbox.split()]
        return [str(box) for box in self.areas[-1].boxes] if self.areas else [None]

    @property
    def areas(self) -> list[Area]:
        """The areas in all of which a photo must lie."""
        return [area for area in (self.country, self.polygon) if area]

    @property
    def remarks(self) -> list[str]:
        """What a user should know about the arguments, a line each."""
        without = self.country.left_out if self.country else []
        return [f"without {', '.join(without)}: ask for them by name"] if without else []

    @property
    def looked_for(self) -> Texts:
        """What the pictures are scored for: the labels, or else the words of the terms."""
        return self.labels or tuple(dict.fromkeys(word for term in self.term for word in words(term)))

    def questions(self, translated: Sequence[Word] = ()) -> list[Question]:
        """Return what Flickr is to be asked: each term, or each word it was translated into, in each box."""
        radius = self.radius or KILOMETRES
        asked = Question(
            tags=",".join(self.tags) or None,
            tag_mode=self.tag_mode,
            near=(self.near.latitude, self.near.longitude, radius) if self.near else None,
            licenses=self.license,
            taken=self.taken.datetimes if self.taken else None,
            user=self.user,
            group=self.group,
            content=self.content,
            media=self.media,
            sort=self.sort,
        )
        asking = [replace(asked, text=word.text, language=",".join(word.languages)) for word in translated]
        if not translated:
            asking = [replace(asked, text=term) for term in self.term] or [asked]
        return [replace(question, box=box) for question in asking for box in self.boxes]

    def span(self, now: int) -> tuple[int, int]:
        """Return the first and the last second of upload to ask for, up to now (Unix times).

        Raises:
            WrongUse: if `uploaded` lies after that.

        """
        first, last = self.uploaded.seconds if self.uploaded else (None, None)
        first, last = max(first or BEGINNING, BEGINNING), min(last or now, now)
        if first > last:
            raise WrongUse(f"the argument uploaded is wrong: {self.uploaded} holds no time in which Flickr was there")
        return first, last

    def windows(self, now: int, translated: Sequence[Word] = ()) -> list[Window]:
        """Return each question for the whole span; raises WrongUse as `span` does."""
        return [Window(question, *self.span(now)) for question in self.questions(translated)]

    def searched(self) -> dict[str, str]:
        """Return what makes a search the same search; not how it is to be made, nor what is done with its photos."""
        asked = self.described() | ({"user": self.user} if self.user else {})
        return {name: value for name, value in asked.items() if name not in UNSEARCHED}

    def described(self) -> dict[str, str]:
        """Return the arguments that were given, as they can be given again; a member is not named."""
        given = {
            name: _text(name, getattr(self, name))
            for name, field in type(self).model_fields.items()
            if getattr(self, name) != field.get_default(call_default_factory=True, validated_data={})
        }
        return given | ({"user": "a member"} if self.user else {})


def _text(name: str, value: object) -> str:
    """Return an argument as it would be given."""
    if isinstance(value, dict):
        return ",".join(f"{label}={noun}" for label, noun in value.items())
    return ("|" if name in BARS else ",").join(map(str, value)) if isinstance(value, tuple) else str(value)
