"""Flickr's licences by their ids, as flickr.photos.licenses.getInfo listed them in 2025."""

from dataclasses import dataclass

_CC = "https://creativecommons.org"


@dataclass(frozen=True, slots=True)
class License:
    """One licence: the name in our rows, the name for people, and the address of its text."""

    slug: str
    name: str
    url: str | None


def _cc(kind: str, version: str) -> License:
    """Return a Creative Commons licence of a kind such as by-nc."""
    url = f"{_CC}/licenses/{kind}/{version}/"
    return License(f"cc-{kind}-{version}", f"CC {kind.upper()} {version}", url)


#: The order of the 4.0 licences (ids 11 to 16) differs from that of 2.0 (ids 1 to 6).
LICENSES: dict[int, License] = {
    0: License("all-rights-reserved", "All Rights Reserved", None),
    1: _cc("by-nc-sa", "2.0"),
    2: _cc("by-nc", "2.0"),
    3: _cc("by-nc-nd", "2.0"),
    4: _cc("by", "2.0"),
    5: _cc("by-sa", "2.0"),
    6: _cc("by-nd", "2.0"),
    7: License("no-known-copyright", "No known copyright restrictions", "https://www.flickr.com/commons/usage/"),
    8: License("us-government-work", "United States Government Work", "http://www.usa.gov/copyright.shtml"),
    9: License("cc0-1.0", "CC0 1.0", f"{_CC}/publicdomain/zero/1.0/"),
    10: License("public-domain-mark-1.0", "Public Domain Mark 1.0", f"{_CC}/publicdomain/mark/1.0/"),
    11: _cc("by", "4.0"),
    12: _cc("by-sa", "4.0"),
    13: _cc("by-nd", "4.0"),
    14: _cc("by-nc", "4.0"),
    15: _cc("by-nc-sa", "4.0"),
    16: _cc("by-nc-nd", "4.0"),
}
