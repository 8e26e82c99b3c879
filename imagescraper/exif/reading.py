"""The form in which every reader gives what it found."""

from dataclasses import dataclass, field
from typing import Any

Tags = dict[str, Any]


@dataclass
class Reading:
    """Tags in nested form, as {"Exif": {"Photo": {"FNumber": 2.8}}}, and, in `errors`, what could not be read."""

    tags: Tags = field(default_factory=dict, repr=False)
    errors: list[str] = field(default_factory=list)

    def put(self, path: tuple[str, ...], value: Any) -> None:  # noqa: ANN401 -- a tag holds anything
        """Set the value at `path`, unless there is one already."""
        place = self.tags
        for name in path[:-1]:
            place = place.setdefault(name, {})
        place.setdefault(path[-1], value)

    def failed(self, part: str, error: Exception) -> None:
        """Note that `part` could not be read; only the kind of error, for its text may quote the file."""
        self.errors.append(f"{part}: {type(error).__name__}")

    def fill(self, other: "Reading") -> None:
        """Take over the EXIF tags and the whole other families that this reading lacks, and all errors."""
        for family, found in other.tags.items():
            if family == "Exif":
                for group, tags in found.items():
                    for name, value in tags.items():
                        self.put((family, group, name), value)
            else:
                self.put((family,), found)
        self.errors += other.errors
