"""Reads metadata with Pillow and pi-heif, which know fewer tags than Exiv2 and open more damaged files."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pi_heif
from PIL import ExifTags, Image, IptcImagePlugin
from PIL.ImageFile import ImageFile

from imagescraper.exif.reading import Reading

pi_heif.register_heif_opener()

_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "TIFF", "AVIF", "HEIF")
_RAW_PROFILE, _XMP_TEXT = "Raw profile type exif", "XML:com.adobe.xmp"
# Exiv2's names are kept; these are the tags to which Pillow gives another.
_NAMES = ExifTags.TAGS | {
    513: "JPEGInterchangeFormat", 514: "JPEGInterchangeFormatLength",
    34665: "ExifTag", 34853: "GPSTag", 37396: "SubjectArea",
    37520: "SubSecTime", 37521: "SubSecTimeOriginal", 37522: "SubSecTimeDigitized",
    40960: "FlashpixVersion", 40962: "PixelXDimension", 40963: "PixelYDimension", 40965: "InteroperabilityTag",
}  # fmt: skip
_IOP_NAMES = {1: "InteroperabilityIndex", 2: "InteroperabilityVersion"}
_DIRECTORIES = (
    (ExifTags.IFD.Exif, "Photo", _NAMES),
    (ExifTags.IFD.GPSInfo, "GPSInfo", ExifTags.GPSTAGS),
    (ExifTags.IFD.Interop, "Iop", _IOP_NAMES),
    (ExifTags.IFD.IFD1, "Thumbnail", _NAMES),
)
_WINDOWS_TEXTS = range(0x9C9B, 0x9CA0)  # XPTitle to XPSubject: bytes that hold UTF-16
_IPTC_RECORDS = {1: "Envelope", 2: "Application2"}


def read(data: bytes) -> Reading:
    """Return what Pillow finds in a file's bytes without decoding the picture; never raise."""
    reading = Reading()
    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as image:
            for part in (_exif, _iptc, _xmp, _comment, _texts):
                try:
                    for path, value in part(image):
                        reading.put(path, value)
                except Exception as error:  # the other parts are still read
                    reading.failed(f"pillow {part.__name__.strip('_')}", error)
    except Exception as error:  # a damaged file makes Pillow raise nearly anything
        reading.failed("pillow", error)
    return reading


_Found = Iterator[tuple[tuple[str, ...], Any]]


def _exif(image: ImageFile) -> _Found:
    # Not `image.getexif()`, which decodes a whole PNG in search of EXIF, and passes the orientation that it finds in
    # XMP for one of EXIF.
    exif = Image.Exif()
    if block := image.info.get("exif"):
        exif.load(block)
    elif image.format == "TIFF" or _RAW_PROFILE in image.info:
        exif = image.getexif()
    for tag, value in exif.items():
        yield ("Exif", "Image", _name(tag, _NAMES)), _text(value, "utf-16-le") if tag in _WINDOWS_TEXTS else value
    for directory, group, names in _DIRECTORIES:
        for tag, value in exif.get_ifd(directory).items():
            yield ("Exif", group, _name(tag, names)), value


def _iptc(image: ImageFile) -> _Found:
    for (record, dataset), value in (IptcImagePlugin.getiptcinfo(image) or {}).items():
        values = [_text(one) for one in value] if isinstance(value, list) else _text(value)
        yield ("Iptc", _IPTC_RECORDS.get(record, f"0x{record:04x}"), f"0x{dataset:04x}"), values


def _xmp(image: ImageFile) -> _Found:
    if packet := image.info.get("xmp"):
        yield ("Xmp", "Packet"), _text(packet)


def _comment(image: ImageFile) -> _Found:
    if comment := image.info.get("comment"):
        yield ("Comment",), _text(comment)


def _texts(image: ImageFile) -> _Found:
    if image.format == "PNG":
        for name, value in image.info.items():
            if isinstance(name, str) and isinstance(value, str) and name not in (_RAW_PROFILE, _XMP_TEXT):
                yield ("Text", name), value


def _name(tag: int, names: dict[int, str]) -> str:
    return names.get(tag, f"0x{tag:04x}")


def _text(value: Any, encoding: str = "utf-8") -> Any:  # noqa: ANN401 -- what is no text stays what it is
    # Never `bytes(value)`: a tag of the wrong type may hold a number, and bytes of a number are so many zeros.
    return value.decode(encoding, "replace") if isinstance(value, bytes) else value
