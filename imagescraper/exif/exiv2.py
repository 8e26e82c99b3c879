"""Reads metadata with Exiv2, which knows MakerNotes, XMP and IPTC by name."""

import codecs
import re
from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, Any

from imagescraper.exif.reading import Reading

if TYPE_CHECKING:
    from typing_extensions import Buffer

try:
    import pyexiv2
except (ImportError, OSError):  # not installed, or its shared libraries are missing
    pyexiv2 = None
else:
    pyexiv2.set_log_level(4)  # mute: what cannot be read is reported in Reading.errors

_LOCK = Lock()  # Exiv2 keeps one XMP parser for all
_CHARSET = re.compile(r'charset="?\w+"? ')


def read(data: bytes) -> Reading:
    """Return what Exiv2 finds in a file's bytes, nothing where pyexiv2 is not installed; never raise."""
    reading = Reading()
    if pyexiv2 is None:
        return reading
    with _LOCK:
        try:
            image = pyexiv2.ImageData(data)
        except Exception as error:  # a damaged file makes Exiv2 raise nearly anything
            reading.failed("exiv2", error)
            return reading
        try:
            for part in (_exif, _iptc, _xmp, _comment):
                try:
                    part(image, reading)
                except Exception as error:  # as above; the other parts are still read
                    reading.failed(f"exiv2 {part.__name__.strip('_')}", error)
        finally:
            image.close()
    return reading


def _exif(image: Any, reading: Reading) -> None:  # noqa: ANN401 -- pyexiv2 ships no types
    for key, tag in image.read_exif_detail(_TEXT).items():
        values = tag["value"] if isinstance(tag["value"], list) else [tag["value"]]
        typed = [_typed(value, tag["typeName"], key) for value in values]
        reading.put(_path(key), typed[0] if len(typed) == 1 else typed)


def _iptc(image: Any, reading: Reading) -> None:  # noqa: ANN401 -- as above
    for key, value in image.read_iptc(_TEXT).items():
        reading.put(_path(key), value)


def _xmp(image: Any, reading: Reading) -> None:  # noqa: ANN401 -- as above
    for key, value in image.read_xmp(_TEXT).items():
        reading.put(_path(key), value)


def _comment(image: Any, reading: Reading) -> None:  # noqa: ANN401 -- as above
    if comment := image.read_comment(_TEXT):
        reading.put(("Comment",), comment)


def _path(key: str) -> tuple[str, ...]:
    """Return family, group and name of a key such as Exif.Photo.FNumber; an XMP name may hold further dots."""
    return tuple(key.split(".", 2))


def _typed(text: str, kind: str, key: str) -> Any:  # noqa: ANN401 -- a tag holds anything
    """Return the value that Exiv2 wrote down as `text`: a number, a list of numbers, bytes, or the text itself."""
    convert = _NUMBERS.get(kind)
    if key.startswith("Exif.Image.XP"):
        return text
    try:
        if convert:
            numbers = [convert(word) for word in text.split()]
            return numbers[0] if len(numbers) == 1 else numbers
        if kind in _BYTES and not (kind == "Undefined" and key.endswith(_COMMENTS)):
            return bytes(int(word) for word in text.split())
    except (ValueError, OverflowError):  # Exiv2 has already made a text of it
        pass
    return _CHARSET.sub("", text, count=1) if key.endswith(_COMMENTS) else text


def _quotient(text: str) -> float | None:
    """Return a rational as a number; None for x/0, which means unknown or infinite."""
    above, _, below = text.partition("/")
    return int(above) / int(below) if int(below) else None


_NUMBERS: dict[str, Callable[[str], float | None]] = {
    **dict.fromkeys(("Short", "Long", "LongLong", "Ifd", "SByte", "SShort", "SLong", "SLongLong"), int),
    **dict.fromkeys(("Rational", "SRational"), _quotient),
    **dict.fromkeys(("Float", "Double"), float),
}
_BYTES = frozenset({"Byte", "Undefined", "unknown"})
#: Undefined bytes in the file, which Exiv2 has decoded by the character set that they begin with.
_COMMENTS = ("UserComment", "GPSProcessingMethod", "GPSAreaInformation")


def _decode(data: "Buffer", _errors: str = "strict") -> tuple[str, int]:
    """Read as UTF-8 what is UTF-8, and as Latin-1, which old cameras and editors write, what is not."""
    read = bytes(data)
    try:
        return read.decode(), len(read)
    except UnicodeDecodeError:
        return read.decode("latin-1"), len(read)


# pyexiv2 takes an encoding's name only. A codec of our own decides value by value, so that one text in Latin-1
# neither stops the reading nor garbles the others.
_TEXT = "utf_8_or_latin_1"
codecs.register(lambda name: codecs.CodecInfo(codecs.utf_8_encode, _decode, name=_TEXT) if name == _TEXT else None)
