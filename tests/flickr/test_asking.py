import pytest

from imagescraper.flickr.asking import LICENSE_GROUPS, Span, content_ids, license_ids
from imagescraper.flickr.licenses import LICENSES


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2015", "2015-01-01 00:00:00", "2015-12-31 23:59:59"),
        ("2015-02", "2015-02-01 00:00:00", "2015-02-28 23:59:59"),
        ("2016-02", "2016-02-01 00:00:00", "2016-02-29 23:59:59"),
        ("2015-12", "2015-12-01 00:00:00", "2015-12-31 23:59:59"),
        ("2015-03-21", "2015-03-21 00:00:00", "2015-03-21 23:59:59"),
        ("2015-03-21T14:30", "2015-03-21 14:30:00", "2015-03-21 14:30:59"),
        ("2015-03-21 14:30:05", "2015-03-21 14:30:05", "2015-03-21 14:30:05"),
        ("2015-01-01..2016-06-30", "2015-01-01 00:00:00", "2016-06-30 23:59:59"),
        ("2015-01-01/2016-06-30", "2015-01-01 00:00:00", "2016-06-30 23:59:59"),
        (" 2015 .. 2016 ", "2015-01-01 00:00:00", "2016-12-31 23:59:59"),
        ("2015..", "2015-01-01 00:00:00", None),
        ("..2016", None, "2016-12-31 23:59:59"),
        ("9999", "9999-01-01 00:00:00", "9999-12-31 23:59:59"),
    ],
)
def test_dates_and_ranges_to_the_second(text, first, last):
    span = Span.parse(text)
    assert span.datetimes == (first, last)
    assert Span.parse(str(span)) == span


def test_a_zone_counts_for_times_of_upload():
    assert Span.parse("2020-03-01T01:00+02:00").datetimes[0] == "2020-02-29 23:00:00"
    assert Span.parse("1970-01-02..").seconds == (86_400, None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "missing"),
        ("..", "missing"),
        ("yesterday", "cannot read 'yesterday'"),
        ("15-03-2015", "cannot read"),
        ("2015-13", "calendar"),
        ("2015-02-30", "calendar"),
        ("2016..2015", "swap"),
        ("2015T10:00", "cannot read"),
        ("2015-03-21T25:00", "calendar"),
        ("0000", "calendar"),
    ],
)
def test_what_is_no_date_is_said_in_one_line(text, words):
    with pytest.raises(ValueError, match=words) as caught:
        Span.parse(text)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["2015-03-21T14:30Z", "2014..2015-03-21T14:30+02:00"])
def test_the_photographers_clock_has_no_zone(text):
    with pytest.raises(ValueError, match="leave the zone out"):
        Span.parse_local(text)
    assert Span.parse_local("2015-01-01..2016-06-30") == Span.parse("2015-01-01..2016-06-30")


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("any", None),
        ("cc", (1, 2, 3, 4, 5, 6, 9, 11, 12, 13, 14, 15, 16)),
        ("cc-by", (4, 11)),
        ("commercial", (4, 5, 6, 7, 8, 9, 10, 11, 12, 13)),
        ("pd", (7, 8, 9, 10)),
        ("4, 11", (4, 11)),
        ("CC-BY,pd,0", (0, 4, 7, 8, 9, 10, 11)),
        ("cc-by-nc-nd-4.0", (16,)),
        ("all-rights-reserved", (0,)),
    ],
)
def test_licences_by_group_name_and_id(text, ids):
    assert license_ids(text) == ids


def test_every_group_holds_licences_of_version_4():
    for name in set(LICENSE_GROUPS) - {"pd"}:
        assert any(LICENSES[id_].slug.endswith("4.0") for id_ in LICENSE_GROUPS[name])


@pytest.mark.parametrize("text", ["", "17", "-1", "gpl", "cc,", "٤"])
def test_an_unknown_licence_is_refused_with_a_list(text):
    with pytest.raises(ValueError, match="write any, cc, cc-by, commercial, pd"):
        license_ids(text)


def test_kinds_of_picture():
    assert content_ids("Screenshots, photos") == (0, 1)
    with pytest.raises(ValueError, match="photos, screenshots, other, virtual"):
        content_ids("photos,paintings")
