"""How a picture is to be turned: the one EXIF tag that display needs."""

import struct

UPRIGHT = 1
_PREFIX = b"Exif\0\0"
_TAG = 0x0112  # EXIF 2.32, table 4
_SHORT = 3
_ENTRY_BYTES = 12


def read(exif: bytes) -> int:
    """Return the Orientation, 1 to 8, of an EXIF block with or without its "Exif" prefix; 1 where it says none."""
    tiff = exif.removeprefix(_PREFIX)
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None:
        return UPRIGHT
    try:
        (first,) = struct.unpack_from(order + "I", tiff, 4)
        (count,) = struct.unpack_from(order + "H", tiff, first)
        for at in range(first + 2, first + 2 + count * _ENTRY_BYTES, _ENTRY_BYTES):
            tag, kind, length, value = struct.unpack_from(order + "HHIH", tiff, at)
            if (tag, kind, length) == (_TAG, _SHORT, 1):
                return value if value in range(1, 9) else UPRIGHT
    except struct.error:  # a directory that points outside the block
        pass
    return UPRIGHT


def block(orientation: int) -> bytes:
    """Return the smallest EXIF block (TIFF, no prefix) that says `orientation` and nothing else."""
    header = struct.pack(">2sHI", b"MM", 42, 8)
    return header + struct.pack(">HHHIHHI", 1, _TAG, _SHORT, 1, orientation, 0, 0)
