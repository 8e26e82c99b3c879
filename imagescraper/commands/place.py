"""`scrapy place`: finds country and city of a stored collection anew."""

import argparse
import sys
from collections.abc import Iterator
from itertools import islice

from scrapy.commands import ScrapyCommand
from tqdm import tqdm

from imagescraper.geo.places import shared
from imagescraper.pipelines.geocode import found
from imagescraper.store import Document, Store, StoreError, open_store

#: Rows in a batch: looked up at once, and written in one transaction.
BATCH = 1000

#: What a place is found from; the rest of a row is not read.
GIVEN = ("latitude", "longitude", "accuracy")


class Command(ScrapyCommand):
    """Places all stored photos as this version would; what is sealed is neither read nor written.

    Rows that are right already are not written, so an interrupted command is continued by giving it again.
    """

    requires_project = True
    requires_crawler_process = False

    def short_desc(self) -> str:
        """Return what the command is for."""
        return "Find country and city of all stored photos anew"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002 -- Scrapy's signature
        """Place the rows, and say how many."""
        if args:
            self._refuse("give no arguments: all stored photos are placed")
            return
        assert self.settings is not None  # noqa: S101 -- Scrapy sets them before it runs a command
        try:
            store = open_store(self.settings["STORE_URI"], create=False)
        except StoreError as error:
            self._refuse(str(error))
            return
        try:
            print(self._place(store))
        finally:
            store.close()

    def _place(self, store: Store) -> str:
        """Place the rows batch by batch, and return the account."""
        rows = store.rows([*GIVEN, *found(shared().locate(None, None), None)])
        total = located = changed = 0
        with tqdm(total=store.count(), unit=" photos", dynamic_ncols=True, disable=not sys.stderr.isatty()) as bar:
            for batch in _batches(rows):
                changes = _changes(batch)
                if changes:
                    store.update(changes)
                total += len(batch)
                located += sum(row["latitude"] is not None for row in batch)
                changed += len(changes)
                bar.update(len(batch))
        return f"{total:,} photos, {located:,} of them with coordinates; {changed:,} were changed"

    def _refuse(self, text: str) -> None:
        """Say in one line what is wrong."""
        sys.stderr.write(f"scrapy place: {text}\n")
        self.exitcode = 2


def _batches(rows: Iterator[Document]) -> Iterator[list[Document]]:
    """Yield the rows a batch at a time."""
    while batch := list(islice(rows, BATCH)):
        yield batch


def _changes(rows: list[Document]) -> dict[str, Document]:
    """Return, by id, the fields of the rows whose place is another one now."""
    places = shared().locate_many([row["latitude"] for row in rows], [row["longitude"] for row in rows])
    changes = {}
    for row, place in zip(rows, places, strict=True):
        now = found(place, row["accuracy"])
        if any(row[name] != value for name, value in now.items()):
            changes[row["_id"]] = now
    return changes
