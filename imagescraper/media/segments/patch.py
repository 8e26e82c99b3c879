"""The metadata as a patch: what must be done to a clean picture to get the downloaded bytes back.

Layout: one version byte, then a zlib stream of the SHA-256 of the whole file (32 bytes), the number of steps
(4 bytes), the steps (an operation byte and a length of 8 bytes each, big-endian) and the removed bytes one after
another. Joining walks the steps and therefore needs to know nothing of the picture's format.
"""

import hashlib
import struct
import zlib
from collections.abc import Iterable
from typing import NamedTuple

_VERSION = b"\x01"
_COPY, _SKIP, _INSERT = range(3)
_HEAD = struct.Struct(">32sI")
_STEP = struct.Struct(">BQ")


class Span(NamedTuple):
    """A stretch of the file, from `start` up to but without `stop`."""

    start: int
    stop: int


Piece = Span | bytes
"""What a clean picture is made of: stretches of the file in rising order, and new bytes in between."""


class Split(NamedTuple):
    """A file taken apart: `picture` can be shown, `metadata` is opaque and is to be sealed."""

    picture: bytes
    metadata: bytes


class CannotJoin(ValueError):
    """Says that a picture and a metadata patch do not belong together, or that one of them has changed."""


def kept(data: bytes, pieces: Iterable[Piece]) -> bytes:
    """Return the clean picture that `pieces` describe."""
    view = memoryview(data)
    return b"".join(piece if isinstance(piece, bytes) else view[slice(*piece)] for piece in pieces)


def cut(data: bytes, pieces: Iterable[Piece]) -> Split:
    """Return the clean picture that `pieces` describe and the patch that leads from it back to `data`."""
    view = memoryview(data)
    picture: list[bytes | memoryview] = []
    removed: list[memoryview] = []
    steps: list[tuple[int, int]] = []
    at = 0
    for piece in pieces:
        if isinstance(piece, bytes):
            steps.append((_SKIP, len(piece)))
            picture.append(piece)
            continue
        if piece.start > at:
            steps.append((_INSERT, piece.start - at))
            removed.append(view[at : piece.start])
        steps.append((_COPY, piece.stop - piece.start))
        picture.append(view[slice(*piece)])
        at = piece.stop
    if at < len(data):
        steps.append((_INSERT, len(data) - at))
        removed.append(view[at:])
    head = _HEAD.pack(hashlib.sha256(data).digest(), len(steps))
    body = b"".join((head, *(_STEP.pack(*step) for step in steps), *removed))
    return Split(b"".join(picture), _VERSION + zlib.compress(body))


def join(picture: bytes, metadata: bytes) -> bytes:
    """Return the file as it was before `split`, bit for bit; raise `CannotJoin` rather than give anything else."""
    if metadata[:1] != _VERSION:
        raise CannotJoin("metadata of an unknown version")
    try:
        body = zlib.decompress(metadata[1:])
        digest, count = _HEAD.unpack_from(body)
        payload = _HEAD.size + count * _STEP.size
        steps = list(_STEP.iter_unpack(body[_HEAD.size : payload]))
    except (zlib.error, struct.error) as error:
        raise CannotJoin("metadata is damaged") from error
    sources, at = {_COPY: picture, _INSERT: body[payload:]}, {_COPY: 0, _INSERT: 0}
    parts: list[bytes] = []
    for operation, length in steps:
        where = _INSERT if operation == _INSERT else _COPY
        if operation != _SKIP:
            parts.append(sources[where][at[where] : at[where] + length])
        at[where] += length
    data = b"".join(parts)
    if hashlib.sha256(data).digest() != digest:
        raise CannotJoin("the metadata was not cut from this picture")
    return data
