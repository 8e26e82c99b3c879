import pytest

from imagescraper.vision import languages


@pytest.mark.parametrize(
    ("word", "meant"),
    [("scimmia", "monkey"), ("猿", "monkey"), ("обезьяна", "monkey"), ("hund", "dog"), ("elefant", "elephant")],
)
def test_a_word_is_taken_for_the_nearest_noun(word, meant):
    assert languages.translate(word) == meant


@pytest.mark.parametrize(("word", "meant"), [("baum", "tree"), ("neige", "snow"), ("käfig", "cage")])
def test_what_the_classifier_does_not_know_is_not_bent_to_what_it_knows(word, meant):
    assert languages.translate(word) == meant


def test_without_the_encoder_nothing_is_translated(monkeypatch):
    def missing():
        raise ImportError

    languages.translate.cache_clear()
    monkeypatch.setattr(languages, "lexicon", missing)
    assert languages.translate("scimmia") is None
    languages.translate.cache_clear()
