"""`scrapy score`: scores a stored collection from its previews, with any scorer; goes on where it was stopped."""

import argparse
import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict

from scrapy.commands import ScrapyCommand

from imagescraper.arguments import pairs
from imagescraper.commands.collection import WORKERS, OnCollection, chunks, previews, progress_bar
from imagescraper.commands.ending import COMPLETE, INCOMPLETE
from imagescraper.commands.scores_text import threshold_text
from imagescraper.exceptions import WrongUse
from imagescraper.pipelines.scorers import announcements, make_scorer
from imagescraper.store import Document, Store
from imagescraper.vision.google import FAILED, UNPAID, dollars
from imagescraper.vision.learned import LearnedScorer
from imagescraper.vision.scorer import Score, Scorer, Sight
from imagescraper.vision.threshold import Help, advise

FIELDS = ("scores", "renditions")

#: Rows whose learned scores are written together: they come from stored numbers alone.
ROWS = 500

logger = logging.getLogger(__name__)


class Command(OnCollection, ScrapyCommand):
    """Scores what is stored. Exit status 0: all of it; 1: some photos could not be scored; 2: wrong use."""

    def short_desc(self) -> str:
        """Return what the command is for."""
        return "Score the stored photos, with any scorer, and help to choose thresholds"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the labels and the scorer."""
        super().add_options(parser)
        parser.add_argument("--label", action="append", default=[], help="what to look for; several times for several")
        parser.add_argument("--scorer", choices=["local", "google"], default="local", help="(default: %(default)s)")
        parser.add_argument("--score-as", default="", metavar="LABEL=NOUN,…", help="what labels mean in English")
        parser.add_argument("--max-cost", type=float, metavar="DOLLARS", help="send no more to Google than this buys")
        parser.add_argument("--report", action="store_true", help="show how the scores spread, and where to cut")

    def check(self, args: list[str]) -> None:
        """Refuse any word."""
        if args:
            raise WrongUse(f'write --label "{args[0]}"')

    def work(self, store: Store, args: list[str], opts: argparse.Namespace) -> int:  # noqa: ARG002 -- looked at before
        """Score what has no such scores yet, and report."""
        labels = tuple(dict.fromkeys(opts.label)) or collected(store)
        if not labels:
            raise WrongUse("nothing is scored yet: name what to look for with --label")
        try:
            score_as = pairs(opts.score_as) if opts.score_as else {}
        except ValueError as error:
            raise WrongUse(f"--score-as: {error}") from None
        assert self.settings is not None  # noqa: S101 -- Scrapy sets them before it runs a command
        scorer = make_scorer(self.settings, store, labels, opts.scorer, score_as=score_as, max_cost=opts.max_cost)
        for line in announcements(scorer, labels, score_as):
            logger.warning(line)
        outcome = self._score(store, scorer, labels)
        for what, count in outcome.items():
            print(f"{count:>8,}  {what}")
        if opts.report:
            for label in labels:
                print(threshold_text(help_for(store, label)))
        return INCOMPLETE if outcome[FAILED] or outcome[UNPAID] else COMPLETE

    def _score(self, store: Store, scorer: Scorer, labels: Sequence[str]) -> Counter[str]:
        """Score the rows that need it, in batches, and count what came of them."""
        outcome = Counter(scored=0, known=0)
        todo = []
        for row in store.rows(FIELDS):
            if answered(scorer, row, labels):
                outcome["known"] += 1
            elif row["renditions"].get("preview"):
                todo.append(row)
            else:
                outcome["without a picture"] += 1
        if not todo:
            return outcome
        with progress_bar("scoring", len(todo)) as progress:
            for rows, sights in self._looks(store, scorer, labels, todo):
                store.rescore({row["_id"]: look(sight) for row, sight in zip(rows, sights, strict=True)})
                vectors = {row["_id"]: sight.embedding for row, sight in zip(rows, sights, strict=True)}
                store.put_embeddings({id_: vector.tobytes() for id_, vector in vectors.items() if vector is not None})
                outcome.update(map(outcome_of, sights))
                progress.update(len(rows))
        return outcome

    def _looks(
        self, store: Store, scorer: Scorer, labels: Sequence[str], todo: list[Document]
    ) -> Iterator[tuple[list[Document], list[Sight]]]:
        """Yield batches of rows with what was seen in them; learned labels alone need no picture."""
        coverage = scorer.coverage(labels)
        if isinstance(scorer, LearnedScorer) and all(how.startswith("learned:") for how in coverage.values()):
            vectors = self.embeddings(store, todo)
            for rows in chunks((row for row in todo if row["_id"] in vectors), ROWS):
                yield rows, [Sight(scorer.of_embedding(vectors[row["_id"]], labels)) for row in rows]
            return
        scorer.check()
        if any(how.startswith("below") for how in coverage.values()):
            logger.warning("Google Vision: %d photos cost at most %s", len(todo), dollars(len(todo)))
        files = self.files()
        with ThreadPoolExecutor(WORKERS) as pool:
            for window in chunks(todo, WORKERS * scorer.batch):
                batches = list(chunks(window, scorer.batch))
                looks = pool.map(lambda batch: scorer.look(previews(files, batch), labels), batches)
                yield from zip(batches, looks, strict=True)


def collected(store: Store) -> tuple[str, ...]:
    """Return the labels that the collection's photos were scored for."""
    return tuple(dict.fromkeys(score["label"] for row in store.rows(["scores"]) for score in row["scores"]))


def answered(scorer: Scorer, row: Document, labels: Sequence[str]) -> bool:
    """Tell whether a row has all that the scorer would say."""
    scores = {score["label"]: Score(**score) for score in row["scores"]}
    return all(label in scores and scorer.answered(scores[label]) for label in labels)


def look(sight: Sight) -> Document:
    """Return what was seen as it is stored."""
    return {"scores": [asdict(score) for score in sight.scores], "annotations": sight.annotations}


def outcome_of(sight: Sight) -> str:
    """Return in a word what came of a photo."""
    coverages = {score.coverage for score in sight.scores}
    if coverages == {"none"}:
        return "without an answer"
    return next((word for word in (FAILED, UNPAID) if word in coverages), "scored")


def help_for(store: Store, label: str) -> Help:
    """Return the threshold help for a label of the collection."""
    found = {row["_id"]: score for row in store.rows(["scores"]) for score in row["scores"] if score["label"] == label}
    scorers = {score["scorer"] for score in found.values()}
    values = {id_: score["value"] for id_, score in found.items()}
    return advise(label, values, store.decisions(label), "google" if scorers == {"google"} else "")
