import pytest

from sandbox.words import WordIndex, normalise_tag, read_query


@pytest.mark.parametrize(
    ("text", "wanted", "excluded"),
    [
        ("cat", ["cat"], []),
        ("Black CAT -dog", ["black", "cat"], ["dog"]),
        ('"black cat" -"big dog"', ["black cat"], ["big dog"]),
        ("well-known", ["well known"], []),
        ("  ", [], []),
        ("猫 -犬", ["猫"], ["犬"]),
    ],
)
def test_a_query_is_read_into_words_phrases_and_exclusions(text, wanted, excluded):
    assert read_query(text) == (wanted, excluded)


@pytest.mark.parametrize(
    ("raw", "stored"),
    [("Doho Lodge", "doholodge"), ("flickr.org", "flickrorg"), ("snake_case", "snakecase"), ("a:b=C d", "a:b=C d")],
)
def test_tags_are_stored_without_spaces_and_punctuation(raw, stored):
    assert normalise_tag(raw) == stored


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ("cat", [True, False, False, False]),
        ("cats", [False, True, False, False]),
        ("black cat", [True, False, False, False]),
        ("猫", [False, False, True, False]),
        ("кошка", [False, False, False, True]),
        ("href", [False, False, False, False]),
    ],
)
def test_whole_words_are_found_and_parts_only_in_scripts_without_spaces(term, found):
    index = WordIndex(["A black cat!", "Cats, concatenated", "窓辺の猫です", 'Кошка <a href="x">тут</a>'])
    assert index.holds(term).tolist() == found
