"""How values are written for people."""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit

from imagescraper.photo import Photo

#: Formats of a date by Flickr's granularity: to the second, to the month, to the year, circa.
_DATES = {4: "%B %Y", 6: "%Y", 8: "about %Y"}


def count(number: int, noun: str) -> str:
    """Return a number with its noun: 1 photo, 1,234 photos."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def title(photo: Photo) -> str:
    """Return a photo's title, or what stands for it."""
    return (photo.title or "").strip() or "Untitled"


def place(photo: Photo) -> str:
    """Return city and country as far as they are known."""
    return ", ".join(part for part in (photo.city, photo.country) if part)


def license_name(slug: str | None) -> str:
    """Return a licence as people write it: CC BY-SA 2.0, All rights reserved."""
    if not slug:
        return "Licence unknown"
    if slug.startswith("cc-"):
        kind, _, version = slug.removeprefix("cc-").rpartition("-")
        return f"CC {kind.upper()} {version}"
    if slug.startswith("cc0"):
        return slug.upper().replace("-", " ")
    return slug.replace("-", " ").capitalize()


def date_taken(photo: Photo) -> str:
    """Return when a photo was taken, as exactly as its source knows."""
    if photo.date_taken is None:
        return ""
    exact = f"{photo.date_taken.day} {photo.date_taken:%B %Y}"
    layout = _DATES.get(photo.date_taken_granularity or 0)
    return photo.date_taken.strftime(layout) if layout else exact


def time_taken(photo: Photo) -> str:
    """Return date_taken(), with the time by the camera's clock where that is known; its zone never is."""
    if photo.date_taken is None or photo.date_taken_granularity in _DATES:
        return date_taken(photo)
    return f"{photo.date_taken:%Y-%m-%d %H:%M:%S}"


def value(thing: object) -> str:
    """Return any value of a row as text; a time is one in UTC."""
    if isinstance(thing, datetime):
        return f"{thing:%Y-%m-%d %H:%M:%S} UTC"
    if isinstance(thing, bool):
        return "yes" if thing else "no"
    if isinstance(thing, int):
        return f"{thing:,}"
    if isinstance(thing, float):
        return f"{thing:.6g}"
    if isinstance(thing, list):
        return ", ".join(value(part) for part in thing)
    if isinstance(thing, Mapping):
        return "; ".join(f"{name}: {value(part)}" for name, part in thing.items())
    return str(thing)


def safe_link(url: str | None) -> str | None:
    """Return an address that is safe to follow: an absolute web address, nothing else."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.hostname else None
