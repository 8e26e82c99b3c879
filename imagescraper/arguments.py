"""What a user may ask a spider: typed arguments, each with an example, and one clear line when one is wrong."""

import difflib
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, NonNegativeFloat, PositiveInt, ValidationError

from imagescraper.exceptions import WrongUse
from imagescraper.geo.boxes import Box


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


def pairs(value: object) -> dict[str, str]:
    """Read a mapping from its text: label=noun, with commas between."""
    if isinstance(value, dict):
        return value
    mapping: dict[str, str] = {}
    for pair in str(value).split(","):
        label, equals, noun = (part.strip() for part in pair.partition("="))
        if not (label and equals and noun):
            raise ValueError("each part must be a label, =, and what it means")
        mapping[label] = noun
    return mapping


def _box(value: object) -> object:
    """Read a box from its text."""
    return Box.parse(value) if isinstance(value, str) else value


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
    scorer: Literal["local", "google"] = Field(
        "local",
        description="local: the classifier on this machine; google: Google Cloud Vision, which costs money",
        examples=["google"],
    )
    score_as: Annotated[dict[str, str], BeforeValidator(pairs)] = Field(
        default_factory=dict,
        description="what labels mean in English, where the scorer would not know",
        examples=["mono=monkey,猿=ape"],
    )
    max_cost: NonNegativeFloat | None = Field(
        None,
        description="with scorer=google: dollars after which no more photos are sent",
        examples=["5"],
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
        """The boxes to ask Flickr for: two for one that crosses 180°, a single None for the whole world."""
        return [str(part) for part in self.bbox.split()] if self.bbox else [None]

    def described(self) -> dict[str, str]:
        """Return the arguments that were given, for the report."""
        given = self.model_dump(exclude_none=True, exclude_defaults=True)
        return {name: _text(value) for name, value in given.items()}


def _text(value: object) -> str:
    """Return an argument as it would be given."""
    if isinstance(value, dict):
        return ",".join(f"{label}={noun}" for label, noun in value.items())
    return "|".join(value) if isinstance(value, tuple) else str(value)
