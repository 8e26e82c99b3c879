"""What of a GIF is picture (GIF89a specification, 1990) and what is told about it."""

import re
from collections.abc import Iterator

from imagescraper.media.segments.patch import Piece, Span
from imagescraper.media.sniff import NotAPhoto

_HEAD_BYTES, _IMAGE_BYTES = 13, 10
_PAD, _EXTENSION, _IMAGE, _TRAILER = 0x00, 0x21, 0x2C, 0x3B
_TIMING = re.compile(rb"!\xf9\x04.{4}\0", re.DOTALL)
_PLAIN_TEXT = re.compile(rb"!\x01")
_LOOP = re.compile(rb"!\xff\x0b(?:NETSCAPE2\.0|ANIMEXTS1\.0)\x03\x01..\0", re.DOTALL)
# 64 MB in data blocks of the usual 255 bytes are 260,000; a file of tiny blocks would only waste time.
_MOST_BLOCKS = 400_000


def pieces(data: bytes) -> Iterator[Piece]:
    """Yield what a GIF's clean picture is made of, up to its trailer."""
    start = _HEAD_BYTES + _colours(data, 10)
    yield Span(0, start)
    timing: Span | None = None  # belongs to whatever is drawn next, a picture or a plain text
    for introducer, block in _blocks(data, start):
        if introducer == _IMAGE:
            if timing:
                yield timing
            yield block
            timing = None
        elif introducer == _TRAILER or _LOOP.fullmatch(data, *block):
            yield block
        elif _TIMING.fullmatch(data, *block):
            timing = block
        elif _PLAIN_TEXT.match(data, *block):
            timing = None


def _blocks(data: bytes, at: int) -> Iterator[tuple[int, Span]]:
    """Yield every block's introducer and place, the trailer last."""
    left = iter(range(_MOST_BLOCKS))
    for _ in left:
        introducer, start = _byte(data, at), at
        if introducer == _IMAGE:
            at = _blocks_end(data, start + _IMAGE_BYTES + _colours(data, start + 9) + 1, left)
        elif introducer == _EXTENSION:
            at = _blocks_end(data, start + 2, left)
        elif introducer in (_PAD, _TRAILER):  # some writers end their data blocks twice
            at = start + 1
        else:
            break
        yield introducer, Span(start, at)
        if introducer == _TRAILER:
            return
    raise NotAPhoto("damaged")


def _blocks_end(data: bytes, at: int, left: Iterator[int]) -> int:
    """Return where a chain of data blocks ends that begins at `at`, its empty last block included."""
    for _ in left:
        length = _byte(data, at)
        at += length + 1
        if length == 0:
            return at
    raise NotAPhoto("damaged")


def _colours(data: bytes, flags_at: int) -> int:
    """Return how many bytes the colour table has that the flags at `flags_at` announce."""
    flags = _byte(data, flags_at)
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _byte(data: bytes, at: int) -> int:
    if at >= len(data):
        raise NotAPhoto("cut")
    return data[at]
