"""Helps to choose the score from which on a photo counts: how scores spread, and how they agree with decisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

BINS = 20
THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)

ENOUGH = 10
"""Accepted and rejected photos, each, that a threshold can rest on."""

MIDDLE = 0.5

BIMODAL = 0.75
"""Share of the spread that a cut must explain for the scores to lie in two heaps: an even spread has exactly this."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What would be kept from a threshold on, judged by decisions; None where nothing is kept or nothing is true."""

    threshold: float
    kept: int
    precision: float | None
    recall: float | None


@dataclass(frozen=True, slots=True)
class Help:
    """What is known about the scores of one label."""

    label: str
    histogram: list[int]
    """How many values lie in each twentieth from 0 to 1; 1 itself counts to the last."""

    unscored: int
    decided: int
    agreements: list[Agreement]
    """One for each of `THRESHOLDS`; empty where nothing is decided."""

    threshold: float
    reason: str


def advise(label: str, scores: Mapping[str, float | None], truths: Mapping[str, bool], scorer: str) -> Help:
    """Return the help for a label from its scores by photo, and from what is decided or known about photos."""
    values = np.array([value for value in scores.values() if value is not None], np.float64)
    judged = [(value, truths[photo]) for photo, value in scores.items() if value is not None and photo in truths]
    threshold, reason = suggest(values, judged, scorer)
    return Help(
        label=label,
        histogram=np.histogram(values, BINS, (0.0, 1.0))[0].tolist(),
        unscored=sum(value is None for value in scores.values()),
        decided=len(judged),
        agreements=[agreement(judged, at) for at in THRESHOLDS] if judged else [],
        threshold=threshold,
        reason=reason,
    )


def agreement(judged: Sequence[tuple[float, bool]], threshold: float) -> Agreement:
    """Return precision and recall of keeping every value from the threshold on."""
    kept = [truth for value, truth in judged if value >= threshold]
    true = sum(truth for _, truth in judged)
    return Agreement(threshold, len(kept), sum(kept) / len(kept) if kept else None, sum(kept) / true if true else None)


def suggest(values: npt.NDArray[np.float64], judged: Sequence[tuple[float, bool]], scorer: str) -> tuple[float, str]:
    """Return a threshold, and why this one."""
    accepted = sum(truth for _, truth in judged)
    if accepted >= ENOUGH and len(judged) - accepted >= ENOUGH:
        best = max(candidates(judged), key=lambda entry: (balance(entry), -entry.threshold))
        return best.threshold, (
            f"of {len(judged)} judged photos it keeps {best.recall:.0%} of the right ones, and {best.precision:.0%} "
            "of what it keeps is right: no other threshold balances the two (F1) as well"
        )
    lacking = f"fewer than {ENOUGH} photos are accepted or rejected, and"
    if scorer == "google":
        return MIDDLE, f"{lacking} Google names nothing below 0.5: whatever it names is kept"
    cut = valley(values)
    if cut is not None:
        return cut, f"{lacking} the scores lie in two heaps, which this parts"
    return (
        MIDDLE,
        f"{lacking} the scores do not lie in two heaps: the middle is as good as any, look at photos near it",
    )


def candidates(judged: Sequence[tuple[float, bool]]) -> list[Agreement]:
    """Return the agreement at every hundredth from 0.01 on."""
    return [agreement(judged, step / 100) for step in range(1, 100)]


def balance(entry: Agreement) -> float:
    """Return F1, the harmonic mean of precision and recall."""
    precision, recall = entry.precision or 0.0, entry.recall or 0.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def valley(values: npt.NDArray[np.float64]) -> float | None:
    """Return the hundredth that parts the values into two heaps as Otsu's method does; None if there are none."""
    spread = values.var() if len(values) >= 2 * ENOUGH else 0.0
    if spread == 0:
        return None
    cuts = [step / 100 for step in range(1, 100)]
    explained = [between(values, cut) / spread for cut in cuts]
    best = max(explained)
    if best <= BIMODAL:
        return None
    # An empty valley explains the same all along: its middle is the fairest cut.
    level = [cut for cut, share in zip(cuts, explained, strict=True) if share >= best - 1e-9]
    return round(level[len(level) // 2], 2)


def between(values: npt.NDArray[np.float64], cut: float) -> float:
    """Return the variance between the values below and from a cut on."""
    upper = values >= cut
    share = float(upper.mean())
    if share in {0.0, 1.0}:
        return 0.0
    return share * (1 - share) * float(values[upper].mean() - values[~upper].mean()) ** 2
