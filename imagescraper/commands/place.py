"""`scrapy place`: finds country and city of a stored collection anew."""

import argparse

from scrapy.commands import ScrapyCommand

from imagescraper.commands.collection import OnCollection, chunks, progress_bar
from imagescraper.commands.ending import COMPLETE
from imagescraper.exceptions import WrongUse
from imagescraper.geo.places import shared
from imagescraper.pipelines.geocode import found
from imagescraper.store import Document, Store

#: Rows in a batch: looked up at once, and written in one transaction.
BATCH = 1000

#: What a place is found from; the rest of a row is not read.
GIVEN = ("latitude", "longitude", "accuracy")


class Command(OnCollection, ScrapyCommand):
    """Places all stored photos as this version would; what is sealed is neither read nor written.

    Rows that are right already are not written, so an interrupted command is continued by giving it again.
    """

    def short_desc(self) -> str:
        """Return what the command is for."""
        return "Find country and city of all stored photos anew"

    def check(self, args: list[str]) -> None:
        """Refuse any word."""
        if args:
            raise WrongUse("give no arguments: all stored photos are placed")

    def work(self, store: Store, args: list[str], opts: argparse.Namespace) -> int:  # noqa: ARG002 -- looked at before
        """Place the rows batch by batch, and say how many."""
        rows = store.rows([*GIVEN, *found(shared().locate(None, None), None)])
        total = located = changed = 0
        with progress_bar("placing", store.count()) as progress:
            for batch in chunks(rows, BATCH):
                changes = _changes(batch)
                if changes:
                    store.update(changes)
                total += len(batch)
                located += sum(row["latitude"] is not None for row in batch)
                changed += len(changes)
                progress.update(len(batch))
        print(f"{total:,} photos, {located:,} of them with coordinates; {changed:,} were changed")
        return COMPLETE


def _changes(rows: list[Document]) -> dict[str, Document]:
    """Return, by id, the fields of the rows whose place is another one now."""
    places = shared().locate_many([row["latitude"] for row in rows], [row["longitude"] for row in rows])
    changes = {}
    for row, place in zip(rows, places, strict=True):
        now = found(place, row["accuracy"])
        if any(row[name] != value for name, value in now.items()):
            changes[row["_id"]] = now
    return changes
