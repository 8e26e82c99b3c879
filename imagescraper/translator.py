"""Asks Wikidata for the words of a search, at Wikidata's own pace, and remembers them with the collection."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any, Protocol
from urllib.parse import urlencode

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from imagescraper.arguments import FlickrArguments
from imagescraper.exceptions import WrongUse
from imagescraper.slots import WIKIDATA_SLOT, meta
from imagescraper.wikidata import Translation, WikidataError, translate

#: How often a question is put before it is given up; nothing has been asked of Flickr by then.
TRIES = 3


class Memory(Protocol):
    """What is kept with the collection: the same search again asks for the same words."""

    def meta(self, name: str) -> str | None:
        """Return a fact about the collection."""

    def put_meta(self, name: str, value: str) -> None:
        """Keep a fact about the collection."""


class Translator:
    """Translates the terms of a search; without `memory` nothing is remembered."""

    def __init__(self, crawler: Crawler, memory: Memory | None = None) -> None:
        self._crawler = crawler
        self._memory = memory
        self._url: str = crawler.settings["WIKIDATA_API_URL"]
        #: Questions put so far.
        self.calls = 0

    async def translations(self, arguments: FlickrArguments) -> list[Translation]:
        """Return each term in the languages asked for; nothing where none were.

        Raises:
            WrongUse: if there are no words to be had; one line that names the remedy.

        """
        if not arguments.languages:
            return []
        entities: Sequence[str | None] = arguments.entity or [None] * len(arguments.term)
        try:
            return [
                await self._translation(arguments, term, entity)
                for term, entity in zip(arguments.term, entities, strict=True)
            ]
        except WikidataError as error:
            raise WrongUse(str(error)) from None

    async def _translation(self, arguments: FlickrArguments, term: str, entity: str | None) -> Translation:
        """Return a translation from memory, or ask for it."""
        name = " ".join(["words", self._url, ",".join(arguments.languages), entity or "", term])
        if self._memory is not None and not arguments.refresh:
            kept = await asyncio.to_thread(self._memory.meta, name)
            if kept:
                return Translation.from_text(kept)
        translation = await translate(term, arguments.languages, self._ask, entity)
        if self._memory is not None:
            await asyncio.to_thread(self._memory.put_meta, name, translation.as_text())
        return translation

    async def _ask(self, query: dict[str, str]) -> dict[str, Any]:
        """Put a question, a few times if need be."""
        # Retried here, so that there is one line in the end, and no line for every try.
        traits = meta(WIKIDATA_SLOT) | {"dont_retry": True, "allow_offsite": True}
        reason = ""
        for _ in range(TRIES):
            self.calls += 1
            try:
                response = await self._download(
                    Request(f"{self._url}?{urlencode(query)}", meta=traits, dont_filter=True)
                )
            except Exception as error:
                reason = type(error).__name__
                continue
            if response.status == 200:
                try:
                    said = json.loads(response.body)
                except ValueError:
                    said = None
                if isinstance(said, dict):
                    return said
            reason = f"status {response.status}"
        raise WikidataError(
            f"Wikidata does not answer ({reason}): try again later, or leave languages out and give the words, as in "
            '-a term="cat|gato"'
        )

    async def _download(self, request: Request) -> Response:
        """Fetch an answer past the spider."""
        assert self._crawler.engine is not None  # noqa: S101 -- a crawl has one once its spider runs
        return await self._crawler.engine.download_async(request)
