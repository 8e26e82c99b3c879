"""Boxes of longitude and latitude, as people write them and as Flickr wants them."""

import math
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Self

import lat_lon_parser

REMEDY = "give min_lon,min_lat,max_lon,max_lat, such as 116,4,127,22 or 116°40'E 4°40'N 126°34'E 21°10'N"

NUMBER = re.compile(r"[-+−]?\d+(?:[.,]\d+)?")
COORDINATE = re.compile(r"""[-+−]?[NSEW]?\s*\d[\d\s.,°ºd'′’m"″”s]*[NSEW]?""")
LETTER_BEHIND = re.compile(r"[^NSEW]+[NSEW]")
LETTER_BEFORE = re.compile(r"[NSEW][^NSEW]+")


@dataclass(frozen=True, slots=True)
class Box:
    """A box in degrees; one whose west is greater than its east crosses 180°."""

    west: float
    south: float
    east: float
    north: float

    def __post_init__(self) -> None:
        longitudes, latitudes = (self.west, self.east), (self.south, self.north)
        if not all(map(math.isfinite, longitudes + latitudes)):
            raise ValueError(f"a box needs four finite numbers: {REMEDY}")
        if any(abs(longitude) > 180 for longitude in longitudes):
            raise ValueError(f"longitude beyond 180 degrees in {self}: {REMEDY}")
        if any(abs(latitude) > 90 for latitude in latitudes):
            raise ValueError(f"latitude beyond 90 degrees in {self}: {REMEDY}")
        if self.south > self.north:
            raise ValueError(f"min_lat {self.south:g} is above max_lat {self.north:g}: swap the two latitudes")
        if not any(longitudes + latitudes):
            raise ValueError(f"a box of four zeros is no place: {REMEDY}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read four coordinates divided by blanks, commas or semicolons, in decimals or in degrees and minutes.

        Without letters the order is min_lon, min_lat, max_lon, max_lat; with N, S, E, W, latitudes and longitudes may
        change places. Raises ValueError, whose one line says what to write instead.
        """
        parts = divided(text.strip(" ,;"), 4)
        if len(parts) != 4:
            raise ValueError(f"{len(parts)} coordinates in {text!r}: {REMEDY}")
        if not re.search("[NSEW]", text):
            west, south, east, north = map(degrees, parts)
            return cls(west, south, east, north)
        longitudes = [degrees(part) for part in parts if re.search("[EW]", part)]
        latitudes = [degrees(part) for part in parts if re.search("[NS]", part)]
        if len(longitudes) != 2 or len(latitudes) != 2:
            raise ValueError(f"two longitudes (E, W) and two latitudes (N, S) are needed in {text!r}: {REMEDY}")
        return cls(longitudes[0], latitudes[0], longitudes[1], latitudes[1])

    def __str__(self) -> str:
        """Give Flickr's form, min_lon,min_lat,max_lon,max_lat, without exponents."""
        edges = self.west, self.south, self.east, self.north
        return ",".join(f"{Decimal(repr(float(edge))).normalize() + 0:f}" for edge in edges)

    def split(self) -> list[Self]:
        """Give the one or two boxes, neither crossing 180°, that cover the same points: Flickr takes no others."""
        if self.west <= self.east:
            return [self]
        return [replace(self, east=180), replace(self, west=-180)]


def divided(text: str, count: int) -> list[str]:
    """Divide a text into coordinates, `count` of them if it can be; a comma is a decimal sign where blanks divide."""
    if re.search("[NSEW]", text):
        pattern = LETTER_BEFORE if text[0] in "NSEW" else LETTER_BEHIND
        parts = pattern.findall(text)
        if "".join(parts) != text:
            raise ValueError(f"some of {text!r} has a letter N, S, E, W and some has none: {REMEDY}")
        return [part.strip(" ,;\t") for part in parts]
    by_blanks = [part.rstrip(",;") for part in text.split()]
    if len(by_blanks) == count and all(map(NUMBER.fullmatch, by_blanks)):
        return by_blanks
    for divider in ";", ",", None:
        parts = text.split(divider)
        if len(parts) > 1:
            return [part.strip() for part in parts]
    return parts


def degrees(part: str) -> float:
    """Read one coordinate; a bare number needs no sign of degrees, minutes do."""
    if NUMBER.fullmatch(part):
        return float(part.replace(",", ".").replace("−", "-"))
    if re.search("[-−]", part) and re.search("[NSEW]", part):
        raise ValueError(f"{part!r} has both a sign and a letter: keep one of them")
    # The parser skips words it does not know and reads a lone "4s" as 4° S, so it sees only what it cannot mistake.
    if not COORDINATE.fullmatch(part) or not re.search("[NSEW°º]", part):
        raise ValueError(f"cannot read {part!r} as degrees: {REMEDY}")
    try:
        return float(lat_lon_parser.parse(part))
    except ValueError as error:
        raise ValueError(f"cannot read {part!r} as degrees: {REMEDY}") from error
