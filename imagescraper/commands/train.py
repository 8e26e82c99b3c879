"""`scrapy train`: learns a label from search terms, from decisions, or from both."""

import argparse
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from scrapy.commands import ScrapyCommand

from imagescraper.commands.collection import OnCollection
from imagescraper.commands.ending import COMPLETE
from imagescraper.commands.scores_text import lesson_text
from imagescraper.exceptions import WrongUse
from imagescraper.pipelines.scorers import keep_model
from imagescraper.store import Document, Store
from imagescraper.vision.learned import CannotLearn, Example, learn
from imagescraper.vision.scorer import Embedding

FIELDS = ("search_terms", "owner_key", "renditions")


class Command(OnCollection, ScrapyCommand):
    """Learns a label and keeps what it learned in the collection."""

    def syntax(self) -> str:
        """Return how the command is written."""
        return '[options] LABEL, as in: scrapy train cage --positive term="monkey cage" --negative term="monkey wild"'

    def short_desc(self) -> str:
        """Return what the command is for."""
        return "Learn a label from the collection, so that it can be scored"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the two sides."""
        super().add_options(parser)
        for side in ("positive", "negative"):
            parser.add_argument(
                f"--{side}",
                action="append",
                default=[],
                metavar='term="…"',
                help=f"photos that this term found are {side} unless somebody decided otherwise; may be repeated",
            )

    def check(self, args: list[str]) -> None:
        """Refuse anything but one label."""
        if len(args) != 1:
            raise WrongUse("name one label to learn, as in: scrapy train cage")

    def work(self, store: Store, args: list[str], opts: argparse.Namespace) -> int:
        """Learn, report and keep."""
        label = args[0]
        terms = {True: [term_of(text) for text in opts.positive], False: [term_of(text) for text in opts.negative]}
        decisions = store.decisions(label)
        rows = [row for row in store.rows(FIELDS) if row["_id"] in decisions or side_of(row, terms) is not None]
        if not rows:
            raise WrongUse(
                f'no photo of "{label}" is decided or found by these terms: give --positive term="…" and '
                '--negative term="…" as the photos were searched for'
            )
        vectors = self.embeddings(store, rows)
        moment = datetime.now(UTC)
        provenance = {
            "trained_at": moment.isoformat(timespec="seconds"),
            "positive_terms": terms[True],
            "negative_terms": terms[False],
        }
        try:
            lesson = learn(
                label, f"{label}-{moment:%Y%m%d-%H%M%S}", list(examples(rows, terms, decisions, vectors)), provenance
            )
        except CannotLearn as error:
            raise WrongUse(str(error)) from None
        keep_model(store, lesson.model)
        print(lesson_text(lesson))
        print(f'  score with it: scrapy score --label "{label}" --report')
        return COMPLETE


def term_of(text: str) -> str:
    """Return the term in `term=…`; raises WrongUse."""
    name, _, term = text.partition("=")
    if name.strip() != "term" or not term.strip():
        raise WrongUse(f'write term="monkey cage", not {text}')
    return term.strip()


def side_of(row: Document, terms: Mapping[bool, list[str]]) -> bool | None:
    """Return the side on which its search terms put a photo; None if on neither or on both."""
    found = {term.casefold() for term in row["search_terms"]}
    sides = [side for side, wanted in terms.items() if found & {term.casefold() for term in wanted}]
    return sides[0] if len(sides) == 1 else None


def examples(
    rows: list[Document],
    terms: Mapping[bool, list[str]],
    decisions: Mapping[str, bool],
    vectors: Mapping[str, Embedding],
) -> Iterator[Example]:
    """Yield the photos to learn from; a decision overrules the terms."""
    for row in rows:
        id_ = row["_id"]
        side = decisions.get(id_, side_of(row, terms))
        if side is not None and id_ in vectors:
            yield Example(id_, vectors[id_], side, row["owner_key"] or id_, id_ in decisions)
