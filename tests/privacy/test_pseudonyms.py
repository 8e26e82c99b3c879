from imagescraper.privacy.keys import Key
from imagescraper.privacy.pseudonyms import Pseudonyms


def test_the_same_owner_has_the_same_name_and_others_have_others():
    names = Pseudonyms(Key.new())
    assert names.of("12345678@N04") == names.of(" 12345678@n04 ")
    assert names.of("12345678@N04") != names.of("12345679@N04")
    assert len(names.of("12345678@N04")) == 32


def test_another_key_gives_other_names():
    assert Pseudonyms(Key.new()).of("12345678@N04") != Pseudonyms(Key.new()).of("12345678@N04")
