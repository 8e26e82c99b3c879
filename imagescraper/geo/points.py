"""Points of latitude and longitude, as people write them."""

import re
from dataclasses import dataclass
from typing import Self

from imagescraper.geo.boxes import degrees, divided

REMEDY = "give the latitude and then the longitude, such as 5.84,118.11 or 5°50'N 118°7'E"


@dataclass(frozen=True, slots=True)
class Point:
    """A point in degrees."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        # Written so that NaN is refused too.
        if not (abs(self.latitude) <= 90 and abs(self.longitude) <= 180):
            raise ValueError(f"{self} is no place on Earth: {REMEDY}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read two coordinates, in decimals or in degrees and minutes.

        Without letters the latitude comes first; with N, S, E, W they may change places. Raises ValueError, whose one
        line says what to write instead.
        """
        try:
            parts = divided(text.strip(" ,;"), 2)
            if any(re.search(letters, part) for letters, part in zip(("[EW]", "[NS]"), parts, strict=True)):
                parts.reverse()
            latitude, longitude = map(degrees, parts)
        except ValueError:
            raise ValueError(f"cannot read {text!r} as a point: {REMEDY}") from None
        if re.search("[EW]", parts[0]) or re.search("[NS]", parts[1]):
            raise ValueError(f"one latitude and one longitude are needed in {text!r}: {REMEDY}")
        return cls(latitude, longitude)

    def __str__(self) -> str:
        """Give latitude and longitude with a comma."""
        return f"{self.latitude:.7g},{self.longitude:.7g}"
