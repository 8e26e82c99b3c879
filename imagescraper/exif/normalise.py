"""Makes any metadata value safe for JSON and BSON."""

import base64
import math
from collections.abc import Mapping
from numbers import Rational
from typing import Any

#: A larger value is cut, and says so by `_size`, its whole size (bytes, letters or items).
LARGEST_VALUE = 64 * 1024
#: All values together: a quarter of the 16 MB that MongoDB takes, for sealing makes them a third larger.
LARGEST_TOTAL = 4 * 1024 * 1024
_DEEPEST = 20
_SHORT_TEXT = 64
_INT64 = range(-(2**63), 2**63)


def normalise(tags: Mapping[str, Any]) -> dict[str, Any]:
    """Return a copy that `json.dumps(allow_nan=False)` and `bson.encode` take.

    Rationals become numbers, and null where they divide by zero; so do NaN and infinities. Short ASCII bytes become
    text, other bytes {"_b64": ...}. Texts lose NULs and lone surrogates. Integers of more than 64 bits become text.
    Keys hold no dot and no leading dollar sign. What is too large is cut: {"_text" | "_b64" | "_items": the
    beginning, "_size": the whole size}.
    """
    return _Normaliser().mapping(tags, depth=0)


class _Normaliser:
    """Walks the values of one file, and stops where they become too many."""

    def __init__(self) -> None:
        self.left = LARGEST_TOTAL

    def mapping(self, values: Mapping[Any, Any], depth: int) -> dict[str, Any]:
        safe: dict[str, Any] = {}
        for key, value in values.items():
            if self.left <= 0 or depth > _DEEPEST:
                safe["_size"] = len(values)
                break
            name = _name(str(key))
            while name in safe:
                name += "_"
            self.left -= len(name)
            safe[name] = self.value(value, depth + 1)
        return safe

    def value(self, value: Any, depth: int) -> Any:  # noqa: ANN401 -- a tag holds anything
        if isinstance(value, Mapping):
            return self.mapping(value, depth)
        if isinstance(value, list | tuple | set | frozenset):
            return self.items(list(value), depth)
        if isinstance(value, bytes | bytearray | memoryview):
            return self.bytes(bytes(value))
        self.left -= 8
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, int):
            number = int(value)  # of a subclass, `in` would go through the whole range
            return number if number in _INT64 else str(number)
        if isinstance(value, float | Rational):
            return _number(value)
        return self.text(str(value))

    def items(self, values: list[Any], depth: int) -> Any:  # noqa: ANN401 -- a list, or what is left of one
        safe: list[Any] = []
        enough = self.left - LARGEST_VALUE
        for value in values:
            if self.left <= max(0, enough) or depth > _DEEPEST:
                return {"_items": safe, "_size": len(values)}
            safe.append(self.value(value, depth + 1))
        return safe

    def text(self, value: str) -> Any:  # noqa: ANN401 -- a text, or what is left of one
        encoded = _clean(value).encode()
        kept = encoded[:LARGEST_VALUE].decode("utf-8", "ignore")
        self.left -= min(len(encoded), LARGEST_VALUE)
        return kept if len(encoded) <= LARGEST_VALUE else {"_text": kept, "_size": len(encoded)}

    def bytes(self, value: bytes) -> Any:  # noqa: ANN401 -- a text or a mapping
        text = value.rstrip(b"\0")
        if 0 < len(text) <= _SHORT_TEXT and all(0x20 <= letter < 0x7F for letter in text):
            self.left -= len(text)
            return text.decode("ascii")
        safe: dict[str, Any] = {"_b64": base64.b64encode(value[:LARGEST_VALUE]).decode("ascii")}
        self.left -= len(safe["_b64"])
        return safe if len(value) <= LARGEST_VALUE else safe | {"_size": len(value)}


def _number(value: float | Rational) -> float | None:
    try:
        number = float(value)
    except (ZeroDivisionError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _clean(text: str) -> str:
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _name(key: str) -> str:
    name = _clean(key).replace(".", "_")
    return "_" + name[1:] if name.startswith("$") else name
