"""The arguments of flickr.photos.search that narrow it down, each as a mask over all photos."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from fnmatch import fnmatchcase

import numpy as np

from sandbox.collection import Bools, Collection, Floats, Ints
from sandbox.errors import ApiError
from sandbox.licenses import NO_KNOWN_RESTRICTIONS
from sandbox.words import WordIndex, normalise_tag, read_query

Arguments = Mapping[str, str]

_FUZZY_ONE_IN = 10  # photos, whose date of upload is matched loosely when the sandbox is fuzzy
_FUZZINESS = 7 * 86_400  # seconds by which it may miss
_KILOMETRES_A_DEGREE = 111.195
_KILOMETRES_A_MILE = 1.609344
_MOST_TAGS = 20
_MOST_MACHINE_TAGS = {"any": 8, "all": 16}
# The deprecated content_type 1–7 in terms of content_types 0 photos, 1 screenshots, 2 other.
_OLD_CONTENT_TYPES = {"1": "0", "2": "1", "3": "2", "4": "0,1", "5": "1,2", "6": "0,2", "7": "0,1,2,3"}


class Filters:
    """Turns arguments into masks; raises ApiError for arguments that make no sense."""

    def __init__(self, collection: Collection, *, fuzzy: bool) -> None:
        self._all = collection
        self._columns = collection.columns
        hidden = collection.hidden_words or [""] * len(collection.captions)
        self._captions = WordIndex(
            [f"{shown} {also}" for shown, also in zip(collection.captions, hidden, strict=True)]
        )
        tags = [[*raw, *map(normalise_tag, raw)] for raw in collection.tag_sets]
        self._tag_words = WordIndex([" ".join(words) for words in tags])
        self._tag_sets = [frozenset(map(normalise_tag, raw)) for raw in collection.tag_sets]
        self._fuzzy = self._columns.id // 7 % _FUZZY_ONE_IN == 0 if fuzzy else None

    def mask(self, arguments: Arguments) -> Bools:
        """Mask of the photos that satisfy every argument."""
        mask = np.ones(len(self._all), bool)
        for name, applies in (
            ("text", self._text),
            ("tags", self._tags),
            ("machine_tags", self._machine_tags),
            ("user_id", self._user),
            ("license", self._license),
            ("bbox", self._bbox),
            ("lat", self._near),
            ("accuracy", self._accuracy),
            ("has_geo", self._has_geo),
            ("geo_context", self._geo_context),
            ("content_types", self._content_types),
            ("content_type", self._content_types),
            ("media", self._media),
            ("video_content_types", self._video_content_types),
            ("is_commons", self._is_commons),
            ("is_getty", self._is_getty),
            ("in_gallery", self._in_gallery),
        ):
            if arguments.get(name):
                mask &= applies(arguments)
        for name in ("woe_id", "place_id"):
            if arguments.get(name) and not arguments.get("bbox"):
                mask &= self._place(arguments[name])
        return mask & self._uploaded(arguments) & self._taken(arguments)

    def title_holds(self, arguments: Arguments) -> Ints:
        """Count a photo's title words that were searched for: what relevance goes by."""
        hits = np.zeros(len(self._all), np.int64)
        for term in read_query(arguments.get("text", "")).wanted:
            hits += self._captions.holds(term)[self._columns.title]
        return hits

    def distance(self, arguments: Arguments) -> Floats:
        """Kilometres to `lat` and `lon`, good enough below a hundred."""
        latitude, longitude = _number(arguments, "lat"), _number(arguments, "lon")
        north = self._columns.latitude - latitude
        east = (self._columns.longitude - longitude + 180) % 360 - 180
        degrees: Floats = np.hypot(north, east * np.cos(np.radians(latitude)))
        return degrees * _KILOMETRES_A_DEGREE

    def _text(self, arguments: Arguments) -> Bools:
        terms = read_query(arguments["text"])
        mask = np.ones(len(self._all), bool)
        for term in terms.wanted:
            mask &= self._word(term)
        for term in terms.excluded:
            mask &= ~self._word(term)
        return mask

    def _word(self, term: str) -> Bools:
        columns, captions, tags = self._columns, self._captions.holds(term), self._tag_words.holds(term)
        mask: Bools = (
            captions[columns.title] | captions[columns.description] | tags[columns.tags] | tags[columns.place_tags]
        )
        return mask

    def _tags(self, arguments: Arguments) -> Bools:
        tags = [tag.strip() for tag in arguments["tags"].split(",") if tag.strip()]
        wanted = [self._tag(tag) for tag in tags if not tag.startswith("-")]
        together = arguments.get("tag_mode") == "all"
        if together and len(tags) > _MOST_TAGS:
            raise ApiError(1, "Too many tags in ALL query")
        combine = np.logical_and if together else np.logical_or
        mask: Bools = combine.reduce(wanted) if wanted else np.ones(len(self._all), bool)
        for tag in tags:
            if tag.startswith("-"):
                mask = mask & ~self._tag(tag[1:])
        return mask

    def _tag(self, tag: str) -> Bools:
        wanted = normalise_tag(tag)
        holds = np.fromiter((wanted in tags for tags in self._tag_sets), bool, len(self._tag_sets))
        mask: Bools = holds[self._columns.tags] | holds[self._columns.place_tags]
        return mask

    def _machine_tags(self, arguments: Arguments) -> Bools:
        mode = "all" if arguments.get("machine_tag_mode") == "all" else "any"
        patterns = [part.strip().replace('"', "") for part in arguments["machine_tags"].split(",")]
        if not all(re.fullmatch(r"[\w*]*:[\w*]*(=.*)?", pattern) for pattern in patterns):
            raise ApiError(11, "No valid machine tags")
        if len(patterns) > _MOST_MACHINE_TAGS[mode]:
            raise ApiError(12, "Exceeded maximum allowable machine tags")
        quantifier = all if mode == "all" else any
        holds = [
            quantifier(any(_machine_tag_fits(tag, pattern) for tag in _machine_tags(text)) for pattern in patterns)
            for text in self._all.machine_tag_sets
        ]
        return np.array(holds, bool)[self._columns.machine_tags]

    def _user(self, arguments: Arguments) -> Bools:
        number = self._all.owner_number.get(arguments["user_id"])
        if number is None:
            raise ApiError(2, "Unknown user")
        mask: Bools = self._columns.owner == number
        return mask

    def _license(self, arguments: Arguments) -> Bools:
        return np.isin(self._columns.license, _numbers(arguments["license"]))

    def _bbox(self, arguments: Arguments) -> Bools:
        try:
            west, south, east, north = (float(part) for part in arguments["bbox"].split(","))
        except ValueError:
            raise ApiError(18, "Illogical arguments") from None
        if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
            raise ApiError(18, "Illogical arguments")
        x, y = self._columns.longitude, self._columns.latitude
        return self._columns.geo & (x >= west) & (x <= east) & (y >= south) & (y <= north)

    def _near(self, arguments: Arguments) -> Bools:
        radius = _number(arguments, "radius", 5.0)
        radius *= _KILOMETRES_A_MILE if arguments.get("radius_units") == "mi" else 1
        if not 0 < radius <= 20 * _KILOMETRES_A_MILE:
            raise ApiError(18, "Illogical arguments")
        mask: Bools = self._columns.geo & (self.distance(arguments) <= radius)
        return mask

    def _accuracy(self, arguments: Arguments) -> Bools:
        mask: Bools = self._columns.accuracy >= _number(arguments, "accuracy")
        return mask

    def _has_geo(self, arguments: Arguments) -> Bools:
        mask: Bools = self._columns.geo == (arguments["has_geo"] != "0")
        return mask

    def _geo_context(self, arguments: Arguments) -> Bools:
        mask: Bools = self._columns.geo & (self._columns.context == _number(arguments, "geo_context"))
        return mask

    def _content_types(self, arguments: Arguments) -> Bools:
        types = arguments.get("content_types") or _OLD_CONTENT_TYPES.get(arguments["content_type"], "")
        return np.isin(self._columns.content_type, _numbers(types))

    def _media(self, arguments: Arguments) -> Bools:
        if arguments["media"] not in {"photos", "videos"}:
            return np.ones(len(self._all), bool)
        mask: Bools = self._columns.video == (arguments["media"] == "videos")
        return mask

    def _video_content_types(self, arguments: Arguments) -> Bools:
        return ~self._columns.video | (0 in _numbers(arguments["video_content_types"]))

    def _is_commons(self, _arguments: Arguments) -> Bools:
        mask: Bools = self._columns.license == NO_KNOWN_RESTRICTIONS
        return mask

    def _is_getty(self, _arguments: Arguments) -> Bools:
        return np.zeros(len(self._all), bool)

    def _in_gallery(self, _arguments: Arguments) -> Bools:
        return self._columns.faves > 20

    def _place(self, wanted: str) -> Bools:
        names = [(woe_id(number), place_id(number)) for number in range(len(self._all.places))]
        return self._columns.geo & np.isin(self._columns.place, [at for at, ids in enumerate(names) if wanted in ids])

    def _uploaded(self, arguments: Arguments) -> Bools:
        first, last = _moment(arguments, "min_upload_date"), _moment(arguments, "max_upload_date")
        uploaded = self._columns.uploaded
        mask: Bools = _between(uploaded, first, last)
        if self._fuzzy is not None:
            mask |= self._fuzzy & _between(uploaded, first and first - _FUZZINESS, last and last + _FUZZINESS)
        return mask

    def _taken(self, arguments: Arguments) -> Bools:
        return _between(
            self._columns.taken, _moment(arguments, "min_taken_date"), _moment(arguments, "max_taken_date")
        )


