"""What of a WebP is picture (RFC 9649) and what is told about it."""

import struct
from collections.abc import Iterator

from imagescraper.media import orientation
from imagescraper.media.segments.patch import Piece, Span
from imagescraper.media.sniff import NotAPhoto

_RIFF_BYTES, _HEAD_BYTES, _FRAME_BYTES = 12, 8, 16
_EXIF_FLAG, _SHOWN_FLAGS = 0x08, 0x32  # shown: ICC profile, alpha, animation
_IMAGE = frozenset({b"VP8 ", b"VP8L", b"ALPH"})
_SHOWN = _IMAGE | {b"ICCP", b"ANIM"}
_MOST_CHUNKS = 1_000_000


def pieces(data: bytes) -> Iterator[Piece]:
    """Yield what a WebP's clean picture is made of, with its sizes and flags made to fit."""
    end = _HEAD_BYTES + int.from_bytes(data[4:8], "little")
    chunks = list(_chunks(data, Span(_RIFF_BYTES, end)))
    turn = _orientation(data, chunks)
    body: list[Piece] = []
    for kind, content in chunks:
        if kind == b"VP8X":
            body.append(_features(data[slice(*content)], turn))
        elif kind == b"ANMF":
            body += _frame(data, content)
        elif kind in _SHOWN:
            body += _whole(content)
    if turn != orientation.UPRIGHT:
        body.append(_chunk(b"EXIF", orientation.block(turn)))
    yield Span(0, 4)
    yield struct.pack("<I", 4 + _bytes(body))
    yield Span(8, _RIFF_BYTES)
    yield from body


def _chunks(data: bytes, within: Span) -> Iterator[tuple[bytes, Span]]:
    """Yield the type and the content's place of every chunk."""
    if within.stop > len(data):
        raise NotAPhoto("cut")
    at = within.start
    for _ in range(_MOST_CHUNKS):
        if at + _HEAD_BYTES > within.stop:
            return
        kind, length = struct.unpack_from("<4sI", data, at)
        content = Span(at + _HEAD_BYTES, at + _HEAD_BYTES + length)
        if content.stop > within.stop:
            raise NotAPhoto("damaged")
        yield kind, content
        at = content.stop + length % 2
    raise NotAPhoto("damaged")


def _orientation(data: bytes, chunks: list[tuple[bytes, Span]]) -> int:
    """Return the orientation that a viewer obeys: that of the first EXIF chunk of an extended file."""
    if chunks and chunks[0][0] == b"VP8X":
        for kind, content in chunks:
            if kind == b"EXIF":
                return orientation.read(data[slice(*content)])
    return orientation.UPRIGHT


def _features(content: bytes, turn: int) -> bytes:
    if len(content) < 10:
        raise NotAPhoto("damaged")
    flags = content[0] & _SHOWN_FLAGS | (_EXIF_FLAG if turn != orientation.UPRIGHT else 0)
    return _chunk(b"VP8X", bytes([flags, 0, 0, 0]) + content[4:10])


def _frame(data: bytes, content: Span) -> list[Piece]:
    """Return an animation frame with nothing in it but its place, its duration and its image."""
    start = content.start + _FRAME_BYTES
    image = [
        piece
        for kind, inner in _chunks(data, Span(min(start, content.stop), content.stop))
        if kind in _IMAGE
        for piece in _whole(inner)
    ]
    if not image:
        raise NotAPhoto("damaged")
    return [struct.pack("<4sI", b"ANMF", _FRAME_BYTES + _bytes(image)), Span(content.start, start), *image]


def _whole(content: Span) -> list[Piece]:
    """Return a chunk as it is, its padding byte made zero."""
    span = Span(content.start - _HEAD_BYTES, content.stop)
    return [span, b"\0"] if (content.stop - content.start) % 2 else [span]


def _bytes(body: list[Piece]) -> int:
    return sum(len(piece) if isinstance(piece, bytes) else piece.stop - piece.start for piece in body)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack("<4sI", kind, len(content)) + content
