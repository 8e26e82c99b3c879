"""Google Cloud Vision as a scorer: labels and objects from 0.5 upwards, for a price."""

import math
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from imagescraper.vision.concepts import normalise
from imagescraper.vision.meanings import Meaning, understand
from imagescraper.vision.nouns import is_kind
from imagescraper.vision.patience import Patience, Refusal, Trouble
from imagescraper.vision.scorer import Score, Scorer, ScorerUnavailable, Sight

ENDPOINT = "https://vision.googleapis.com"
MOST_IMAGES = 16
"""Pictures in a request, by Google's page of quotas."""

MOST_BYTES = 7 * 2**20
"""Bytes of pictures in a request: Google takes 10 MB of JSON, in which they are a third longer."""

MOST_RESULTS = 50
"""Labels asked for; Google gives 10 unasked, and was never seen to give more than 38."""

PRICES = {"LABEL_DETECTION": 1.50, "OBJECT_LOCALIZATION": 2.25, "SAFE_SEARCH_DETECTION": 0.0}
"""Dollars for 1,000 pictures by feature, from Google's list of prices: safe search is free with labels. The first
1,000 of each feature are free every month; they are not counted here, because only Google knows what else used them.
"""

LIKELIHOODS = ("UNKNOWN", "VERY_UNLIKELY", "UNLIKELY", "POSSIBLE", "LIKELY", "VERY_LIKELY")
TOPICS = ("adult", "spoof", "medical", "violence", "racy")

BELOW = "below:0.5"
"""The coverage of a label that Google did not name: it says nothing below 0.5, so the value may be anything there."""

FAILED, UNPAID = "failed", "unpaid"
PLAIN = ("exact", "narrower:")
"""How the coverage of a label begins that means what it says."""


def estimate(images: int) -> float:
    """Return what so many pictures cost at most, in dollars."""
    return images * sum(PRICES.values()) / 1000


def dollars(images: int) -> str:
    """Return what so many pictures cost at most for people, in dollars, rounded up to a cent."""
    return f"{math.ceil(estimate(images) * 100 - 1e-9) / 100:.2f} dollars"


@dataclass(frozen=True, slots=True)
class Seen:
    """A label or an object that Google names."""

    name: str
    score: float


