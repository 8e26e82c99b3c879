"""What of a JPEG is picture (ITU T.81; JFIF 1.02; ICC.1 annex B.4) and what is told about it."""

import re
import struct
from collections.abc import Iterator

from imagescraper.media import orientation
from imagescraper.media.segments.patch import Piece, Span
from imagescraper.media.sniff import NotAPhoto

_MARKER = re.compile(rb"\xff[^\x00\xff]")
_END_OF_SCAN = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_JFIF, _EXIF, _ICC, _ADOBE = 0xE0, 0xE1, 0xE2, 0xEE
_RESTARTS = range(0xD0, 0xD8)
_FIRST_MARKER = 0xC0  # below lie reserved codes, which only a damaged scan shows
_CODING = frozenset({*range(0xC0, 0xD0), 0xDA, 0xDB, 0xDD}) - {0xC8}  # frames, scans, tables, restart interval
_JFIF_BYTES, _ADOBE_BYTES = 14, 12
# A real file has tens of segments and about ten scans. Thousands of scans of one big frame keep a decoder busy for
# minutes, so such files are refused before they are decoded.
_MOST_SEGMENTS, _MOST_SCANS = 100_000, 100


def pieces(data: bytes) -> Iterator[Piece]:
    """Yield what a JPEG's clean picture is made of, up to the first end-of-image marker."""
    yield Span(0, 2)
    at, scans, turned = 2, 0, False
    for _ in range(_MOST_SEGMENTS):
        marker, start, at = _next(data, at)
        if marker == _SOS:
            scans += 1
            at = _scan_end(data, at)
        if marker == _EXIF:
            exif = b"" if turned else _orientation(data[start + 4 : at])
            turned = turned or bool(exif)
            if exif:
                yield exif
        elif (piece := _kept(data, marker, Span(start, at))) is not None:
            yield piece
        if marker == _EOI:
            return
        if scans > _MOST_SCANS:
            break
    raise NotAPhoto("damaged")


def _next(data: bytes, at: int) -> tuple[int, int, int]:
    """Return the next marker, where it starts and where its segment ends."""
    found = _MARKER.search(data, at)
    if found is None:
        raise NotAPhoto("cut")
    marker, end = data[found.end() - 1], found.end()
    if marker == _EOI:
        return marker, found.start(), end
    if marker < _FIRST_MARKER or marker in _RESTARTS or marker == _SOI:
        raise NotAPhoto("damaged")
    length = int.from_bytes(data[end : end + 2])
    if end + length > len(data) or end + 2 > len(data):
        raise NotAPhoto("cut")
    if length < 2:
        raise NotAPhoto("damaged")
    return marker, found.start(), end + length


def _scan_end(data: bytes, start: int) -> int:
    """Return where the entropy-coded bytes end that begin at `start`, without the fill bytes behind them."""
    found = _END_OF_SCAN.search(data, start)
    if found is None:
        raise NotAPhoto("cut")
    return start + len(data[start : found.start()].rstrip(b"\xff"))


def _kept(data: bytes, marker: int, span: Span) -> Piece | None:
    """Return what is kept of a segment: all of it, its first part, or nothing."""
    if marker in _CODING or marker == _EOI:
        return span
    payload = data[span.start + 4 : span.stop]
    if marker == _ICC and payload.startswith(b"ICC_PROFILE\0"):
        return span
    if marker == _JFIF and payload.startswith(b"JFIF\0") and len(payload) >= _JFIF_BYTES:
        return _segment(marker, payload[: _JFIF_BYTES - 2] + b"\0\0")  # no thumbnail
    if marker == _ADOBE and payload.startswith(b"Adobe") and len(payload) >= _ADOBE_BYTES:
        return _segment(marker, payload[:_ADOBE_BYTES])
    return None


def _orientation(payload: bytes) -> bytes:
    """Return a segment that holds the orientation of an EXIF segment's payload, or nothing if it is upright."""
    turn = orientation.read(payload) if payload.startswith(b"Exif\0\0") else orientation.UPRIGHT
    return b"" if turn == orientation.UPRIGHT else _segment(_EXIF, b"Exif\0\0" + orientation.block(turn))


def _segment(marker: int, payload: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload
