"""`scrapy export`: writes the collection in a format that other programs read."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from scrapy.commands import ScrapyCommand

from imagescraper.export.classic import classic
from imagescraper.export.jsonl import line
from imagescraper.media.files import written_atomically
from imagescraper.store import StoreError, open_store

STANDARD_OUTPUT = "-"


class Command(ScrapyCommand):
    """Exports all rows; what is personal stays sealed."""

    requires_project = True
    requires_crawler_process = False

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

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Write the rows."""
        if len(args) != 1:
            self._refuse("name one file to write, or - for standard output")
            return
        assert self.settings is not None  # noqa: S101 -- Scrapy sets them before it runs a command
        try:
            store = open_store(self.settings["STORE_URI"], create=False)
        except StoreError as error:
            self._refuse(str(error))
            return
        rows = (classic(row) if opts.columns == "classic" else row for row in store.rows())
        self._write(args[0], (line(row) for row in rows))
        store.close()

    def _write(self, name: str, lines: Iterator[str]) -> None:
        """Write the lines to a new file, or to standard output."""
        if name == STANDARD_OUTPUT:
            sys.stdout.writelines(lines)
            return
        if Path(name).exists():
            self._refuse(f"{name} exists already: remove it, or choose another name")
            return
        with written_atomically(Path(name)) as file:
            file.writelines(text.encode() for text in lines)

    def _refuse(self, text: str) -> None:
        """Say in one line what is wrong."""
        sys.stderr.write(f"scrapy export: {text}\n")
        self.exitcode = 2
