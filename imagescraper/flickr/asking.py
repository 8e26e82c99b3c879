"""What people write about dates, licences and kinds of picture, read into what Flickr wants."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from imagescraper.flickr.licenses import LICENSES

DATES = "write 2015, 2015-03, 2015-03-21, 2015-03-21T14:30 or a range such as 2015-01-01..2016-06-30, 2015.. or ..2016"

_CLOCK = r"[T ](?P<clock>\d\d:\d\d(?::\d\d)?)(?P<zone>Z|[+-]\d\d:\d\d)?"
_MOMENT = re.compile(rf"(?P<year>\d{{4}})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:{_CLOCK})?)?)?")
_SECOND = timedelta(seconds=1)

#: Kinds of picture by Flickr's ids, from the argument `content_types` of flickr.photos.search.
CONTENT = {"photos": 0, "screenshots": 1, "other": 2, "virtual": 3}


@dataclass(frozen=True, slots=True)
class Span:
    """A span of time, both ends included to the second; None is open."""

    first: datetime | None
    last: datetime | None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an ISO date, which stands for all of its year, month or day, or two of them with `..` between.

        Without a zone, times are UTC. Raises ValueError, whose one line says what to write instead.
        """
        begin, divider, end = text.strip().replace("/", "..").partition("..")
        first = _moment(begin)[0] if begin.strip() else None
        last = _moment(end if divider else begin)[1] if (end if divider else begin).strip() else None
        if first is None and last is None:
            raise ValueError(f"a date is missing: {DATES}")
        if first and last and first > last:
            raise ValueError(f"{text} ends before it begins: swap the two dates")
        return cls(first, last)

    @classmethod
    def parse_local(cls, text: str) -> Self:
        """Read a span on the photographer's clock, whose zone nobody knows; raises ValueError where one is given."""
        if re.search(r"\d(?:Z|[+-]\d\d:\d\d)", text):
            raise ValueError("the time of taking is the photographer's own, without a zone: leave the zone out")
        return cls.parse(text)

    def __str__(self) -> str:
        """Give the span in a form that parse() reads."""
        return "..".join(f"{end:%Y-%m-%dT%H:%M:%S}" if end else "" for end in (self.first, self.last))

    @property
    def datetimes(self) -> tuple[str | None, str | None]:
        """Both ends as MySQL writes them."""
        return _mysql(self.first), _mysql(self.last)

    @property
    def seconds(self) -> tuple[int | None, int | None]:
        """Both ends as Unix times."""
        return _unix(self.first), _unix(self.last)


def _moment(text: str) -> tuple[datetime, datetime]:
    """Return the first and the last second of a year, month, day, minute or second."""
    match = _MOMENT.fullmatch(text.strip())
    if not match:
        raise ValueError(f"cannot read {text.strip()!r} as a date: {DATES}")
    year, month, day, clock, zone = match.groups()
    try:
        written = f"{year}-{month or '01'}-{day or '01'}T{clock or '00:00'}{zone or 'Z'}"
        first = datetime.fromisoformat(written).astimezone(UTC)
        if clock:
            return first, first + timedelta(seconds=59 if clock.count(":") == 1 else 0)
        if day:
            return first, first + timedelta(days=1) - _SECOND
        if month:
            return first, (first + timedelta(days=31)).replace(day=1) - _SECOND
        return first, first.replace(month=12, day=31, hour=23, minute=59, second=59)
    except (ValueError, OverflowError):
        raise ValueError(f"{text.strip()!r} is no date of the calendar: {DATES}") from None


def _mysql(moment: datetime | None) -> str | None:
    """Return a time as MySQL writes it."""
    return f"{moment:%Y-%m-%d %H:%M:%S}" if moment else None


def _unix(moment: datetime | None) -> int | None:
    """Return a time as Unix counts it."""
    return int(moment.timestamp()) if moment else None


def _of(*beginnings: str) -> frozenset[int]:
    """Return the ids of the licences whose names begin in one of these ways."""
    return frozenset(id_ for id_, entry in LICENSES.items() if entry.slug.startswith(beginnings))


_PUBLIC = _of("cc0", "public-domain", "no-known-copyright", "us-government")
_CC = _of("cc-", "cc0")
_NOT_FOR_MONEY = _of("cc-by-nc", "all-rights-reserved")

#: Groups of licences by the names under which they can be asked for. `commercial`: commercial use is allowed.
LICENSE_GROUPS: dict[str, frozenset[int]] = {
    "cc": _CC,
    "cc-by": _of("cc-by-2.0", "cc-by-4.0"),
    "commercial": frozenset(LICENSES) - _NOT_FOR_MONEY,
    "pd": _PUBLIC,
}


def license_ids(text: str) -> tuple[int, ...] | None:
    """Return the ids of licences given as groups, names or ids with commas between; None for any licence.

    Raises ValueError, whose one line lists what there is.
    """
    ids: set[int] = set()
    for part in (part.strip().lower() for part in text.split(",")):
        named = {id_ for id_, entry in LICENSES.items() if entry.slug == part}
        if part == "any":
            return None
        if part in LICENSE_GROUPS:
            ids |= LICENSE_GROUPS[part]
        elif named:
            ids |= named
        elif part.isascii() and part.isdigit() and int(part) in LICENSES:
            ids.add(int(part))
        else:
            raise ValueError(
                f"there is no licence {part!r}: write any, {', '.join(LICENSE_GROUPS)}, a name such as cc-by-4.0, "
                f"or ids from 0 to {max(LICENSES)}"
            )
    return tuple(sorted(ids))


def content_ids(text: str) -> tuple[int, ...]:
    """Return the ids of kinds of picture given by name with commas between; raises ValueError for other names."""
    names = [part.strip().lower() for part in text.split(",")]
    wrong = [name for name in names if name not in CONTENT]
    if wrong:
        raise ValueError(f"there is no content {wrong[0]!r}: write some of {', '.join(CONTENT)}")
    return tuple(sorted({CONTENT[name] for name in names}))
