"""Writes the sealed rows, many in one transaction."""

import asyncio
from collections.abc import Sequence
from typing import Self

from scrapy.crawler import Crawler

from imagescraper.batching import Batcher
from imagescraper.extensions.ledger import LedgerExtension
from imagescraper.photo import Photo
from imagescraper.store import Store

#: Rows in a transaction, seconds that they wait for each other, and transactions at a time.
BATCH, WAIT, IN_FLIGHT = 32, 0.3, 1


class StorePipeline:
    """Hands a photo on only when its row is on the disk."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._batcher: Batcher[Photo, None] = Batcher(self._write, size=BATCH, wait=WAIT, in_flight=IN_FLIGHT)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Use the store of the crawl's ledger."""
        return cls(LedgerExtension.of(crawler).store)

    async def process_item(self, photo: Photo) -> Photo:
        """Wait until the row is stored."""
        photo.state = "stored"
        await self._batcher.submit(photo)
        return photo

    async def close_spider(self) -> None:
        """Let the last transaction finish."""
        await self._batcher.close()

    async def _write(self, photos: Sequence[Photo]) -> list[None]:
        """Store a batch off the event loop."""
        documents = [photo.document() for photo in photos]
        apart = {photo.id: photo.segments for photo in photos if photo.segments is not None}
        vectors = {photo.id: photo.embedding for photo in photos if photo.embedding is not None}
        if vectors:
            await asyncio.to_thread(self._store.put_embeddings, vectors)
        await asyncio.to_thread(self._store.upsert, documents, apart)
        return [None] * len(photos)
