"""The nouns of English: whether a word is one, and whether one is a kind of another, by WordNet 3.0."""

import gzip
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from imagescraper.vision.concepts import normalise, singulars

EVERYDAY = {"monkey": ("ape",)}
"""What a noun means beside itself in everyday speech: apes are monkeys in what people title and search for."""


class Nouns(NamedTuple):
    """The table: the synsets of each noun, the usual one first; the broader synsets of each; nouns used often."""

    synsets: dict[str, list[int]]
    broader: list[tuple[int, ...]]
    common: frozenset[str]


@cache
def table() -> Nouns:
    """Return the shipped table."""
    packed = files("imagescraper.vision.data").joinpath("nouns.txt.gz").read_bytes()
    synsets: dict[str, list[int]] = {}
    broader: list[tuple[int, ...]] = []
    common: set[str] = set()
    for place, line in enumerate(gzip.decompress(packed).decode("ascii").splitlines()):
        steps, _, lemmas = line.partition("\t")
        broader.append(tuple(place + int(step) for step in steps.split()))
        for entry in filter(None, lemmas.split("|")):
            lemma = entry.strip("+~")
            known = synsets.setdefault(lemma, [])
            known.insert(len(known) if entry.endswith("~") else 0, place)
            if entry.startswith("+"):
                common.add(lemma)
    return Nouns(synsets, broader, frozenset(common))


def noun(term: str) -> str | None:
    """Return the English noun that a term in any case, singular or plural, is; None if it is none."""
    lemma = normalise(term)
    return next((candidate for candidate in (lemma, *singulars(lemma)) if candidate in table().synsets), None)


def head(term: str) -> str | None:
    """Return the noun that a term of one or more words names a kind of: "rhesus macaque" is a macaque."""
    words = normalise(term).split()
    return next(filter(None, (noun(" ".join(words[start:])) for start in range(len(words)))), None)


def is_kind(narrower: str, broader: str) -> bool:
    """Tell whether one noun names a kind of the other, or the same: a macaque is a monkey.

    The narrower noun is taken in its usual sense, the broader one in any. Nouns that are in no dictionary are only
    kinds of themselves.
    """
    if normalise(narrower) == normalise(broader):
        return True
    kind, genus = head(narrower), noun(broader)
    if kind is None or genus is None:
        return False
    synsets, parents, _ = table()
    targets = {synset for name in (genus, *EVERYDAY.get(genus, ())) for synset in synsets[name]}
    waiting, seen = synsets[kind][:1], set[int]()
    while waiting:
        synset = waiting.pop()
        if synset in targets:
            return True
        if synset not in seen:
            seen.add(synset)
            waiting.extend(parents[synset])
    return False
