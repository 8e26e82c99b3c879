import pytest

from imagescraper.photo import Photo
from imagescraper.store import open_store
from imagescraper.store.contract import rescored
from imagescraper.store.evidence import PAGE


def score(label, value, coverage="exact", scorer="local"):
    return {"label": label, "value": value, "scorer": scorer, "coverage": coverage}


def row(number, *scores):
    return Photo(source="flickr", photo_id=str(number), title="kept", scores=list(scores)).document()


def test_embeddings_come_back_as_they_were(store):
    store.put_embeddings({"flickr:1": b"\x00\x01", "flickr:2": b"22"})
    store.put_embeddings({"flickr:1": b"new"})
    assert dict(store.embeddings()) == {"flickr:1": b"new", "flickr:2": b"22"}


def test_many_embeddings_are_streamed(store):
    vectors = {f"flickr:{number}": bytes([number % 256]) for number in range(PAGE + 3)}
    store.put_embeddings(vectors)
    assert dict(store.embeddings()) == vectors


def test_a_decision_can_be_changed_and_taken_back(store):
    store.decide("flickr:1", "cage", accept=True)
    store.decide("flickr:2", "cage", accept=False)
    store.decide("flickr:1", "monkey", accept=False)
    assert store.decisions("cage") == {"flickr:1": True, "flickr:2": False}
    store.decide("flickr:1", "cage", accept=False)
    store.decide("flickr:2", "cage", accept=None)
    assert store.decisions("cage") == {"flickr:1": False}
    assert store.decisions("monkey") == {"flickr:1": False}
    assert store.decisions("sky") == {}


def test_new_scores_join_the_row(store):
    store.upsert([row(1, score("monkey", 0.9)), row(2)], {})
    learned = score("cage", 0.7, "learned:cage-1", "learned")
    store.rescore({"flickr:1": {"scores": [learned], "annotations": None}, "flickr:404": {"scores": [learned]}})
    assert store.get("flickr:1") == row(1, score("monkey", 0.9), learned)
    assert store.get("flickr:2") == row(2)
    assert store.count() == 2


def test_a_score_replaces_that_of_its_label():
    before = row(1, score("monkey", 0.9), score("cage", None, "none"))
    new = score("monkey", 0.8, "narrower:macaque", "google")
    after = rescored(before, {"scores": [new], "annotations": {"labels": []}})
    assert after["scores"] == [new, score("cage", None, "none")]
    assert after["annotations"] == {"labels": []}


@pytest.mark.parametrize("coverage", ["none", "failed", "unpaid"])
def test_no_answer_replaces_no_score(coverage):
    before = row(1, score("monkey", 0.9))
    after = rescored(before, {"scores": [score("monkey", None, coverage), score("cage", None, coverage)]})
    assert after["scores"] == [score("monkey", 0.9), score("cage", None, coverage)]


def test_annotations_stay_where_there_are_no_new_ones():
    before = row(1) | {"annotations": {"labels": []}}
    assert rescored(before, {"scores": [], "annotations": None})["annotations"] == {"labels": []}


def test_a_collection_of_before_is_opened(tmp_path, store):
    store._connection.execute("DROP TABLE embeddings")
    store._connection.execute("DROP TABLE decisions")
    again = open_store(f"sqlite:///{tmp_path}/collection/photos.sqlite")
    again.decide("flickr:1", "cage", accept=True)
    assert list(again.embeddings()) == []
    again.close()
