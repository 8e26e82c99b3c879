import asyncio
import logging

from imagescraper.photo import Photo
from imagescraper.pipelines.vision import BATCH, VisionPipeline
from imagescraper.vision.scorer import Score


class Scorer:
    """Scores a picture by its length, and knows no cage."""

    name = "ruler"

    def __init__(self):
        self.batches = []

    def coverage(self, labels):
        return {label: "none" if label == "cage" else "exact" for label in labels}

    def score(self, images, labels):
        self.batches.append(len(images))
        return [[Score(label, len(image) / 10, self.name, "exact") for label in labels] for image in images]


def photo(preview):
    return Photo(source="flickr", photo_id="1", preview=preview)


async def test_each_photo_gets_its_own_scores_in_batches():
    scorer = Scorer()
    pipeline = VisionPipeline(scorer, ["monkey"])
    photos = await asyncio.gather(*(pipeline.process_item(photo(b"x" * (n % 10))) for n in range(BATCH + 3)))
    assert [entry.scores[0]["value"] for entry in photos] == [n % 10 / 10 for n in range(BATCH + 3)]
    assert sorted(scorer.batches) == [3, BATCH]
    assert photos[0].scores == [{"label": "monkey", "value": 0.0, "scorer": "ruler", "coverage": "exact"}]


async def test_a_photo_without_a_picture_is_not_scored():
    pipeline = VisionPipeline(Scorer(), ["monkey"])
    assert (await pipeline.process_item(photo(None))).scores == []


def test_what_cannot_be_scored_is_announced(caplog):
    with caplog.at_level(logging.WARNING):
        VisionPipeline(Scorer(), ["monkey", "cage"]).open_spider()
    assert "cage" in caplog.text
    assert "monkey" not in caplog.text


def test_nothing_to_announce(caplog):
    VisionPipeline(Scorer(), ["monkey"]).open_spider()
    assert caplog.text == ""
