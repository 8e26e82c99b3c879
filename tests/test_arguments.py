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
        ({"term": "x", "colour": "y"}, ["no argument colour", "bbox", "limit"]),
        ({"term": ""}, ["term", "empty"]),
        ({"term": "a||b"}, ["term", "empty"]),
        ({"term": "x", "limit": "many"}, ["limit", '-a limit="100"']),
        ({"term": "x", "limit": "0"}, ["limit", "greater than 0"]),
        ({"term": "x", "bbox": "116 22 127 4"}, ["bbox", '-a bbox="116 4 127 22"']),
        ({"term": "x", "bbox": "here"}, ["bbox"]),
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


def test_what_labels_mean_is_a_mapping():
    arguments = FlickrArguments.read({"term": "mono", "score_as": "mono=monkey, 猿=ape", "scorer": "google"})
    assert arguments.score_as == {"mono": "monkey", "猿": "ape"}
    assert arguments.described() == {"term": "mono", "score_as": "mono=monkey,猿=ape", "scorer": "google"}


@pytest.mark.parametrize(
    ("name", "value"), [("score_as", "mono"), ("score_as", "mono=,a=b"), ("scorer", "bing"), ("max_cost", "-1")]
)
def test_wrong_scoring_is_refused_with_an_example(name, value):
    with pytest.raises(WrongUse, match=f"the argument {name} is wrong: .* write for example -a {name}="):
        FlickrArguments.read({"term": "mono", name: value})


def test_scoring_that_was_not_asked_for_is_not_described():
    assert FlickrArguments.read({"term": "mono"}).described() == {"term": "mono"}
