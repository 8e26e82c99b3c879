"""Where a photo was taken, by its own file."""

from collections.abc import Mapping
from typing import Any

_SIXTIETHS = (1, 60, 3600)
_HEMISPHERES = {"N": 1, "S": -1, "E": 1, "W": -1}


def gps(tags: Mapping[str, Any]) -> tuple[float, float] | None:
    """Return latitude and longitude in degrees from normalised `tags`; None if either is missing or impossible.

    Null Island, 0 and 0, is what receivers write that have no fix, so it is none as well.
    """
    exif = tags.get("Exif")
    info = exif.get("GPSInfo") if isinstance(exif, Mapping) else None
    if not isinstance(info, Mapping):
        return None
    latitude = _degrees(info.get("GPSLatitude"), info.get("GPSLatitudeRef"), 90)
    longitude = _degrees(info.get("GPSLongitude"), info.get("GPSLongitudeRef"), 180)
    if latitude is None or longitude is None or latitude == longitude == 0:
        return None
    return latitude, longitude


def _degrees(value: Any, hemisphere: Any, most: int) -> float | None:  # noqa: ANN401 -- a tag holds anything
    sign = _HEMISPHERES.get(hemisphere.strip()[:1].upper()) if isinstance(hemisphere, str) else None
    parts = value if isinstance(value, list) else [value]
    if sign is None or not 0 < len(parts) <= len(_SIXTIETHS):
        return None
    if any(isinstance(part, bool) or not isinstance(part, int | float) for part in parts):
        return None
    degrees = sum(part / sixtieth for part, sixtieth in zip(parts, _SIXTIETHS, strict=False))
    return sign * degrees if 0 <= degrees <= most else None