class GoogleScorer(Scorer):
    """Scores pictures by what Google sees in them; safe to use from several threads.

    `url` is where the service answers, `score_as` what the user says labels mean, and `max_cost` the dollars after
    which nothing more is asked. Raises ScorerUnavailable if the client is not installed.
    """

    name = "google"
    batch = MOST_IMAGES

    def __init__(
        self,
        key: str,
        *,
        url: str = ENDPOINT,
        score_as: Mapping[str, str] | None = None,
        max_cost: float | None = None,
        patience: Patience | None = None,
    ) -> None:
        try:
            from google.cloud import vision
        except ImportError as error:
            raise ScorerUnavailable(
                f"the google scorer is not installed ({error}): pip install google-cloud-vision"
            ) from error
        self._vision = vision
        self._client = vision.ImageAnnotatorClient(
            transport="rest", client_options={"api_key": key, "api_endpoint": url}
        )
        self._features = [
            vision.Feature(type_=getattr(vision.Feature.Type, name), max_results=MOST_RESULTS) for name in PRICES
        ]
        self._score_as = score_as or {}
        self._max_cost = max_cost
        self._patience = patience or Patience()
        self._lock = threading.Lock()
        self.asked = 0
        """Pictures sent so far, those that are answered and those that may be."""

    @property
    def cost(self) -> float:
        """What was spent so far, at most, in dollars."""
        return estimate(self.asked)

    def check(self) -> None:
        """Make sure that the service answers to this key, by a request without pictures, which costs nothing."""
        try:
            self._patience.call(self._annotate, [])
        except Refusal as error:
            if error.about_key:
                raise ScorerUnavailable(f"Google Vision refuses the key in GOOGLE_VISION_KEY: {error}") from None
        except Trouble as error:
            raise ScorerUnavailable(f"Google Vision does not answer: {error}") from None

    def coverage(self, labels: Sequence[str]) -> dict[str, str]:
        """Say for each label under what noun it is looked for; whatever Google does not name is `below:0.5`."""
        return {meaning.label: meaning.coverage(BELOW) for meaning in understand(labels, self._score_as)}

    def answered(self, score: Score) -> bool:
        """Tell whether Google answered about this label, with the same meaning as far as the score shows it."""
        if score.scorer != self.name or score.coverage in {FAILED, UNPAID}:
            return False
        meaning = understand([score.label], self._score_as)[0]
        if score.value is None:  # `below:0.5` does not say what was looked for
            return True
        return score.coverage == meaning.coverage(BELOW) if meaning.how else score.coverage.startswith(PLAIN)

    def look(self, images: Sequence[bytes], labels: Sequence[str]) -> list[Sight]:
        """Return the scores of each encoded image, and in `annotations` all that Google said.

        The value is the highest score of a label or an object that is a kind of what was asked for. It is None where
        Google names none (`below:0.5`), could not answer (`failed`) or was not asked any more (`unpaid`).
        """
        meanings = understand(labels, self._score_as)
        return [sight for part in requests(images) for sight in self._look(part, meanings)]

    def _look(self, images: Sequence[bytes], meanings: Sequence[Meaning]) -> list[Sight]:
        """Look at the images of one request, as many of them as may be paid."""
        paid = self._pay(len(images))
        unpaid = [self._blind(meanings, UNPAID)]
        return (self._ask(images[:paid], meanings) if paid else []) + unpaid * (len(images) - paid)

    def _ask(self, images: Sequence[bytes], meanings: Sequence[Meaning]) -> list[Sight]:
        """Send images that are paid for."""
        try:
            answers = self._patience.call(self._annotate, images)
        except Refusal as error:
            if len(images) > 1 and not error.about_key:  # one of them spoils the request: find it
                return [sight for image in images for sight in self._ask([image], meanings)]
            reason = str(error)
        except Trouble as error:
            reason = str(error)
        else:
            return [self._sight(answer, meanings) for answer in answers]
        self._repay(len(images))
        return [self._blind(meanings, FAILED, f"google: {reason}")] * len(images)

    def _pay(self, images: int) -> int:
        """Count pictures that are about to be sent, and return how many may be."""
        with self._lock:
            if self._max_cost is not None:
                affordable = int(self._max_cost / estimate(1) + 1e-9) - self.asked
                images = max(0, min(images, affordable))
            self.asked += images
            return images

    def _repay(self, images: int) -> None:
        """Take back pictures that were not answered."""
        with self._lock:
            self.asked -= images

    def _annotate(self, images: Sequence[bytes]) -> list[Any]:
        """Send one request; errors are Google's own."""
        asked = [
            self._vision.AnnotateImageRequest(image=self._vision.Image(content=image), features=self._features)
            for image in images
        ]
        # The client's own retry gives up nothing for ten minutes and knows no 429: see Patience.
        answer = self._client.batch_annotate_images(requests=asked, retry=None, timeout=30)
        return list(answer.responses)

    def _blind(self, meanings: Sequence[Meaning], coverage: str, error: str | None = None) -> Sight:
        """Return what is known of a picture that was not looked at."""
        return Sight([Score(meaning.label, None, self.name, coverage) for meaning in meanings], error=error)

    def _sight(self, answer: Any, meanings: Sequence[Meaning]) -> Sight:  # noqa: ANN401 -- a protobuf message
        """Read the answer for one picture."""
        if answer.error.code:
            return self._blind(meanings, FAILED, f"google: {answer.error.message.rstrip('.')}")
        annotations = annotate(answer)
        seen = [Seen(entry["name"], entry["score"]) for entry in (*annotations["labels"], *annotations["objects"])]
        return Sight([self._score(meaning, seen) for meaning in meanings], annotations=annotations)

    def _score(self, meaning: Meaning, seen: Sequence[Seen]) -> Score:
        """Return the best of what was seen that is a kind of what was meant."""
        found = [entry for entry in seen if is_kind(entry.name, meaning.noun)]
        if not found:
            return Score(meaning.label, None, self.name, BELOW)
        best = max(found, key=lambda entry: entry.score)
        plain = "exact" if is_kind(meaning.noun, best.name) else f"narrower:{normalise(best.name)}"
        return Score(meaning.label, round(best.score, 4), self.name, meaning.coverage(plain))


def requests(images: Sequence[bytes]) -> Iterator[list[bytes]]:
    """Part pictures into requests of at most 16 and at most 7 MB, one picture at least."""
    part: list[bytes] = []
    for image in images:
        if part and (len(part) == MOST_IMAGES or sum(map(len, part)) + len(image) > MOST_BYTES):
            yield part
            part = []
        part.append(image)
    if part:
        yield part


def annotate(answer: Any) -> dict[str, Any]:  # noqa: ANN401 -- a protobuf message
    """Return all that Google said of a picture; boxes are left, top, right, bottom as shares of the picture."""
    return {
        "labels": [{"name": entry.description, "score": round(entry.score, 4)} for entry in answer.label_annotations],
        "objects": [
            {"name": entry.name, "score": round(entry.score, 4), "box": box(entry.bounding_poly.normalized_vertices)}
            for entry in answer.localized_object_annotations
        ],
        "safe_search": {topic: LIKELIHOODS[getattr(answer.safe_search_annotation, topic)] for topic in TOPICS},
    }


def box(corners: Any) -> list[float]:  # noqa: ANN401 -- protobuf messages
    """Return the upright box around corners."""
    across, down = [corner.x for corner in corners], [corner.y for corner in corners]
    return [round(edge, 4) for edge in (min(across), min(down), max(across), max(down))] if across else []
