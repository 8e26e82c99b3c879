import enum
import json
from fractions import Fraction

import bson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL.TiffImagePlugin import IFDRational

from imagescraper.exif.normalise import LARGEST_TOTAL, LARGEST_VALUE, normalise


def one(value):
    return normalise({"tag": value})["tag"]


TEXTS = st.text(st.characters(exclude_categories=()), max_size=20)
RATIONALS = st.builds(IFDRational, st.integers(-(2**31), 2**32), st.integers(-2, 2**32))
PLAIN = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), TEXTS, st.binary(max_size=80), RATIONALS, st.fractions()
)
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.tuples(inner, inner),
        st.dictionaries(st.one_of(TEXTS, st.integers()), inner, max_size=4),
    ),
    max_leaves=20,
)


@settings(max_examples=400)
@given(st.dictionaries(TEXTS, VALUES, max_size=5))
def test_anything_becomes_json_and_bson(tags):
    safe = normalise(tags)
    assert len(safe) == len(tags)
    text = json.dumps(safe, allow_nan=False)
    assert "\\u0000" not in text
    assert bson.decode(bson.encode(safe)) == safe == json.loads(text)
    assert normalise(safe) == safe


class Level(enum.IntEnum):
    HIGH = 3


@pytest.mark.parametrize(
    ("value", "safe"),
    [
        (IFDRational(1, 250), 0.004),
        (Fraction(10**400, 3), None),
        (IFDRational(0, 0), None),
        (IFDRational(5, 0), None),
        (float("nan"), None),
        (float("-inf"), None),
        (2**63 - 1, 2**63 - 1),
        (2**63, "9223372036854775808"),
        (Level.HIGH, 3),
        (True, True),
        ("a\0b\0", "ab"),
        ("sur\udcf6rogate", "sur?rogate"),
        (b"0230", "0230"),
        (b"ASCII text\0\0", "ASCII text"),
        (b"", {"_b64": ""}),
        (b"\0\0", {"_b64": "AAA="}),
        (b"\x02\x02\0\0", {"_b64": "AgIAAA=="}),
        ((1, IFDRational(1, 2), "x"), [1, 0.5, "x"]),
    ],
)
def test_single_values(value, safe):
    assert one(value) == safe
    assert type(one(value)) is type(safe)


def test_keys():
    assert normalise({"a.b": 1, "$where": 2, "n\0ul": 3, "": 4}) == {"a_b": 1, "_where": 2, "nul": 3, "": 4}
    assert sorted(normalise({"a.b": 1, "a_b": 2}).values()) == [1, 2]


def test_what_is_too_large_is_cut_and_says_so():
    text = one("é" * LARGEST_VALUE)
    assert text["_size"] == 2 * LARGEST_VALUE
    assert len(text["_text"].encode()) == LARGEST_VALUE
    block = one(bytes(LARGEST_VALUE + 1))
    assert block["_size"] == LARGEST_VALUE + 1
    items = one(list(range(100_000)))
    assert items["_size"] == 100_000
    assert items["_items"] == list(range(len(items["_items"])))
    assert 1_000 < len(items["_items"]) <= LARGEST_VALUE // 8
    assert one("x" * LARGEST_VALUE) == "x" * LARGEST_VALUE


def test_a_file_full_of_tags_stays_storable():
    tags = {f"tag{number}": bytes(LARGEST_VALUE) for number in range(1_000)}
    safe = normalise(tags)
    assert safe["_size"] == 1_000
    assert LARGEST_TOTAL / 2 < len(bson.encode(safe)) < 2 * LARGEST_TOTAL


def test_endless_nesting_is_cut():
    tags: dict[str, object] = {}
    place = tags
    for _ in range(5_000):
        place["x"] = inner = {}
        place = inner
    json.dumps(normalise(tags))
