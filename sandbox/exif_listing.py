"""flickr.photos.getExif: a file's metadata in the words of Flickr's reader."""

import io
import re
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from typing import Any

from PIL import Image
from PIL.ExifTags import GPSTAGS, IFD, TAGS

from sandbox.envelope import Payload

# Where Pillow's names or a plain spacing of the words differ from Flickr's: (tag, label).
_NAMES = {
    "DateTime": ("ModifyDate", "Date and Time (Modified)"),
    "DateTimeOriginal": ("DateTimeOriginal", "Date and Time (Original)"),
    "DateTimeDigitized": ("CreateDate", "Date and Time (Digitized)"),
    "ExposureTime": ("ExposureTime", "Exposure"),
    "FNumber": ("FNumber", "Aperture"),
    "ISOSpeedRatings": ("ISO", "ISO Speed"),
    "ExposureBiasValue": ("ExposureCompensation", "Exposure Bias"),
    "FocalLength": ("FocalLength", "Focal Length"),
    "XResolution": ("XResolution", "X-Resolution"),
    "YResolution": ("YResolution", "Y-Resolution"),
    "BodySerialNumber": ("SerialNumber", "Serial Number"),
    "JFIFVersion": ("JFIFVersion", "JFIFVersion"),
    "CameraOwnerName": ("OwnerName", "Owner Name"),
}
_ORIENTATIONS = {1: "Horizontal (normal)", 3: "Rotate 180", 6: "Rotate 90 CW", 8: "Rotate 270 CW"}
_UNITS = {1: "None", 2: "inches", 3: "cm"}
_UNLISTED = {"ExifOffset", "GPSInfo", "MakerNote", "UserComment", "PrintImageMatching"}  # pointers and raw blocks
_HEMISPHERES = {"N": "North", "S": "South", "E": "East", "W": "West"}


def exif_listing(content: bytes) -> tuple[str, list[Payload]]:
    """Return the camera's name and the `exif` list of an image file; both empty where nothing can be read."""
    try:
        groups = _groups(content)
    except OSError:
        return "", []
    listed = [
        _read(group, name, value)
        for group, tags in groups.items()
        for name, value in tags.items()
        if name and name not in _UNLISTED
    ]
    make, model = (_utf8(str(groups["IFD0"].get(name, ""))).strip("\0 ") for name in ("Make", "Model"))
    camera = model if model.casefold().startswith(make.split(" ")[0].casefold()) else f"{make} {model}".strip()
    return camera, listed


def _groups(content: bytes) -> dict[str, dict[str, Any]]:
    """Read the tags of a file by group, in the order of their numbers."""
    with Image.open(io.BytesIO(content)) as picture:
        exif = picture.getexif()
        jfif = picture.info.get("jfif_version")
        return {
            "JFIF": {"JFIFVersion": f"{jfif[0]}.{jfif[1]:02}"} if jfif else {},
            "IFD0": {TAGS.get(tag, ""): value for tag, value in sorted(exif.items())},
            "ExifIFD": {TAGS.get(tag, ""): value for tag, value in sorted(exif.get_ifd(IFD.Exif).items())},
            "GPS": {GPSTAGS.get(tag, ""): value for tag, value in sorted(exif.get_ifd(IFD.GPSInfo).items())},
        }


def _read(group: str, name: str, value: Any) -> Payload:  # noqa: ANN401 - EXIF values are of any type
    raw, clean = _spell(name, value)
    tag, label = _NAMES.get(name, (name, _words(name)))
    entry: Payload = {"tagspace": group, "tagspaceid": 0, "tag": tag, "label": label, "raw": {"_content": raw}}
    return entry | ({"clean": {"_content": clean}} if clean else {})


def _words(name: str) -> str:
    """Put spaces between the words of a tag's name, unless it is an abbreviation all through."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)


def _spell(name: str, value: Any) -> tuple[str, str]:  # noqa: ANN401 - EXIF values are of any type
    """Return a value's `raw` and `clean` spelling; `clean` may be empty."""
    if name in _SPELLINGS:
        with suppress(TypeError, ValueError, ZeroDivisionError, OverflowError):  # damaged: spelled as it stands
            return _SPELLINGS[name](value)
    if isinstance(value, bytes):
        return value.rstrip(b"\0").decode("utf-8", "replace"), ""
    if isinstance(value, str):
        return _utf8(value).strip("\0 "), ""
    if isinstance(value, tuple):
        return " ".join(_plain(part) for part in value), ""
    return _plain(value), ""


def _utf8(text: str) -> str:
    """Undo Pillow's reading of text as Latin-1 where it is UTF-8, as most cameras' software writes it."""
    try:
        return text.encode("latin-1").decode()
    except UnicodeError:
        return text


def _plain(value: Any) -> str:  # noqa: ANN401 - a number of any kind, rationals of Pillow's too
    try:
        return f"{float(value):g}"
    except (TypeError, ValueError):
        return str(value)


def _exposure(value: Any) -> tuple[str, str]:  # noqa: ANN401 - a rational of Pillow's
    seconds = Fraction(float(value)).limit_denominator(10_000)
    raw = f"1/{round(1 / seconds)}" if 0 < seconds < 1 else f"{float(seconds):g}"
    return raw, f"{float(seconds):.3g} sec ({raw})"


def _angle(value: Any) -> tuple[str, str]:  # noqa: ANN401 - three rationals of Pillow's
    degrees, minutes, seconds = (float(part) for part in value)
    spelled = f"{degrees:g} deg {minutes:g}' {seconds:.2f}\""
    return spelled, spelled


_SPELLINGS: dict[str, Callable[[Any], tuple[str, str]]] = {
    "ExposureTime": _exposure,
    "FNumber": lambda value: (f"{float(value):.1f}", f"f/{float(value):.1f}"),
    "FocalLength": lambda value: (f"{float(value):.1f} mm", f"{float(value):g} mm"),
    "ExposureBiasValue": lambda value: (_plain(float(value)), f"{float(value):g} EV"),
    "XResolution": lambda value: (_plain(float(value)), f"{float(value):g} dpi"),
    "YResolution": lambda value: (_plain(float(value)), f"{float(value):g} dpi"),
    "Orientation": lambda value: (_ORIENTATIONS.get(value, f"Unknown ({value})"), ""),
    "ResolutionUnit": lambda value: (_UNITS.get(value, f"Unknown ({value})"), ""),
    "Flash": lambda value: ("Off, Did not fire" if not value & 1 else "Fired", ""),
    "ColorSpace": lambda value: ("sRGB" if value == 1 else "Uncalibrated", ""),
    "GPSLatitude": _angle,
    "GPSLongitude": _angle,
    "GPSLatitudeRef": lambda value: (_HEMISPHERES.get(value, str(value)), ""),
    "GPSLongitudeRef": lambda value: (_HEMISPHERES.get(value, str(value)), ""),
    "GPSAltitude": lambda value: (f"{float(value):g} m", f"{float(value):g} m"),
    "GPSAltitudeRef": lambda value: ("Below Sea Level" if value in {1, b"\x01"} else "Above Sea Level", ""),
    "GPSVersionID": lambda value: (".".join(str(part) for part in value), ""),
}
