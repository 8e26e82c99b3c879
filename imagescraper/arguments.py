"""What a user may ask a spider: typed arguments, each with an example, and one clear line when one is wrong."""

import difflib
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PositiveInt, ValidationError

from imagescraper.exceptions import WrongUse
from imagescraper.flickr.question import Question
from imagescraper.geo.areas import Area, CountryArea, PolygonArea
from imagescraper.geo.boxes import Box
from imagescraper.geo.places import shared


def _split(separator: str) -> BeforeValidator:
    """Return a validator that takes a text apart, and leaves no part empty."""

    def split(value: object) -> object:
        if not isinstance(value, str):
            return value
        parts = [part.strip() for part in value.split(separator)]
        if not all(parts):
            raise ValueError(f"there is an empty part around {separator!r}")
        return tuple(dict.fromkeys(parts))

    return BeforeValidator(split)


def _box(value: object) -> object:
    """Read a box from its text."""
    return Box.parse(value) if isinstance(value, str) else value


def _countries(value: object) -> object:
    """Read the names of countries."""
    return CountryArea.parse(value, shared()) if isinstance(value, str) else value


def _polygon(value: object) -> object:
    """Read a GeoJSON file by its path."""
    return PolygonArea.read(Path(value)) if isinstance(value, str) else value


class FlickrArguments(BaseModel):
    """Arguments of `scrapy crawl flickr`, given as `-a name=value`."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    term: Annotated[tuple[str, ...], _split("|")] = Field(
        description="what to search for; several terms with | between them",
        examples=["monkey wild", "monkey|mono|singe"],
    )
    bbox: Annotated[Box | None, BeforeValidator(_box)] = Field(
        None,
        description="only photos taken in this box: west south east north, in degrees",
        examples=["116 4 127 22", "116°40'E 4°40'N 126°34'E 21°10'N"],
    )
    country: Annotated[CountryArea | None, BeforeValidator(_countries)] = Field(
        None,
        description="only photos taken in this country, by its borders; several with | between them",
        examples=["Philippines", "Filipinas", "PH", "France|Réunion"],
    )
    polygon: Annotated[PolygonArea | None, BeforeValidator(_polygon)] = Field(
        None,
        description="only photos taken in the polygons of this GeoJSON file",
        examples=["area.geojson"],
    )
    limit: PositiveInt | None = Field(None, description="stop after so many photos", examples=["100"])
    size: Literal["original", "none"] = Field(
        "original",
        description="original: the best picture there is; none: metadata without pictures",
        examples=["none"],
    )
    labels: Annotated[tuple[str, ...] | None, _split(",")] = Field(
        None,
        description="what to look for in the pictures; the words of the term if not given",
        examples=["monkey,cage"],
    )

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
        name = str(first["loc"][0])
        if first["type"] == "extra_forbidden":
            near = difflib.get_close_matches(name, cls.model_fields, n=1)
            guess = f"; did you mean {near[0]}?" if near else f"; there are {', '.join(cls.model_fields)}"
            return f"there is no argument {name}{guess}"
        example = f'-a {name}="{(cls.model_fields[name].examples or [""])[0]}"'
        if first["type"] == "missing":
            return f"the argument {name} is missing: write {example}"
        message = first["msg"].removeprefix("Value error, ")
        return f"the argument {name} is wrong: {message}; write for example {example}"

    @property
    def boxes(self) -> list[str | None]:
        """The boxes to ask Flickr for, none across 180°; a single None for the whole world."""
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

    def questions(self) -> list[Question]:
        """Return what Flickr is to be asked: each term, in each box."""
        return [Question(text=term, box=box) for term in self.term for box in self.boxes]

    def described(self) -> dict[str, str]:
        """Return the arguments that were given, for the report."""
        fields = type(self).model_fields.items()
        given = {name: getattr(self, name) for name, field in fields if getattr(self, name) != field.default}
        return {name: "|".join(value) if isinstance(value, tuple) else str(value) for name, value in given.items()}
