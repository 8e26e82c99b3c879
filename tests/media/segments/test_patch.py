import pytest
from hypothesis import given
from hypothesis import strategies as st

from imagescraper.media.segments.patch import CannotJoin, Span, cut, join, kept


@st.composite
def recipes(draw):
    """Any bytes, with any stretches of them kept and anything put in between."""
    data = draw(st.binary(max_size=200))
    ends = sorted(draw(st.lists(st.integers(0, len(data)), max_size=10)))
    pieces = []
    for start, stop in zip(ends[::2], ends[1::2], strict=False):
        pieces += [Span(start, stop), *draw(st.lists(st.binary(max_size=5), max_size=1))]
    return data, pieces


@given(recipes())
def test_joining_undoes_cutting(recipe):
    data, pieces = recipe
    parts = cut(data, pieces)
    assert parts.picture == kept(data, pieces)
    assert join(*parts) == data


def test_the_picture_is_what_the_pieces_say():
    parts = cut(b"0123456789", [Span(1, 3), b"new", Span(3, 4), Span(8, 9)])
    assert parts.picture == b"12new38"
    assert b"0" not in parts.picture


def test_a_patch_does_not_hold_the_picture():
    parts = cut(bytes(range(256)) * 1000, [Span(0, 255_000)])
    assert len(parts.metadata) < 1_500


def test_parts_that_do_not_belong_together_are_not_joined():
    one, other = (cut(data, [Span(2, 6)]) for data in (b"abcdefgh", b"ab????gh"))
    for picture in (other.picture, b"", one.picture[:-1]):
        with pytest.raises(CannotJoin, match="not cut from this picture"):
            join(picture, one.metadata)


def test_damaged_metadata_is_refused():
    parts = cut(b"abcdefgh" * 100, [Span(2, 6)])
    whole = parts.metadata
    for damaged in (b"", whole[:1], whole[:-3], b"\x02" + whole[1:]):
        with pytest.raises(CannotJoin):
            join(parts.picture, damaged)
