"""How Flickr wraps an answer: JSON, JSON in a callback, or XML."""

import json
import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

from sandbox.errors import ApiError

Payload = dict[str, Any]

_NOT_IN_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORMATS = ("json", "rest")


def check_format(arguments: Mapping[str, str]) -> None:
    """Raise ApiError for an answer format that the sandbox does not speak."""
    wanted = arguments.get("format") or "rest"
    if wanted not in _FORMATS:
        raise ApiError(111, f'Format "{wanted}" not found')


def wrap(payload: Payload | ApiError, arguments: Mapping[str, str]) -> tuple[bytes, str]:
    """Return the body and its content type."""
    if arguments.get("format") != "json":
        return _xml(payload), "text/xml"
    if isinstance(payload, ApiError):
        answer: Payload = {"stat": "fail", "code": payload.code, "message": payload.message}
    else:
        answer = {**payload, "stat": "ok"}
    # Flickr's JSON is pure ASCII with escaped slashes.
    text = json.dumps(answer, separators=(",", ":")).replace("/", r"\/")
    if arguments.get("nojsoncallback") == "1":
        return text.encode(), "application/json"
    return f"{arguments.get('jsoncallback') or 'jsonFlickrApi'}({text})".encode(), "text/javascript"


def _xml(payload: Payload | ApiError) -> bytes:
    failed = isinstance(payload, ApiError)
    root = ET.Element("rsp", stat="fail" if failed else "ok")
    if isinstance(payload, ApiError):
        ET.SubElement(root, "err", code=str(payload.code), msg=payload.message)
    else:
        _fill(root, payload)
    ET.indent(root, "\t")
    body = ET.tostring(root, "unicode")
    return f'<?xml version="1.0" encoding="utf-8" ?>\n{body}\n'.encode()


def _fill(element: ET.Element, content: Payload) -> None:
    """Put numbers and strings into attributes, objects and lists into elements."""
    for name, value in content.items():
        if name == "_content":
            element.text = _text(value)
        elif isinstance(value, dict):
            _fill(ET.SubElement(element, name), value)
        elif isinstance(value, list):
            for item in value:
                child = ET.SubElement(element, name)
                if isinstance(item, dict):  # Flickr leaves a list's bare strings out
                    _fill(child, item)
        else:
            element.set(name, _text(value))


def _text(value: object) -> str:
    if value is None or value is False:
        return ""
    return "1" if value is True else _NOT_IN_XML.sub("", str(value))
