"""The embedded scorer: a classifier of 1,000 classes, asked about every noun that is a kind of them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from imagescraper.vision import crops
from imagescraper.vision.concepts import Concept, find
from imagescraper.vision.meanings import understand
from imagescraper.vision.model import Model
from imagescraper.vision.scorer import Score, Scorer, Sight

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


class LocalScorer(Scorer):
    """Scores pictures on this machine, without any network; safe to use from several threads.

    The converted network is kept in `cache`; `threads` is how many threads one call computes with; `score_as` is
    what the user says labels mean. Raises ScorerUnavailable if the weights or the libraries to run them are missing.
    """

    name = "local"
    batch = 8

    def __init__(self, cache: Path, threads: int = 1, score_as: Mapping[str, str] | None = None) -> None:
        self._model = Model(cache, threads)
        self._score_as = score_as or {}

    def coverage(self, labels: Sequence[str]) -> dict[str, str]:
        """Say for each label whether it is `exact`, `hypernym:N`, `partial:N` or `none`; see Concept.coverage.

        A label that is answered under another noun says so: `as:monkey`, `translated:monkey`.
        """
        return {label: coverage for label, _, coverage in self._understand(labels)}

    def answered(self, score: Score) -> bool:
        """Tell whether the score is one of this scorer, with the same meaning of the label."""
        return score.scorer == self.name and score.coverage == self.coverage([score.label])[score.label]

    def look(self, images: Sequence[bytes], labels: Sequence[str]) -> list[Sight]:
        """Return the scores and the embedding of each encoded image, from one run of the network over it.

        The value is the summed probability of the label's classes, the highest of the whole picture and, where that
        does not decide, of its tiles. It is None for a label without classes, for a picture that cannot be decoded,
        and for a label with coverage `partial` that is not confirmed.
        """
        understood = self._understand(labels)
        values, embeddings = self._see(images, [concept for _, concept, _ in understood])
        return [
            Sight(
                [
                    Score(label, answer(concept, value), self.name, coverage)
                    for (label, concept, coverage), value in zip(understood, row, strict=True)
                ],
                None if np.isnan(embedding[0]) else embedding,
            )
            for row, embedding in zip(values, embeddings, strict=True)
        ]

    def embed(self, images: Sequence[bytes]) -> npt.NDArray[np.float16]:
        """Return the features of each encoded image, of shape (n, 1280); NaN where it cannot be decoded.

        Alike pictures have features of a high cosine, whatever they show.
        """
        return self._see(images, [])[1]

    def _understand(self, labels: Sequence[str]) -> list[tuple[str, Concept, str]]:
        """Return each label with what it means to the classifier and its coverage."""
        meanings = understand(labels, self._score_as)
        concepts = [find(meaning.noun) for meaning in meanings]
        return [
            (meaning.label, concept, meaning.coverage(concept.coverage))
            for meaning, concept in zip(meanings, concepts, strict=True)
        ]

    def _see(self, images: Sequence[bytes], concepts: Sequence[Concept]) -> tuple[Floats, npt.NDArray[np.float16]]:
        """Return the value of each concept in each image and each image's features, NaN where that cannot be said."""
        values = np.full((len(images), len(concepts)), np.nan, np.float32)
        embeddings = np.full((len(images), WIDTH), np.nan, np.float16)
        pictures = decode_all(images)
        if not pictures:
            return values, embeddings
        places = list(pictures)
        logits, features = self._model.look([crops.whole(picture) for picture in pictures.values()])
        values[places], embeddings[places] = sums(logits, concepts), features
        low, high = UNDECIDED
        elongated = np.zeros((len(images), 1), bool)
        elongated[places, 0] = [crops.elongated(picture) for picture in pictures.values()]
        undecided = ((low < values) | elongated) & (values < high)
        for number in np.flatnonzero(undecided.any(axis=1)).tolist():
            best = sums(self._model.look(crops.tiles(pictures[number]))[0], concepts).max(axis=0)
            values[number] = np.where(undecided[number], np.maximum(values[number], best), values[number])
        return values, embeddings


def sums(logits: Floats, concepts: Sequence[Concept]) -> Floats:
    """Return the summed probability of each concept's classes in each crop, NaN where it has none."""
    chances = softmax(logits / TEMPERATURE)
    result = np.full((len(logits), len(concepts)), np.nan, np.float32)
    for place, concept in enumerate(concepts):
        if concept.classes:
            result[:, place] = chances[:, concept.classes].sum(axis=1)
    return result


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
