import json

import pytest

from imagescraper.arguments import FlickrArguments
from imagescraper.exceptions import WrongUse
from imagescraper.flickr.windows import BEGINNING
from imagescraper.wikidata import LARGEST, Word


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
    assert arguments.described() == {"term": "a|b", "limit": "60", "labels": "cat,dog"}


def asked(**given):
    """Return what Flickr is asked first."""
    return FlickrArguments.read(given).questions()[0].arguments()


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ({"term": "قرد"}, {"text": "قرد"}),
        ({"tags": "zoo, wild ,-cage", "tag_mode": "all"}, {"tags": "zoo,wild,-cage", "tag_mode": "all"}),
        ({"bbox": "116 4 127 22"}, {"bbox": "116,4,127,22", "has_geo": "1"}),
        ({"near": "5°50'N 118°7'E"}, {"lat": "5.833333", "lon": "118.1167", "radius": "5", "radius_units": "km"}),
        ({"near": "5.84,118.11", "radius": "10.5"}, {"lat": "5.84", "lon": "118.11", "radius": "10.5"}),
        (
            {"term": "x", "taken": "2015"},
            {"min_taken_date": "2015-01-01 00:00:00", "max_taken_date": "2015-12-31 23:59:59"},
        ),
        ({"term": "x", "license": "cc-by"}, {"license": "4,11"}),
        ({"term": "x", "sort": "relevance", "media": "all"}, {"sort": "relevance", "media": "all"}),
        ({"term": "x", "content": "photos,virtual"}, {"content_types": "0,3"}),
        ({"user": "66956608@N06"}, {"user_id": "66956608@N06"}),
        ({"group": "34427469792@N01"}, {"group_id": "34427469792@N01"}),
    ],
)
def test_what_is_given_is_sent(given, sent):
    assert sent.items() <= asked(**given).items()


def test_what_is_not_given_is_not_sent():
    assert set(asked(term="x", license="any")) == {"text", "media", "sort", "extras"}
    open_end = asked(term="x", taken="2015..")
    assert "min_taken_date" in open_end
    assert "max_taken_date" not in open_end


def test_a_search_without_a_term_is_one_question():
    assert [question.text for question in FlickrArguments.read({"tags": "monkey"}).questions()] == [None]


def test_words_of_other_languages_replace_the_terms():
    arguments = FlickrArguments.read({"term": "cat", "languages": "es,pt", "bbox": "177,-20,-178,-12"})
    questions = arguments.questions([Word("cat", ("en",)), Word("gato", ("es", "pt"))])
    assert [(question.text, question.language) for question in questions] == [("cat", "en")] * 2 + [
        ("gato", "es,pt")
    ] * 2
    assert questions[-1].spoken == ["es:gato", "pt:gato"]
    assert len({question.box for question in questions}) == 2


def test_languages_by_code_and_all():
    assert FlickrArguments.read({"term": "x", "languages": "ES, zh-Hant"}).languages == ("es", "zh-hant")
    assert FlickrArguments.read({"term": "x", "languages": "all,nl"}).languages == (*LARGEST, "nl")


def test_the_time_of_upload_becomes_the_ends_of_the_windows():
    (window,) = FlickrArguments.read({"term": "x"}).windows(1_700_000_000)
    assert (window.first, window.last) == (BEGINNING, 1_700_000_000)
    (window,) = FlickrArguments.read({"term": "x", "uploaded": "2015"}).windows(1_700_000_000)
    assert (window.first, window.last) == (1_420_070_400, 1_451_606_399)
    (window,) = FlickrArguments.read({"term": "x", "uploaded": "1950..2100"}).windows(1_700_000_000)
    assert (window.first, window.last) == (BEGINNING, 1_700_000_000)


def test_a_time_of_upload_that_is_not_yet_is_refused():
    with pytest.raises(WrongUse, match="uploaded"):
        FlickrArguments.read({"term": "x", "uploaded": "2100"}).windows(1_700_000_000)


def test_the_report_names_no_member_and_can_be_given_again():
    given = {
        "term": "猫", "bbox": "116 4 127 22", "uploaded": "2015..", "license": "cc-by", "languages": "es,fr",
        "refresh": "1", "user": "66956608@N06",
    }  # fmt: skip
    arguments = FlickrArguments.read(given)
    described = arguments.described()
    assert "66956608" not in str(described)
    assert arguments.questions()[0].name == "猫"
    assert FlickrArguments.read({"user": "66956608@N06"}).questions()[0].name == "a member"
    assert FlickrArguments.read(described | {"user": "66956608@N06"}) == arguments


