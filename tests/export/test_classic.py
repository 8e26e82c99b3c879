from datetime import UTC, datetime

from imagescraper.export.classic import classic
from imagescraper.photo import CLASSIC_COLUMNS, Photo


def row(**values):
    return Photo(source="flickr", photo_id="1", **values).document()


def test_exactly_the_original_columns_and_a_score_for_each_label():
    scores = [
        {"label": "monkey", "value": 0.9, "scorer": "local", "coverage": "hypernym:13"},
        {"label": "cage", "value": None, "scorer": "local", "coverage": "none"},
    ]
    columns = classic(row(scores=scores))
    assert list(columns) == [*CLASSIC_COLUMNS, "monkey prediction score", "cage prediction score"]
    assert (columns["monkey prediction score"], columns["cage prediction score"]) == (0.9, None)


def test_values_are_as_in_the_original():
    columns = classic(
        row(
            search_terms=["monkey wild", "mono"],
            downloaded_at=datetime(2026, 11, 22, 9, 54, 5, 123000, tzinfo=UTC),
            date_taken=datetime(2012, 6, 6, 14, 17, 31, tzinfo=UTC),
            tags=["zoo", "動物園"],
            owner="k:token",
            exif="k:token",
            filename="full/1.jpg",
        )
    )
    assert columns["search term"] == "monkey wild|mono"
    assert (columns["date of download"], columns["time of download"]) == ("2026-11-22", "09:54:05")
    assert columns["date taken"] == "2012-06-06 14:17:31"
    assert columns["tags"] == "zoo 動物園"
    assert (columns["owner"], columns["exif data"], columns["filename"]) == ("k:token", "k:token", "full/1.jpg")


def test_what_is_not_known_is_null():
    columns = classic(row())
    assert (columns["date taken"], columns["latitude"], columns["country"], columns["views"]) == (None,) * 4