def woe_id(place: int) -> str:
    """Return the Yahoo number of a place, by its position."""
    return str(1_100_000 + 137 * place)


def place_id(place: int) -> str:
    """Return the place id of a place, by its position."""
    return f"sb{place:02}.NpTUb4lPlace"


def _between(values: Ints, first: int | None, last: int | None) -> Bools:
    mask = np.ones(len(values), bool)
    if first is not None:
        mask &= values >= first
    if last is not None:
        mask &= values <= last
    return mask


def _moment(arguments: Arguments, name: str) -> int | None:
    """Read a unix timestamp or a MySQL date and time."""
    value = arguments.get(name, "").strip()
    if not value:
        return None
    try:
        return int(value) if value.isascii() and value.isdigit() else _seconds(value)
    except ValueError:
        raise ApiError(18, "Illogical arguments") from None


def _seconds(value: str) -> int:
    return int(datetime.fromisoformat(value).replace(tzinfo=UTC).timestamp())


def _number(arguments: Arguments, name: str, default: float | None = None) -> float:
    try:
        return float(arguments.get(name) or (default if default is not None else ""))
    except ValueError:
        raise ApiError(18, "Illogical arguments") from None


def _numbers(value: str) -> list[int]:
    return [int(part) for part in value.split(",") if part.strip().isdigit()]


def _machine_tags(text: str) -> list[str]:
    return [tag.replace('"', "") for tag in re.findall(r'\S+?=(?:"[^"]*"|\S+)', text)]


def _machine_tag_fits(tag: str, pattern: str) -> bool:
    """Whether a machine tag fits `ns:pred=value`, any part of which may be empty or hold wildcards."""
    parts = zip(re.split("[:=]", tag, maxsplit=2), re.split("[:=]", pattern, maxsplit=2), strict=False)
    return all(not wanted or fnmatchcase(part.casefold(), wanted.casefold()) for part, wanted in parts)