def test_the_help_has_every_argument_with_its_example():
    text = FlickrArguments.help()
    for name, field in FlickrArguments.model_fields.items():
        assert f"\n  {name:<10} {field.description}" in text
        assert f'-a {name}="{field.examples[0]}"' in text


@pytest.mark.parametrize("name", FlickrArguments.model_fields)
def test_every_example_is_right(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ring = [[116, 4], [127, 4], [127, 22], [116, 4]]
    (tmp_path / "area.geojson").write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}))
    needs = {"radius": {"near": "1,1"}, "tag_mode": {"tags": "x"}, "entity": {"languages": "es"}}
    base = {"tags": "x"} if name in ("near", "bbox", "tags") else {"term": "x"}
    for example in FlickrArguments.model_fields[name].examples:
        assert name in FlickrArguments.read(base | needs.get(name, {}) | {name: example}).model_fields_set


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (
            {},
            ["nothing is asked for", "term, tags, user, group, bbox, country, polygon, near", '-a term="monkey wild"'],
        ),
        ({"limit": "3", "license": "cc", "uploaded": "2015"}, ["nothing is asked for"]),
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
        ({"term": "x", "languages": "es,spanish"}, ["languages", "'spanish' is no language code", "es,fr,ja"]),
        ({"term": "x", "languages": "es", "entity": "146"}, ["entity", "a Q and a number", "Q1367"]),
        ({"term": "x|y", "languages": "es", "entity": "Q1"}, ["entity", "as many"]),
        ({"term": "x", "entity": "Q1"}, ["entity needs languages"]),
        ({"tags": "x", "languages": "es"}, ["languages need a term"]),
        ({"tags": ",".join("abcdefghijklmnopqrstu"), "tag_mode": "all"}, ["20 tags"]),
        ({"term": "x", "tag_mode": "all"}, ["tag_mode needs tags"]),
        ({"tags": "x", "tag_mode": "some"}, ["tag_mode", "any", "all"]),
        ({"near": "118.11,5.84"}, ["near", "latitude", '-a near="5.84,118.11"']),
        ({"near": "5.84,118.11", "radius": "32"}, ["radius", "less than 32"]),
        ({"near": "5.84,118.11", "radius": "0"}, ["radius", "greater than 0"]),
        ({"near": "5.84,118.11", "radius": "nan"}, ["radius"]),
        ({"term": "x", "radius": "5"}, ["radius needs a point"]),
        ({"near": "5.84,118.11", "bbox": "116 4 127 22"}, ["near and bbox"]),
        ({"term": "x", "taken": "yesterday"}, ["taken", "cannot read", '-a taken="2015"']),
        ({"term": "x", "taken": "2015-01-01T00:00Z"}, ["taken", "leave the zone out"]),
        ({"term": "x", "uploaded": "2016..2015"}, ["uploaded", "swap"]),
        ({"term": "x", "license": "gpl"}, ["license", "cc-by", "commercial"]),
        ({"term": "x", "sort": "newest"}, ["sort", "date-posted-desc", "relevance"]),
        ({"term": "x", "media": "gif"}, ["media", "photos", "videos"]),
        ({"term": "x", "content": "paintings"}, ["content", "screenshots"]),
        ({"user": "jane"}, ["user", "NSID", "66956608@N06"]),
        ({"group": "monkeys"}, ["group", "NSID", "34427469792@N01"]),
        ({"term": "x", "refresh": "perhaps"}, ["refresh", '-a refresh="1"']),
    ],
)
def test_one_line_names_the_argument_and_the_remedy(given, words):
    with pytest.raises(WrongUse) as caught:
        FlickrArguments.read(given)
    line = str(caught.value)
    assert "\n" not in line
    for word in words:
        assert word in line


def test_a_country_beside_a_point_only_turns_away():
    arguments = FlickrArguments.read({"term": "x", "near": "5.84,118.11", "country": "MY"})
    assert arguments.boxes == [None]
    assert len(arguments.areas) == 1


def test_a_search_is_the_same_however_it_is_made():
    searched = FlickrArguments.read({"term": "x", "user": "66956608@N06", "labels": "a"}).searched()
    again = FlickrArguments.read({"term": "x", "user": "66956608@N06", "refresh": "1"}).searched()
    other = FlickrArguments.read({"term": "x", "user": "66956609@N06"}).searched()
    assert searched == again != other


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
