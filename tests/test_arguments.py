import pytest

from imagescraper.arguments import FlickrArguments
from imagescraper.exceptions import WrongUse


def test_terms_are_taken_apart_and_keep_their_signs():
    arguments = FlickrArguments.read({"term": "monkey wild | mono|サル|قرد|mono"})
    assert arguments.term == ("monkey wild", "mono", "サル", "قرد")


def test_defaults():
    arguments = FlickrArguments.read({"term": "monkey"})
    assert (arguments.limit, arguments.bbox, arguments.size, arguments.labels) == (None, None, "original", None)
    assert arguments.boxes == [None]


def test_a_box_in_the_forms_of_the_original():
    assert FlickrArguments.read({"term": "x", "bbox": "116 4 127 22"}).boxes == ["116,4,127,22"]


def test_a_box_across_180_degrees_is_two_questions():
    assert len(FlickrArguments.read({"term": "x", "bbox": "177,-20,-178,-12"}).boxes) == 2


def test_a_country_is_its_boxes_and_an_area():
    arguments = FlickrArguments.read({"term": "x", "country": "Filipinas"})
    assert 0 < len(arguments.boxes) < 4
    assert len(arguments.areas) == 1
    assert arguments.described() == {"term": "x", "country": "Philippines"}
    assert arguments.remarks == []


def test_territories_left_out_are_told():
    (remark,) = FlickrArguments.read({"term": "x", "country": "China"}).remarks
    assert remark == "without Hong Kong, Macau: ask for them by name"


def test_a_polygon_is_a_file(tmp_path):
    path = tmp_path / "area.geojson"
    path.write_text('{"type": "Polygon", "coordinates": [[[118, 5], [119, 5], [119, 6], [118, 5]]]}', encoding="utf-8")
    arguments = FlickrArguments.read({"term": "x", "polygon": str(path)})
    assert arguments.boxes == ["118,5,119,6"]
    assert arguments.described()["polygon"].startswith("area.geojson (")


def test_a_box_within_a_country_is_what_is_asked():
    arguments = FlickrArguments.read({"term": "x", "country": "Philippines", "bbox": "116 4 127 12"})
    assert arguments.boxes == ["116,4,127,12"]
    assert len(arguments.areas) == 1
    assert arguments.described() == {"term": "x", "bbox": "116,4,127,12", "country": "Philippines"}


def test_what_a_job_runner_adds_is_left_out():
    assert FlickrArguments.read({"term": "x", "_job": "1"}).term == ("x",)


def test_the_report_names_what_was_given():
    arguments = FlickrArguments.read({"term": "a|b", "limit": "60", "labels": "cat,dog"})
    assert arguments.described() == {"term": "a|b", "limit": "60", "labels": "cat|dog"}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, ["term is missing", '-a term="monkey wild"']),
        ({"term": "x", "trem": "y"}, ["no argument trem", "did you mean term?"]),
        ({"term": "x", "speed": "y"}, ["no argument speed", "bbox", "limit"]),
        ({"term": ""}, ["term", "empty"]),
        ({"term": "a||b"}, ["term", "empty"]),
        ({"term": "x", "limit": "many"}, ["limit", '-a limit="100"']),
        ({"term": "x", "limit": "0"}, ["limit", "greater than 0"]),
        ({"term": "x", "bbox": "116 22 127 4"}, ["bbox", '-a bbox="116 4 127 22"']),
        ({"term": "x", "bbox": "here"}, ["bbox"]),
        ({"term": "x", "country": "Philipines"}, ["country", "did you mean Philippines (PH)", '-a country="']),
        ({"term": "x", "polygon": "none.geojson"}, ["polygon", "none.geojson", "No such file"]),
        ({"term": "x", "size": "huge"}, ["size", "original", "none"]),
        ({"term": "x", "labels": ","}, ["labels", "empty"]),
    ],
)
def test_one_line_names_the_argument_and_the_remedy(given, words):
    with pytest.raises(WrongUse) as caught:
        FlickrArguments.read(given)
    line = str(caught.value)
    assert "\n" not in line
    for word in words:
        assert word in line
