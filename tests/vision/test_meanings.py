import pytest

from imagescraper.vision.meanings import Meaning, understand


@pytest.mark.parametrize("label", ["monkey", "Cats", "cage", "mono", "golden retriever", ""])
def test_english_nouns_mean_themselves_and_are_never_translated(label):
    assert understand([label], {}) == [Meaning(label, label)]


def test_other_words_are_translated():
    assert understand(["scimmia"], {}) == [Meaning("scimmia", "monkey", "translated")]


def test_the_user_is_believed_first():
    said = {"Mono": "monkey", "monkey": "primate"}
    assert understand(["mono", "Monkey"], said) == [
        Meaning("mono", "monkey", "as"),
        Meaning("Monkey", "primate", "as"),
    ]


def test_the_coverage_says_what_was_looked_for():
    assert Meaning("mono", "monkey", "as").coverage("hypernym:18") == "as:monkey"
    assert Meaning("käfig", "cage", "translated").coverage("none") == "none"
    assert Meaning("monkey", "monkey").coverage("hypernym:18") == "hypernym:18"
