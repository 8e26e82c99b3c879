"""The contract of every scorer: encoded pictures and labels in, one score for each pair out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Embedding = npt.NDArray[np.float16]


class ScorerUnavailable(Exception):
    """A scorer cannot work here; the message says which command or setting makes it available."""


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


@dataclass(frozen=True, slots=True)
class Sight:
    """All that one look at a picture gave."""

    scores: list[Score]
    """One for each label, in the order asked."""

    embedding: Embedding | None = None
    """What the embedded classifier saw in the whole picture, 1,280 numbers, where it has looked at it."""

    annotations: dict[str, Any] | None = None
    """All that a service said of the picture, asked for or not."""

    error: str | None = None
    """Why the picture could not be scored although the scorer knows the label; it is worth another try."""


class Scorer(Protocol):
    """Anything that scores pictures; its methods may be called from several threads at once."""

    name: str

    batch: int
    """How many pictures are best looked at together."""

    def check(self) -> None:
        """Make sure that the scorer can work; raises ScorerUnavailable with one line that names the remedy."""
        return

    def coverage(self, labels: Sequence[str]) -> dict[str, str]:
        """Say for each label, before any picture is seen, how far it can be answered; `none` is not at all."""
        ...

    def answered(self, score: Score) -> bool:
        """Tell whether a score of earlier is what this scorer would say again, so that it need not look once more."""
        ...

    def look(self, images: Sequence[bytes], labels: Sequence[str]) -> list[Sight]:
        """Look at each encoded image once.

        A picture that cannot be decoded has the value None for every label.
        """
        ...

    def score(self, images: Sequence[bytes], labels: Sequence[str]) -> list[list[Score]]:
        """Return one list for each encoded image, with one score for each label, in the order asked."""
        return [sight.scores for sight in self.look(images, labels)]
