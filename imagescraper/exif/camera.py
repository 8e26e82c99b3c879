"""The few facts about camera and exposure that may stand in the open."""

from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any, NamedTuple

_LONGEST_NAME = 64


class Fact(NamedTuple):
    """One plain fact: its name, the EXIF tag it comes from, how it is read, and why it tells nothing personal."""

    name: str
    group: str
    tag: str
    convert: Callable[[Any], Any]
    reason: str


def _text(value: Any) -> str | None:  # noqa: ANN401 -- a tag holds anything
    """Return a product's name in one line; None for what is too long to be one."""
    if not isinstance(value, str):
        return None
    name = " ".join("".join(letter if letter.isprintable() else " " for letter in value).split())
    return name if 0 < len(name) <= _LONGEST_NAME else None


def _number(value: Any) -> float | None:  # noqa: ANN401 -- as above
    """Return a measure above zero."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if isfinite(value) and value > 0 else None


def _count(value: Any) -> int | None:  # noqa: ANN401 -- as above
    number = _number(value)
    return None if number is None else round(number)


def _iso(value: Any) -> int | None:  # noqa: ANN401 -- as above
    """Return the sensitivity; 65535 means that the tag's 16 bits are too few for it."""
    count = _count(value)
    return count if count != 65535 else None


def _fired(value: Any) -> bool | None:  # noqa: ANN401 -- as above
    """Return whether the flash fired: the lowest bit."""
    return bool(value & 1) if isinstance(value, int) else None


def _orientation(value: Any) -> int | None:  # noqa: ANN401 -- as above
    return value if isinstance(value, int) and value in range(1, 9) else None


def _white_balance(value: Any) -> str | None:  # noqa: ANN401 -- as above
    return {0: "auto", 1: "manual"}.get(value) if isinstance(value, int) else None


#: The allow-list: what is not named here is sensitive. Tags after EXIF 2.32; millimetres, seconds.
FACTS = (
    Fact("make", "Image", "Make", _text, "a maker, shared by millions of cameras"),
    Fact("model", "Image", "Model", _text, "a product, shared by thousands of cameras"),
    Fact("lens", "Photo", "LensModel", _text, "a product, shared by thousands of lenses"),
    Fact("aperture", "Photo", "FNumber", _number, "a setting of this exposure"),
    Fact("exposure_time", "Photo", "ExposureTime", _number, "a setting of this exposure"),
    Fact("iso", "Photo", "ISOSpeedRatings", _iso, "a setting of this exposure"),
    Fact("focal_length", "Photo", "FocalLength", _number, "a setting of this exposure"),
    Fact("focal_length_35mm", "Photo", "FocalLengthIn35mmFilm", _count, "the same in another measure"),
    Fact("flash", "Photo", "Flash", _fired, "seen in the picture"),
    Fact("white_balance", "Photo", "WhiteBalance", _white_balance, "a setting with two values"),
    Fact("orientation", "Image", "Orientation", _orientation, "how the camera was held, eight values"),
)


def camera(tags: Mapping[str, Any]) -> dict[str, Any]:
    """Return the allow-listed facts that normalised `tags` hold, by name; what is missing or senseless is left out."""
    exif = tags.get("Exif", {})
    facts = {fact.name: fact.convert(_tag(exif, fact.group, fact.tag)) for fact in FACTS}
    return {name: value for name, value in facts.items() if value is not None}


def _tag(exif: Any, group: str, tag: str) -> Any:  # noqa: ANN401 -- as above
    found = exif.get(group) if isinstance(exif, Mapping) else None
    value = found.get(tag) if isinstance(found, Mapping) else None
    return value[0] if isinstance(value, list) and value else value  # a tag may be written twice, ISO has two values
