"""The contract of every scorer: encoded pictures and labels in, one score for each pair out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class ScorerUnavailable(Exception):
    """A scorer cannot work here; the message says which command makes it available."""


@dataclass(frozen=True, slots=True)
class Score:
    """How sure a scorer is that one label is visible in one picture."""

    label: str
    """The label as it was asked for."""

    value: float | None
    """0 (surely absent) to 1 (surely visible), or None where the scorer cannot say."""

    scorer: str
    """The name of the scorer that gave the value."""

    coverage: str
    """What the value rests on: how the scorer understood the label, or `none`."""


class Scorer(Protocol):
    """Anything that scores pictures; its methods may be called from several threads at once."""

    name: str

    def coverage(self, labels: Sequence[str]) -> dict[str, str]:
        """Say for each label, before any picture is seen, how far it can be answered; `none` is not at all."""
        ...

    def score(self, images: Sequence[bytes], labels: Sequence[str]) -> list[list[Score]]:
        """Return one list for each encoded image, with one score for each label, in the order asked.

        A picture that cannot be decoded has the value None for every label.
        """
        ...
