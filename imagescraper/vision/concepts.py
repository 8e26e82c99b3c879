"""What a search term means to a classifier of the 1,000 ImageNet classes, by WordNet's nouns."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby
from unicodedata import name as character_name

PLURALS = (
    ("s", ""), ("es", ""), ("ies", "y"), ("ves", "f"), ("ves", "fe"), ("men", "man"), ("i", "us"),
)  # fmt: skip
"""Endings of English plurals and of their singulars, after WordNet's own rules for nouns."""

IRREGULAR = {"geese": "goose", "oxen": "ox"}
"""Plurals that no rule reaches, of the nouns that the table holds."""

FUNCTION_WORDS = frozenset({
    "a", "an", "and", "at", "by", "for", "from", "in", "into", "near", "of", "on", "or", "over", "the", "to",
    "under", "with", "without",
})  # fmt: skip
"""Words of a search term that name nothing which could be seen."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A noun as the classes that are kinds of it."""

    lemma: str
    kind: str
    classes: tuple[int, ...]

    @property
    def coverage(self) -> str:
        """`exact`, `hypernym:N` or `partial:N` with the number of classes, or `none`.

        `exact` is a class of its own, `hypernym` the sum of several, and `partial` has so few of the kinds known
        to WordNet (a daisy and an orchid for "flower") that they can show the thing present but never absent.
        """
        return f"{self.kind}:{len(self.classes)}" if self.kind in {"hypernym", "partial"} else self.kind


@cache
def table() -> dict[str, tuple[str, list[list[int]]]]:
    """Return the shipped table: lemma → kind and ranges of class numbers, both ends included."""
    text = files("imagescraper.vision.data").joinpath("concepts.json").read_text(encoding="utf-8")
    concepts: dict[str, tuple[str, list[list[int]]]] = json.loads(text)
    return concepts


def normalise(term: str) -> str:
    """Bring a term to the table's spelling: lower case, with single spaces for any of space, hyphen or underscore."""
    return " ".join(re.split(r"[\s_-]+", term.casefold().replace("’", "'").strip("\"' ")))


def singulars(lemma: str) -> Iterator[str]:
    """Yield what a normalised lemma may be the plural of, the likeliest first."""
    start, _, last = lemma.rpartition(" ")
    prefix = f"{start} " if start else ""
    if last in IRREGULAR:
        yield prefix + IRREGULAR[last]
    for ending, singular in PLURALS:
        if last.endswith(ending) and len(last) > len(ending):
            yield prefix + last.removesuffix(ending) + singular


def find(term: str) -> Concept:
    """Return the concept of a term in any case, singular or plural; its kind is `none` if no class belongs to it."""
    concepts = table()
    lemma = normalise(term)
    for candidate in (lemma, *singulars(lemma)):
        if candidate in concepts:
            kind, ranges = concepts[candidate]
            return Concept(
                candidate, kind, tuple(number for first, last in ranges for number in range(first, last + 1))
            )
    return Concept(lemma, "none", ())


def words(term: str) -> list[str]:
    """Split a search term into its labels, in order and without duplicates, in lower case.

    Excluded words (`-zoo`, `-"animal park"`) and function words are left out. Quoted words stay together where the
    table knows them as one noun ("golden retriever"). Words of other scripts than Latin stay together as they are.
    """
    wanted = re.sub(r'(?<!\S)-(?:"[^"]*"?|\S+)', " ", term).lower()
    labels: list[str] = []
    for quoted, plain in re.findall(r'"([^"]*)"?|([^"]+)', wanted):
        if quoted and find(quoted).classes:
            labels.append(" ".join(quoted.split()))
        else:
            labels.extend(split(quoted or plain))
    return list(dict.fromkeys(label for label in labels if label not in FUNCTION_WORDS))


def split(text: str) -> Iterator[str]:
    """Yield each Latin word by itself, and each run of words of another script as one."""
    parts = (part.strip(".;:!?()[]") for part in re.split(r"[\s,]+", text))
    for latin, run in groupby(filter(None, parts), key=is_latin):
        if latin:
            yield from run
        else:
            yield " ".join(run)


def is_latin(word: str) -> bool:
    """Tell whether every letter of a word is of the Latin script."""
    return all("LATIN" in character_name(sign, "") for sign in word if sign.isalpha())
