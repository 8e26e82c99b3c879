"""Scores how sure it is that what was searched for is visible."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Self

import platformdirs
from scrapy.crawler import Crawler

from imagescraper.batching import Batcher
from imagescraper.exceptions import WrongUse
from imagescraper.photo import Photo
from imagescraper.vision.concepts import words
from imagescraper.vision.local import LocalScorer
from imagescraper.vision.scorer import Score, Scorer, ScorerUnavailable

#: Pictures in a batch, seconds that a batch waits to be filled, and batches at a time: one for each of two cores.
BATCH, WAIT, IN_FLIGHT = 8, 0.2, 2

logger = logging.getLogger(__name__)


class VisionPipeline:
    """Adds `scores`: for each label a value from 0 to 1, or null where the scorer cannot say."""

    def __init__(self, scorer: Scorer, labels: Sequence[str]) -> None:
        self._scorer = scorer
        self._labels = labels
        self._batcher: Batcher[bytes, list[Score]] = Batcher(self._score, size=BATCH, wait=WAIT, in_flight=IN_FLIGHT)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Load the scorer for the labels asked for, or for the words of the terms.

        Raises:
            WrongUse: if the scorer cannot work here.

        """
        arguments = crawler.spider.arguments  # type: ignore[union-attr]
        labels = arguments.labels or tuple(dict.fromkeys(word for term in arguments.term for word in words(term)))
        cache = crawler.settings["MODEL_CACHE"] or platformdirs.user_cache_dir("smart-image-scraper")
        try:
            return cls(LocalScorer(Path(cache)), labels)
        except ScorerUnavailable as error:
            raise WrongUse(str(error)) from None

    def open_spider(self) -> None:
        """Say beforehand which labels will have no score."""
        blind = [label for label, coverage in self._scorer.coverage(self._labels).items() if coverage == "none"]
        if blind:
            logger.warning(
                "The %s scorer does not know %s: such scores stay empty, no photo is turned away for them",
                self._scorer.name,
                ", ".join(blind),
            )

    async def process_item(self, photo: Photo) -> Photo:
        """Wait for the photo's scores."""
        if photo.preview is not None:
            photo.scores = [asdict(score) for score in await self._batcher.submit(photo.preview)]
        return photo

    async def close_spider(self) -> None:
        """Let the last batch finish."""
        await self._batcher.close()

    async def _score(self, pictures: Sequence[bytes]) -> list[list[Score]]:
        """Score a batch off the event loop."""
        return await asyncio.to_thread(self._scorer.score, pictures, self._labels)
