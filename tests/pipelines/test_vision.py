import asyncio
import logging

import numpy as np
import pytest

from imagescraper.photo import Photo
from imagescraper.pipelines.vision import VisionPipeline, price
from imagescraper.vision.scorer import Score, Sight

BATCH = 8


class Scorer:
    """Scores a picture by its length."""

    name = "ruler"
    batch = BATCH

    def __init__(self, coverage="exact", **seen):
        self.batches = []
        self._coverage = coverage
        self._seen = seen

    def look(self, images, labels):
        self.batches.append(len(images))
        return [
            Sight([Score(label, len(image) / 10, self.name, self._coverage) for label in labels], **self._seen)
            for image in images
        ]


def photo(preview):
    return Photo(source="flickr", photo_id="1", preview=preview)


async def test_each_photo_gets_its_own_scores_in_batches():
    scorer = Scorer()
    pipeline = VisionPipeline(scorer, ["monkey"], [])
    photos = await asyncio.gather(*(pipeline.process_item(photo(b"x" * (n % 10))) for n in range(BATCH + 3)))
    assert [entry.scores[0]["value"] for entry in photos] == [n % 10 / 10 for n in range(BATCH + 3)]
    assert sorted(scorer.batches) == [3, BATCH]
    assert photos[0].scores == [{"label": "monkey", "value": 0.0, "scorer": "ruler", "coverage": "exact"}]


async def test_a_photo_without_a_picture_is_not_scored():
    pipeline = VisionPipeline(Scorer(), ["monkey"], [])
    assert (await pipeline.process_item(photo(None))).scores == []


async def test_embedding_and_annotations_come_from_the_same_look():
    vector = np.arange(3, dtype=np.float16)
    pipeline = VisionPipeline(Scorer(embedding=vector, annotations={"labels": []}), ["monkey"], [])
    seen = await pipeline.process_item(photo(b"x"))
    assert np.array_equal(np.frombuffer(seen.embedding, np.float16), vector)
    assert seen.annotations == {"labels": []}
    assert "embedding" not in seen.document()


async def test_what_could_not_be_scored_is_noted_on_the_photo():
    pipeline = VisionPipeline(Scorer("failed", error="google: status 503"), ["monkey"], [])
    assert (await pipeline.process_item(photo(b"x"))).errors == ["google: status 503"]


async def test_photos_that_were_not_paid_for_are_told_at_the_end(caplog):
    pipeline = VisionPipeline(Scorer("unpaid"), ["monkey"], [])
    await asyncio.gather(*(pipeline.process_item(photo(b"x")) for _ in range(3)))
    await pipeline.close_spider()
    assert "3 photos were stored without scores" in caplog.text


def test_what_is_to_be_known_beforehand_is_announced(caplog):
    with caplog.at_level(logging.WARNING):
        VisionPipeline(Scorer(), ["monkey"], ["cage has no answer"]).open_spider()
    assert caplog.messages == ["cage has no answer"]


@pytest.mark.parametrize(
    ("limit", "max_cost", "words"),
    [
        (2000, None, ["2000 photos cost at most 7.50 dollars", "max_cost=…"]),
        (None, 5.0, ["1,000 photos cost 3.75 dollars", "after 5.00 dollars"]),
    ],
)
def test_the_price_is_told(limit, max_cost, words):
    assert all(word in price(limit, max_cost) for word in words)
