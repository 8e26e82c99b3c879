"""What of a PNG is picture (W3C PNG, third edition) and what is told about it."""

import struct
import zlib
from collections.abc import Iterator

from imagescraper.media import orientation
from imagescraper.media.segments.patch import Piece, Span
from imagescraper.media.sniff import NotAPhoto

_SIGNATURE_BYTES, _FRAME_BYTES = 8, 12  # a chunk's length, type and checksum around its content
_ANY = 2**31
# Chunks that display needs, and how much each may hold, so that none can carry a text instead.
_KEPT = {
    b"IHDR": 13, b"PLTE": 768, b"IDAT": _ANY, b"IEND": 0,
    b"tRNS": 256,
    b"gAMA": 4, b"cHRM": 32, b"sRGB": 1, b"iCCP": _ANY, b"cICP": 4, b"mDCV": 24, b"cLLI": 8,
    b"acTL": 8, b"fcTL": 26, b"fdAT": _ANY,
}  # fmt: skip
_CRITICAL = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND"})
_MOST_CHUNKS = 1_000_000


def pieces(data: bytes) -> Iterator[Piece]:
    """Yield what a PNG's clean picture is made of, up to its end chunk."""
    yield Span(0, _SIGNATURE_BYTES)
    at = _SIGNATURE_BYTES
    for _ in range(_MOST_CHUNKS):
        if at + _FRAME_BYTES > len(data):
            raise NotAPhoto("cut")
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + _FRAME_BYTES + length
        if end > len(data):
            raise NotAPhoto("cut")
        if length <= _KEPT.get(kind, -1):
            yield Span(at, end)
        elif kind in _CRITICAL or not kind[0] & 0x20:  # an upper-case first letter: no decoder may ignore it
            raise NotAPhoto("damaged")
        elif kind == b"eXIf" and (turn := orientation.read(data[at + 8 : end - 4])) != orientation.UPRIGHT:
            yield _chunk(kind, orientation.block(turn))
        if kind == b"IEND":
            return
        at = end
    raise NotAPhoto("damaged")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
