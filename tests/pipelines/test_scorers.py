import pytest
from scrapy.settings import Settings

from imagescraper.pipelines.scorers import announcements, keep_model, learned_model, local_scorer, make_scorer
from imagescraper.store import open_store
from imagescraper.vision.learned import LinearModel
from imagescraper.vision.scorer import ScorerUnavailable


@pytest.fixture
def settings(tmp_path):
    return Settings(
        {"MODEL_CACHE": str(tmp_path), "GOOGLE_VISION_KEY": "k", "GOOGLE_VISION_URL": "http://127.0.0.1:1"}
    )


@pytest.fixture
def store(tmp_path):
    opened = open_store(f"sqlite:///{tmp_path}/photos.sqlite")
    yield opened
    opened.close()


def model(label):
    return LinearModel(label, f"{label}-1", (0.5,), 0.25, {"auc": 0.9})


def test_the_scorer_asked_for_is_made(settings, store):
    assert make_scorer(settings, store, ["monkey"], "local").name == "local"
    assert make_scorer(settings, store, ["monkey"], "google").name == "google"


def test_a_learned_label_comes_first(settings, store):
    keep_model(store, model("cage"))
    for name in ("local", "google"):
        coverage = make_scorer(settings, store, ["cage", "monkey"], name).coverage(["cage", "monkey"])
        assert coverage["cage"] == "learned:cage-1"
        assert not coverage["monkey"].startswith("learned")
    assert make_scorer(settings, store, ["monkey"], "local").name == "local"


def test_a_model_is_kept_under_its_label(store):
    assert learned_model(store, "cage") is None
    keep_model(store, model("cage"))
    assert learned_model(store, "cage") == model("cage")


def test_google_needs_a_key(settings, store):
    settings.set("GOOGLE_VISION_KEY", None)
    with pytest.raises(ScorerUnavailable, match="GOOGLE_VISION_KEY"):
        make_scorer(settings, store, ["monkey"], "google")


def test_what_the_user_ought_to_know_is_announced(settings):
    said = {"mono": "monkey"}
    labels = ["monkey", "cage", "scimmia", "käfig", "mono"]
    cage, scimmia, kaefig = announcements(local_scorer(settings, said), labels, said)
    assert cage.startswith('"cage" has no answer')
    assert "scrapy train" in cage
    assert scimmia.startswith('"scimmia" is taken for monkey')
    assert kaefig.startswith('"käfig" (taken for cage) has no answer')
