"""Words as Flickr's search sees them: in titles, descriptions and tags, in any script."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]

_WORD = re.compile(r"\w+")
_MARKUP = re.compile(r"<[^>]*>")
# Kana, Han, Hangul, Thai, Lao, Khmer, Myanmar: written without spaces, so a word is found inside a longer run.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_QUERY_PART = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')


class Terms(NamedTuple):
    """A text query: words and phrases that must be there, and those that must not."""

    wanted: list[str]
    excluded: list[str]


def read_query(text: str) -> Terms:
    """Split a `text` argument into terms: words are AND-ed, quotes make a phrase, a leading hyphen excludes."""
    terms = Terms([], [])
    for hyphen, phrase, word in _QUERY_PART.findall(text):
        term = " ".join(_WORD.findall((phrase or word).casefold()))
        if term:
            (terms.excluded if hyphen else terms.wanted).append(term)
    return terms


def normalise_tag(tag: str) -> str:
    """Return a tag as Flickr stores it: lower case, letters and digits only; machine tags stay as they are."""
    return tag if ":" in tag and "=" in tag else "".join(_WORD.findall(tag.casefold())).replace("_", "")


class WordIndex:
    """Answers which of many texts hold a word or a phrase, as a mask over the texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._runs = [f" {' '.join(_WORD.findall(_MARKUP.sub(' ', text).casefold()))} " for text in texts]
        self._positions: dict[str, list[int]] = {}
        for position, run in enumerate(self._runs):
            for word in set(run.split()):
                self._positions.setdefault(word, []).append(position)

    def holds(self, term: str) -> Mask:
        """Mask of the texts that hold `term` (as `read_query` gives it)."""
        if _UNSPACED.search(term):
            return np.fromiter((term in run for run in self._runs), bool, len(self._runs))
        if " " in term:
            return np.fromiter((f" {term} " in run for run in self._runs), bool, len(self._runs))
        mask = np.zeros(len(self._runs), bool)
        mask[self._positions.get(term, [])] = True
        return mask
