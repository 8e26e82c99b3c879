import pytest

from imagescraper.vision.nouns import head, is_kind, noun, table


@pytest.mark.parametrize(
    ("narrower", "broader"),
    [
        ("Macaque", "monkey"),
        ("Rhesus macaque", "monkeys"),
        ("Gorilla", "monkey"),
        ("Monkey", "primate"),
        ("Fur seal", "seal"),
        ("Seal", "animal"),
        ("Terrestrial animal", "animal"),
        ("Tree", "plant"),
        ("Birdcage", "cage"),
        ("Clumber spaniel", "Dogs"),
        ("car", "vehicle"),
        ("Motor vehicle", "vehicle"),
        ("Xyzzy", "xyzzy"),
    ],
)
def test_a_kind_is_known(narrower, broader):
    assert is_kind(narrower, broader)


@pytest.mark.parametrize(
    ("narrower", "broader"),
    [
        ("Lemur", "monkey"),
        ("Primate", "monkey"),
        ("Monkey", "cage"),
        ("Monkey", "person"),
        ("Cat", "vehicle"),
        ("Wedding dress", "wedding"),
        ("xyzzy", "monkey"),
        ("monkey", "xyzzy"),
    ],
)
def test_what_is_no_kind_is_not(narrower, broader):
    assert not is_kind(narrower, broader)


def test_a_noun_is_found_in_any_case_and_number():
    assert noun("Monkeys") == "monkey"
    assert noun("cage") == "cage"
    assert noun("affe") is None


def test_the_last_words_of_a_name_say_what_it_is():
    assert head("Rhesus macaque") == "macaque"
    assert head("hot dog") == "hot dog"
    assert head("affe") is None


def test_names_of_persons_and_places_are_no_nouns():
    assert noun("Paris") is None


def test_common_nouns_are_those_that_people_search_for():
    assert {"tree", "beach", "snow"} <= table().common
    assert "aardwolf" not in table().common
    assert len(table().common) > 2500
