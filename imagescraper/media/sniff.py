"""Tells from the first bytes what a file really is."""

import re
from typing import Literal

PictureType = Literal["jpg", "png", "gif", "webp"]

_SIGNATURES: tuple[tuple[PictureType, re.Pattern[bytes]], ...] = (
    ("jpg", re.compile(rb"\xff\xd8\xff")),
    ("png", re.compile(rb"\x89PNG\r\n\x1a\n")),
    ("gif", re.compile(rb"GIF8[79]a")),
    ("webp", re.compile(rb"RIFF....WEBP", re.DOTALL)),
)
_SVG = re.compile(rb"<svg[\s>]", re.IGNORECASE)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|script|title)\b", re.IGNORECASE)
_TEXT_HEAD = 1024


class NotAPhoto(ValueError):
    """Says in `reason` why some bytes do not count as a photo.

    The reason is one short fixed phrase: empty, html, svg, unknown type, cut, too many pixels or damaged.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def sniff(data: bytes) -> PictureType:
    """Return the type that the signature of `data` names; raise `NotAPhoto` for anything but the four kept types."""
    for kind, signature in _SIGNATURES:
        if signature.match(data):
            return kind
    head = data[:_TEXT_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n\0")
    if not head:
        raise NotAPhoto("empty" if len(data) <= _TEXT_HEAD else "unknown type")
    if head.startswith(b"<"):
        if _HTML.match(head):
            raise NotAPhoto("html")
        if _SVG.search(head):
            raise NotAPhoto("svg")
    raise NotAPhoto("unknown type")
