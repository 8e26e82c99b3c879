import json

import pytest
from google.cloud import vision

from imagescraper.vision import google
from imagescraper.vision.google import GoogleScorer, annotate, estimate, requests
from imagescraper.vision.patience import Patience
from imagescraper.vision.scorer import Score, Scorer, ScorerUnavailable
from tests.conftest import REAL_DATA


@pytest.fixture
def make(sandbox):
    """Make a scorer that asks the sandbox, whose faults are taken back."""
    yield lambda key="c0ffee", **options: GoogleScorer(
        key, url=sandbox.url, patience=Patience(pause=0.01, interval=0), **options
    )
    sandbox.faults({})


def asked(sandbox):
    return sandbox.stats()["roles"].get("vision", 0)


def response(labels=(), objects=()):
    """An answer of Google's for one picture."""
    corners = [vision.NormalizedVertex(x=x, y=y) for x, y in ((0.25, 0.5), (0.75, 0.5), (0.75, 1), (0.25, 1))]
    return vision.AnnotateImageResponse(
        label_annotations=[vision.EntityAnnotation(description=name, score=score) for name, score in labels],
        localized_object_annotations=[
            vision.LocalizedObjectAnnotation(
                name=name, score=score, bounding_poly=vision.BoundingPoly(normalized_vertices=corners)
            )
            for name, score in objects
        ],
    )


@pytest.fixture
def answering(make, monkeypatch):
    """Make a scorer whose service sees what it is told in every picture."""

    def scorer(labels=(), objects=(), **options):
        made = make(**options)
        monkeypatch.setattr(made, "_annotate", lambda images: [response(labels, objects)] * len(images))
        return made

    return scorer


def test_it_is_a_scorer(make):
    contract: Scorer = make()
    assert contract.name == "google"
    assert contract.coverage(["cage", "scimmia"]) == {"cage": "below:0.5", "scimmia": "translated:monkey"}


def test_pictures_go_in_batches_of_sixteen(make, sandbox, pictures):
    before = asked(sandbox)
    sights = make().look([pictures["coffee.png"]] * 40, ["cup"])
    assert len(sights) == 40
    assert asked(sandbox) == before + 3


def test_requests_stay_within_googles_limits(monkeypatch):
    monkeypatch.setattr(google, "MOST_BYTES", 10)
    assert [list(map(len, part)) for part in requests([b"4444", b"4444", b"333", b"x" * 20, b"1"])] == [
        [4, 4], [3], [20], [1],
    ]  # fmt: skip
    assert list(requests([])) == []


def test_one_bad_picture_costs_only_itself(make, pictures):
    good, bad, again = make().look([pictures["coffee.png"], b"no picture", pictures["coffee.png"]], ["cup"])
    assert good == again
    assert good.error is None
    assert bad.scores == [Score("cup", None, "google", "failed")]
    assert bad.error == "google: Bad image data"
    assert bad.annotations is None


def test_a_picture_that_spoils_its_request_is_found(make, pictures, monkeypatch):
    scorer = make()
    send = scorer._annotate

    def refuse(images):
        if b"spoiler" in images:
            raise google.Refusal("Request payload size exceeds the limit", about_key=False)
        return send(images)

    monkeypatch.setattr(scorer, "_annotate", refuse)
    sights = scorer.look([pictures["coffee.png"], b"spoiler", pictures["coffee.png"]], ["cup"])
    assert [sight.error for sight in sights] == [None, "google: Request payload size exceeds the limit", None]
    assert scorer.asked == 2


def test_a_busy_service_is_asked_again(sandbox, pictures, monkeypatch):
    naps = []

    def nap(_seconds):
        naps.append(_seconds)
        if len(naps) == 2:
            sandbox.faults({})

    # No pause is slept through; one so long is never over before it would begin.
    scorer = GoogleScorer("c0ffee", url=sandbox.url, patience=Patience(pause=10, interval=0, sleep=nap))
    sandbox.faults({"role": "vision", "status": 429})
    before = asked(sandbox)
    sight = scorer.look([pictures["coffee.png"]], ["cup"])[0]
    assert sight.error is None
    assert (len(naps), asked(sandbox) - before) == (2, 3)


@pytest.mark.parametrize("fault", [{"status": 503}, {"close": True}, {"status": 429}])
def test_a_service_that_stays_away_fails_the_photos_and_costs_nothing(make, sandbox, pictures, fault):
    scorer = make()
    sandbox.faults({"role": "vision"} | fault)
    sight = scorer.look([pictures["coffee.png"]], ["cup"])[0]
    assert sight.scores == [Score("cup", None, "google", "failed")]
    assert sight.error.startswith("google: ")
    assert scorer.cost == 0
    assert not scorer.answered(sight.scores[0])


