"""`scrapy export`: writes the collection in a format that other programs read."""

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from scrapy.commands import ScrapyCommand

from imagescraper.commands.collection import OnCollection
from imagescraper.commands.ending import COMPLETE, INCOMPLETE
from imagescraper.exceptions import WrongUse
from imagescraper.export.classic import classic
from imagescraper.export.jsonl import line
from imagescraper.media.files import written_atomically
from imagescraper.store import Store

STANDARD_OUTPUT = "-"


class Command(OnCollection, ScrapyCommand):
    """Exports all rows; what is personal stays sealed."""

    stopped = "no file was written"

    def syntax(self) -> str:
        """Return how the command is written."""
        return "[options] OUT"

    def short_desc(self) -> str:
        """Return what the command is for."""
        return "Write the collection to a file, or with - to standard output"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the format and the choice of columns."""
        super().add_options(parser)
        parser.add_argument("--format", choices=["jsonl"], default="jsonl", help="jsonl: one JSON object a line")
        parser.add_argument(
            "--columns",
            choices=["all", "classic"],
            default="all",
            help="all: every field of docs/data-format.md; classic: the columns of the original Smart Image Scraper",
        )

    def check(self, args: list[str]) -> None:
        """Refuse anything but one name."""
        if len(args) != 1:
            raise WrongUse("name one file to write, or - for standard output")

    def work(self, store: Store, args: list[str], opts: argparse.Namespace) -> int:
        """Write the rows."""
        rows = (classic(row) if opts.columns == "classic" else row for row in store.rows())
        lines = (line(row) for row in rows)
        if args[0] == STANDARD_OUTPUT:
            return _print(lines)
        path = Path(args[0])
        if path.exists():
            raise WrongUse(f"{path} exists already: remove it, or choose another name")
        with written_atomically(path) as file:
            file.writelines(text.encode() for text in lines)
        return COMPLETE


def _print(lines: Iterator[str]) -> int:
    """Write the lines to standard output, and return the exit status; its reader may go before the end."""
    try:
        sys.stdout.writelines(lines)
        sys.stdout.flush()
    except BrokenPipeError:
        # Python would write what is left once more when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return INCOMPLETE
    return COMPLETE
