"""What ExifTool reads of the facts that we give, by its own names."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

TAGS = {
    "make": "IFD0:Make",
    "model": "IFD0:Model",
    "lens": "ExifIFD:LensModel",
    "aperture": "ExifIFD:FNumber",
    "exposure_time": "ExifIFD:ExposureTime",
    "iso": "ExifIFD:ISO",
    "focal_length": "ExifIFD:FocalLength",
    "focal_length_35mm": "ExifIFD:FocalLengthIn35mmFormat",
    "flash": "ExifIFD:Flash",
    "white_balance": "ExifIFD:WhiteBalance",
    "orientation": "IFD0:Orientation",
}
TEXTS, SETTINGS = {"make", "model", "lens"}, {"aperture", "exposure_time", "focal_length", "focal_length_35mm"}


def exiftool(files: Iterable[Path], *options: str) -> list[dict[str, object]]:
    """Ask ExifTool about many files in one call."""
    command = ["exiftool", "-j", "-n", "-G1", "-q", "-fast", *options, *map(str, files)]
    return json.loads(subprocess.run(command, capture_output=True, check=False).stdout)


def facts(answer: dict[str, object]) -> dict[str, object]:
    """Return what makes sense of an answer, under our names."""
    found = {}
    for name, tag in TAGS.items():
        value = answer.get(tag)
        if name in TEXTS:
            text = " ".join(str("" if value is None else value).split())
            if 0 < len(text) <= 64:
                found[name] = text
            continue
        value = str(value).split()[0] if name == "iso" and value else value
        try:
            number = float(str(value))
        except ValueError:
            continue
        if name == "flash":
            found[name] = bool(int(number) & 1)
        elif name == "white_balance" and number in (0, 1):
            found[name] = ("auto", "manual")[int(number)]
        elif (name == "orientation" and number in range(1, 9)) or (
            name in SETTINGS | {"iso"} and 0 < number < float("inf") and (name, number) != ("iso", 65535)
        ):
            found[name] = number
    return found


def place(answer: dict[str, object]) -> tuple[float, float] | None:
    """Return the signed position of an answer; none for 0, 0 and for what is not on earth."""
    try:
        latitude, longitude = (float(str(answer[f"Composite:GPS{axis}"])) for axis in ("Latitude", "Longitude"))
    except (KeyError, ValueError):
        return None
    if latitude == longitude == 0 or abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return latitude, longitude