def test_a_wrong_key_is_one_clear_line(make):
    make().check()
    with pytest.raises(ScorerUnavailable, match=r"^Google Vision refuses the key in GOOGLE_VISION_KEY: API key not"):
        make("invalid").check()


def test_a_service_out_of_reach_is_one_clear_line():
    scorer = GoogleScorer("k", url="http://127.0.0.1:1", patience=Patience(pause=0.001, interval=0))
    with pytest.raises(ScorerUnavailable, match=r"^Google Vision does not answer: ConnectionError, 6 times$"):
        scorer.check()


def test_no_more_is_sent_than_may_be_paid(make, pictures, sandbox):
    scorer = make(max_cost=estimate(3))
    before = asked(sandbox)
    sights = scorer.look([pictures["coffee.png"]] * 5, ["cup"])
    assert [sight.scores[0].coverage == "unpaid" for sight in sights] == [False] * 3 + [True] * 2
    assert all(sight.scores[0].value is None for sight in sights[3:])
    assert scorer.cost == pytest.approx(estimate(3))
    scorer.look([pictures["coffee.png"]], ["cup"])
    assert asked(sandbox) == before + 1


def test_a_thousand_photos_cost_what_the_list_says():
    assert estimate(1000) == pytest.approx(3.75)


def test_the_best_kind_of_what_was_asked_for_counts(answering):
    scorer = answering([("Primate", 0.97), ("Rhesus macaque", 0.81), ("Monkey", 0.7)], [("Monkey", 0.75)])
    scores = scorer.score([b"x"], ["monkeys", "primate", "cage"])[0]
    assert scores == [
        Score("monkeys", 0.81, "google", "narrower:rhesus macaque"),
        Score("primate", 0.97, "google", "exact"),
        Score("cage", None, "google", "below:0.5"),
    ]


def test_an_object_counts_as_a_label_does(answering):
    assert answering([], [("Cage", 0.6)]).score([b"x"], ["cage"])[0] == [Score("cage", 0.6, "google", "exact")]


def test_a_label_in_other_words_says_so(answering):
    scorer = answering([("Macaque", 0.8)], score_as={"mono": "monkey"})
    assert [score.coverage for score in scorer.score([b"x"], ["mono", "scimmia", "cane"])[0]] == [
        "as:monkey", "translated:monkey", "below:0.5",
    ]  # fmt: skip


def test_everything_said_is_kept():
    kept = annotate(response([("Macaque", 0.80001)], [("Monkey", 0.7)]))
    assert kept["labels"] == [{"name": "Macaque", "score": 0.8}]
    assert kept["objects"] == [{"name": "Monkey", "score": 0.7, "box": [0.25, 0.5, 0.75, 1.0]}]
    assert set(kept["safe_search"]) == {"adult", "spoof", "medical", "violence", "racy"}


@pytest.mark.parametrize(
    ("score", "answered"),
    [
        (Score("monkey", 0.8, "google", "narrower:macaque"), True),
        (Score("monkey", None, "google", "below:0.5"), True),
        (Score("monkey", None, "google", "failed"), False),
        (Score("monkey", None, "google", "unpaid"), False),
        (Score("monkey", 0.8, "local", "hypernym:18"), False),
        (Score("monkey", 0.8, "google", "as:primate"), False),
    ],
)
def test_what_google_has_answered_is_not_asked_again(make, score, answered):
    assert make().answered(score) == answered


def test_what_was_answered_under_another_noun_is_asked_again(make):
    scorer = make(score_as={"mono": "monkey"})
    assert scorer.answered(Score("mono", 0.8, "google", "as:monkey"))
    assert not scorer.answered(Score("mono", 0.8, "google", "as:cat"))
    assert not scorer.answered(Score("mono", 0.8, "google", "exact"))


@pytest.mark.realdata
@pytest.mark.parametrize("name", ["full-clothing-darude.json", "full-monitor-revive.json"])
def test_recorded_answers_are_read(name):
    recorded = json.loads((REAL_DATA / "vision" / name).read_text(encoding="utf-8"))
    body = recorded["responses"][0] if "responses" in recorded else recorded
    labels = body["labelAnnotations"]
    kept = annotate(vision.AnnotateImageResponse.from_json(json.dumps({"labelAnnotations": labels})))
    assert [entry["name"] for entry in kept["labels"]] == [label["description"] for label in labels]
    assert all(entry["score"] >= 0.5 for entry in kept["labels"])
