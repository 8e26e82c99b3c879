"""Takes a photo's own owner out of its words: name, alias and id, also glued together as in tags."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from imagescraper.photo import Photo

PLACEHOLDER = "[owner]"

#: Shorter names ("Al", "Park") would be found inside ordinary words; they are replaced as whole words only.
SHORTEST_INSIDE = 6

WORDS = ("title", "description", "tags", "machine_tags", "credit", "page_url")


def owner_strings(photo: Photo) -> list[str]:
    """Return what gives the owner away, the longest first: id, alias, name, also glued and as addresses write them."""
    strings: set[str] = set()
    for value in (photo.owner, photo.path_alias, photo.owner_name):
        if value and value.strip():
            strings |= {value.strip(), _glued(value), quote(value.strip(), safe="")}
    return sorted((string for string in strings if len(string) > 1), key=len, reverse=True)


def _glued(text: str) -> str:
    """Return the text as Flickr normalises tags: lower case, letters and digits alone."""
    return "".join(character for character in text.lower() if character.isalnum())


def _pattern(strings: Iterable[str]) -> re.Pattern[str] | None:
    """Return a pattern for any of the strings, in any case; None when there is none."""
    parts = []
    for string in strings:
        # Blanks in a name may be any blanks in the text.
        part = r"\s+".join(re.escape(word) for word in string.split())
        parts.append(part if len(string) >= SHORTEST_INSIDE else rf"(?<!\w){part}(?!\w)")
    return re.compile("|".join(parts), re.IGNORECASE) if parts else None


def scrub(photo: Photo) -> None:
    """Replace the owner in the photo's words, and keep the true wording in `scrubbed`, which is sealed later."""
    pattern = _pattern(owner_strings(photo))
    if pattern is None:
        return
    true: dict[str, Any] = {}
    for name in WORDS:
        value = getattr(photo, name)
        clean = (
            [pattern.sub(PLACEHOLDER, word) for word in value]
            if isinstance(value, list)
            else (pattern.sub(PLACEHOLDER, value) if value else value)
        )
        if clean != value:
            true[name] = value
            setattr(photo, name, clean)
    photo.scrubbed = true or None
