"""Flickr's XML read into the shape of its JSON: an attribute is a key, text is `_content`, a list is a list."""

from typing import Any

from lxml import etree

#: Elements that are a list in JSON however many there are.
LISTS = frozenset({"photo", "comment", "exif", "size", "license", "tag", "note", "person", "set", "pool", "url"})
#: A photo alone under the answer is an object, in a list of photos it is one of many.
ALONE = frozenset({"rsp"})
#: Elements that hold plain text and are an object with `_content` in JSON, even when empty.
TEXTS = frozenset({"title", "description", "comments", "username", "realname", "location", "raw", "clean"})


def read(text: bytes) -> dict[str, Any]:
    """Return the answer; the children of the root and its attributes are its keys.

    Raises:
        ValueError: if the text is not well-formed XML.

    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(text, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from None
    return _object(root)


def _object(element: etree._Element) -> dict[str, Any]:
    """Return an element's attributes, children and text as one mapping."""
    parent = str(element.tag)
    said: dict[str, Any] = {str(name): str(value) for name, value in element.attrib.items()}
    for child in element.iterchildren(tag=etree.Element):
        name, value = str(child.tag), _value(child)
        if name in LISTS and parent not in ALONE:
            said.setdefault(name, []).append(value)
        else:
            said[name] = value
    content = (element.text or "").strip()
    if content:
        said["_content"] = element.text
    return said


def _value(element: etree._Element) -> dict[str, Any]:
    """Return an element as an object; a text element always has `_content`."""
    said = _object(element)
    if str(element.tag) in TEXTS and len(element) == 0:
        said.setdefault("_content", "")
    return said
