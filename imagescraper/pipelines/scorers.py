"""Makes the scorer that was asked for, out of the settings and of what the collection has learned."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import platformdirs
from scrapy.settings import BaseSettings

from imagescraper.store import Store
from imagescraper.vision.google import GoogleScorer
from imagescraper.vision.learned import LearnedScorer, LinearModel
from imagescraper.vision.local import LocalScorer
from imagescraper.vision.meanings import understand
from imagescraper.vision.scorer import Scorer, ScorerUnavailable

NO_KEY = (
    "there is no GOOGLE_VISION_KEY: make an API key at https://console.cloud.google.com/apis/credentials and put it "
    "into credentials.json, or leave the scorer out for the local one"
)


def make_scorer(
    settings: BaseSettings,
    store: Store,
    labels: Sequence[str],
    name: str,
    *,
    score_as: Mapping[str, str] | None = None,
    max_cost: float | None = None,
) -> Scorer:
    """Return the scorer `local` or `google`, with the collection's own models in front where labels have one.

    Raises:
        ScorerUnavailable: if it cannot work here; one line.

    """
    models = {label: model for label in labels if (model := learned_model(store, label))}
    if name == "local":
        local = local_scorer(settings, score_as)
        return LearnedScorer(models, local, local.embed) if models else local
    if not settings["GOOGLE_VISION_KEY"]:
        raise ScorerUnavailable(NO_KEY)
    google = GoogleScorer(
        settings["GOOGLE_VISION_KEY"], url=settings["GOOGLE_VISION_URL"], score_as=score_as, max_cost=max_cost
    )
    return LearnedScorer(models, google, local_scorer(settings).embed) if models else google


def local_scorer(settings: BaseSettings, score_as: Mapping[str, str] | None = None) -> LocalScorer:
    """Return the embedded scorer."""
    cache = settings["MODEL_CACHE"] or platformdirs.user_cache_dir("smart-image-scraper")
    return LocalScorer(Path(cache), score_as=score_as)


def learned_model(store: Store, label: str) -> LinearModel | None:
    """Return the model that the collection has for a label."""
    text = store.meta(f"model:{label}")
    return LinearModel.from_json(text) if text else None


def keep_model(store: Store, model: LinearModel) -> None:
    """Make a model the collection's own for its label."""
    store.put_meta(f"model:{model.label}", model.to_json())


def announcements(scorer: Scorer, labels: Sequence[str], score_as: Mapping[str, str]) -> list[str]:
    """Return what is to be said before the first photo: labels without an answer, and labels taken for others."""
    coverage = scorer.coverage(labels)
    lines = []
    for meaning in understand(labels, score_as):
        label, how = meaning.label, coverage[meaning.label]
        taken = f" (taken for {meaning.noun})" if meaning.how else ""
        if how == "none":
            lines.append(
                f'"{label}"{taken} has no answer from this scorer: its scores stay empty, and no photo '
                f"is turned away for it. The google scorer may know it, `scrapy train` learns it from the collection, "
                f'and score_as="{label}=…" says it in other words'
            )
        elif how.startswith("translated:"):
            lines.append(f'"{label}" is taken for {meaning.noun}; if it is not, say score_as="{label}=…"')
    return lines
