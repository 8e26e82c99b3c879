"""The embedded scorer: a classifier of 1,000 classes, asked about every noun that is a kind of them."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from imagescraper.vision import crops
from imagescraper.vision.concepts import Concept, find
from imagescraper.vision.model import Model
from imagescraper.vision.scorer import Score

TEMPERATURE = 0.6
"""Divides the logits, because the network is too timid as published: of six values tried on 1,000 photos this one had
the lowest negative log likelihood, and with it 94 % of 1,380 other monkeys score above 0.5 rather than 75 %."""

UNDECIDED = (0.005, 0.9)
"""Only a value between these is looked at again in tiles. Of photos found by searching for a monkey 4 % are, of other
photos 3 %, of monkeys that share the picture with something else every third. In an elongated picture the lower bound
decides nothing, because most of it has not been looked at."""

CONFIRMED = 0.5
"""A label that only few of its kinds stand for is answered from here on; below, the thing may be of another kind."""

WIDTH = 1280
"""Length of an embedding."""

Floats = npt.NDArray[np.float32]


class LocalScorer:
    """Scores pictures on this machine, without any network; safe to use from several threads.

    The converted network is kept in `cache`; `threads` is how many threads one call computes with.
    Raises ScorerUnavailable if the weights or the libraries to run them are not installed.
    """

    name = "local"

    def __init__(self, cache: Path, threads: int = 1) -> None:
        self._model = Model(cache, threads)

    def coverage(self, labels: Sequence[str]) -> dict[str, str]:
        """Say for each label whether it is `exact`, `hypernym:N`, `partial:N` or `none`; see Concept.coverage."""
        return {label: find(label).coverage for label in labels}

    def score(self, images: Sequence[bytes], labels: Sequence[str]) -> list[list[Score]]:
        """Return one list for each encoded image, with one score for each label, in the order asked.

        The value is the summed probability of the label's classes, the highest of the whole picture and, where that
        does not decide, of its tiles. It is None for a label without classes, for a picture that cannot be decoded,
        and for a label with coverage `partial` that is not confirmed.
        """
        concepts = [find(label) for label in labels]
        return [
            [
                Score(label, answer(concept, value), self.name, concept.coverage)
                for label, concept, value in zip(labels, concepts, row, strict=True)
            ]
            for row in self._values(images, concepts)
        ]

    def embed(self, images: Sequence[bytes]) -> npt.NDArray[np.float16]:
        """Return the features of each encoded image, of shape (n, 1280); NaN where it cannot be decoded.

        Alike pictures have features of a high cosine, whatever they show.
        """
        features = np.full((len(images), WIDTH), np.nan, np.float16)
        pictures = decode_all(images)
        if pictures:
            features[list(pictures)] = self._model.embed([crops.whole(picture) for picture in pictures.values()])
        return features

    def _values(self, images: Sequence[bytes], concepts: Sequence[Concept]) -> Floats:
        """Return the value of each concept in each image, NaN where that cannot be said."""
        values = np.full((len(images), len(concepts)), np.nan, np.float32)
        pictures = decode_all(images) if any(concept.classes for concept in concepts) else {}
        if pictures:
            values[list(pictures)] = self._sums([crops.whole(picture) for picture in pictures.values()], concepts)
        low, high = UNDECIDED
        elongated = np.zeros((len(images), 1), bool)
        elongated[list(pictures), 0] = [crops.elongated(picture) for picture in pictures.values()]
        undecided = ((low < values) | elongated) & (values < high)
        for number in np.flatnonzero(undecided.any(axis=1)).tolist():
            best = self._sums(crops.tiles(pictures[number]), concepts).max(axis=0)
            values[number] = np.where(undecided[number], np.maximum(values[number], best), values[number])
        return values

    def _sums(self, cuts: Sequence[crops.Crop], concepts: Sequence[Concept]) -> Floats:
        """Return the summed probability of each concept's classes in each crop, NaN where it has none."""
        chances = softmax(self._model.classify(cuts) / TEMPERATURE)
        sums = np.stack([chances[:, concept.classes].sum(axis=1) for concept in concepts], axis=1)
        sums[:, [not concept.classes for concept in concepts]] = np.nan
        return sums


def decode_all(images: Sequence[bytes]) -> dict[int, Image.Image]:
    """Return the pictures that can be decoded, by their place."""
    decoded = enumerate(map(crops.decode, images))
    return {number: picture for number, picture in decoded if picture is not None}


def softmax(logits: Floats) -> Floats:
    """Turn logits into probabilities along the last axis."""
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    probabilities: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return probabilities


def answer(concept: Concept, value: np.float32) -> float | None:
    """Return the value as it is told: to four places, or None where the classes cannot say."""
    unsaid = np.isnan(value) or (concept.kind == "partial" and value < CONFIRMED)
    return None if unsaid else min(round(float(value), 4), 1.0)
