"""Scores each photo: how sure it is that what was searched for is visible."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import asdict
from typing import Self

from scrapy.crawler import Crawler

from imagescraper.batching import Batcher
from imagescraper.exceptions import WrongUse
from imagescraper.extensions.ledger import LedgerExtension
from imagescraper.photo import Photo
from imagescraper.pipelines.scorers import announcements, make_scorer
from imagescraper.vision.google import UNPAID, dollars
from imagescraper.vision.scorer import Scorer, ScorerUnavailable, Sight

#: Seconds that a batch waits to be filled, and batches at a time: one for each of two cores.
WAIT, IN_FLIGHT = 0.2, 2

logger = logging.getLogger(__name__)


class VisionPipeline:
    """Adds `scores`: for each label a value from 0 to 1, or null where the scorer cannot say."""

    def __init__(self, scorer: Scorer, labels: Sequence[str], notices: Sequence[str]) -> None:
        self._scorer = scorer
        self._labels = labels
        self._notices = notices
        self._unpaid = 0
        self._batcher: Batcher[bytes, Sight] = Batcher(self._look, size=scorer.batch, wait=WAIT, in_flight=IN_FLIGHT)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Load the scorer for the labels asked for, or for the words of the terms.

        Raises:
            WrongUse: if the scorer cannot work here.

        """
        arguments = crawler.spider.arguments  # type: ignore[union-attr]
        labels = arguments.looked_for
        store = LedgerExtension.of(crawler).store
        try:
            scorer = make_scorer(
                crawler.settings,
                store,
                labels,
                arguments.scorer,
                score_as=arguments.score_as,
                max_cost=arguments.max_cost,
            )
            scorer.check()  # nothing runs yet that could be held up
        except ScorerUnavailable as error:
            raise WrongUse(str(error)) from None
        notices = announcements(scorer, labels, arguments.score_as)
        if arguments.scorer == "google":
            notices.append(price(arguments.limit, arguments.max_cost))
        return cls(scorer, labels, notices)

    def open_spider(self) -> None:
        """Say beforehand which labels will have no score, which are taken for others, and what it may cost."""
        for notice in self._notices:
            logger.warning(notice)

    async def process_item(self, photo: Photo) -> Photo:
        """Wait for the photo's scores."""
        if photo.preview is None:
            return photo
        sight = await self._batcher.submit(photo.preview)
        photo.scores = [asdict(score) for score in sight.scores]
        photo.annotations = sight.annotations
        photo.embedding = None if sight.embedding is None else sight.embedding.tobytes()
        if sight.error:
            photo.errors.append(sight.error)
        self._unpaid += any(score.coverage == UNPAID for score in sight.scores)
        return photo

    async def close_spider(self) -> None:
        """Let the last batch finish."""
        await self._batcher.close()
        if self._unpaid:
            logger.warning(
                "%d photos were stored without scores because max_cost was reached: "
                "`scrapy score --scorer google --max-cost …` goes on with them", self._unpaid,
            )  # fmt: skip

    async def _look(self, pictures: Sequence[bytes]) -> list[Sight]:
        """Look at a batch off the event loop."""
        return await asyncio.to_thread(self._scorer.look, pictures, self._labels)


def price(limit: int | None, max_cost: float | None) -> str:
    """Return what the paid scorer will cost at most, as far as that is known beforehand."""
    known = f"{limit} photos cost at most {dollars(limit)}" if limit else ""
    each = f"1,000 photos cost {dollars(1000)}, less what Google gives free every month"
    stop = (
        f"; after {max_cost:.2f} dollars no more are sent" if max_cost is not None else "; -a max_cost=… sets a stop"
    )
    return f"Google Vision: {known or each}{stop}"
