"""What the commands share that work on a stored collection."""

import argparse
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import NoReturn, TypeVar

import numpy as np
from scrapy.settings import Settings
from tqdm import tqdm

from imagescraper.commands.ending import INCOMPLETE, Refuses
from imagescraper.exceptions import WrongUse
from imagescraper.media.files import Files, MissingExtra, open_files
from imagescraper.pipelines.scorers import local_scorer
from imagescraper.store import Document, Store, StoreError, open_store
from imagescraper.vision.scorer import Embedding, ScorerUnavailable

#: Batches worked on at a time: one for each of two cores.
WORKERS = 2

T = TypeVar("T")


class OnCollection(Refuses, ABC):
    """What makes a command one on a stored collection; wrong use is one line and exit status 2.

    It is no command itself: Scrapy would list any command that it finds in this package.
    """

    requires_project = True
    requires_crawler_process = False
    settings: Settings | None
    #: What to say when a user ends the command.
    stopped = "what is done is kept, and the same command goes on with the rest"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Open the collection and do the work."""
        assert self.settings is not None  # noqa: S101 -- Scrapy sets them before it runs a command
        try:
            self.check(args)
            store = open_store(self.settings["STORE_URI"], create=False)
        except (WrongUse, StoreError) as error:
            self.refuse(str(error))
            return
        try:
            self.exitcode = self.work(store, args, opts)
        except (WrongUse, ScorerUnavailable) as error:
            self.refuse(str(error))
        except KeyboardInterrupt:
            sys.stderr.write(f"stopped; {self.stopped}\n")
            self.exitcode = INCOMPLETE
        finally:
            store.close()

    def check(self, args: list[str]) -> None:
        """Look at the words of the command line before anything is opened; raises WrongUse. By default all will do."""

    @abstractmethod
    def work(self, store: Store, args: list[str], opts: argparse.Namespace) -> int:
        """Do what the command is for and return the exit status."""

    def files(self) -> Files:
        """Open the place of the pictures."""
        assert self.settings is not None  # noqa: S101 -- Scrapy sets them before it runs a command
        try:
            return open_files(self.settings["IMAGES_STORE"])
        except (MissingExtra, OSError, ValueError) as error:
            raise WrongUse(f"IMAGES_STORE: {error}") from None

    def embeddings(self, store: Store, rows: Sequence[Document]) -> dict[str, Embedding]:
        """Return the embeddings of the rows that have a preview; those that are not stored yet are made first."""
        assert self.settings is not None  # noqa: S101 -- Scrapy sets them before it runs a command
        wanted = {row["_id"] for row in rows}
        vectors = {id_: np.frombuffer(vector, np.float16) for id_, vector in store.embeddings() if id_ in wanted}
        lacking = [row for row in rows if row["_id"] not in vectors and row["renditions"].get("preview")]
        if lacking:
            files, scorer = self.files(), local_scorer(self.settings)
            with progress_bar("looking", len(lacking)) as progress, ThreadPoolExecutor(WORKERS) as pool:
                for window in chunks(lacking, WORKERS * scorer.batch):
                    batches = list(chunks(window, scorer.batch))
                    for batch, made in zip(
                        batches, pool.map(lambda part: scorer.embed(previews(files, part)), batches), strict=True
                    ):
                        ids = [row["_id"] for row in batch]
                        new = {id_: vector for id_, vector in zip(ids, made, strict=True) if not np.isnan(vector[0])}
                        store.put_embeddings({id_: vector.tobytes() for id_, vector in new.items()})
                        vectors |= new
                        progress.update(len(batch))
        return vectors


def progress_bar(what: str, total: int) -> "tqdm[NoReturn]":
    """Return a line on standard error that shows how far the work is; none where nobody would see it."""
    return tqdm(desc=what, total=total, unit=" photos", dynamic_ncols=True, disable=None)


def previews(files: Files, rows: Iterable[Document]) -> list[bytes]:
    """Return the 640-pixel renditions of rows; nothing for one whose file is missing."""
    return [preview(files, row["renditions"].get("preview")) for row in rows]


def preview(files: Files, name: str | None) -> bytes:
    """Return a stored rendition, or nothing if there is none."""
    try:
        return files.get(name) if name else b""
    except FileNotFoundError:
        return b""


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Part items into lists of at most `size`."""
    iterator = iter(items)
    while part := list(islice(iterator, size)):
        yield part
