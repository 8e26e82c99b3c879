from imagescraper.flickr.question import Question


def test_what_is_not_asked_is_not_sent():
    asked = Question(text="monkey").arguments()
    assert set(asked) == {"text", "media", "sort", "extras"}
    assert asked["text"] == "monkey"


def test_everything_that_can_be_asked():
    asked = Question(
        text="monkey",
        tags="zoo,wild",
        tag_mode="all",
        box="116,4,127,22",
        licenses=(4, 11),
        taken=("2015-01-01 00:00:00", "2015-12-31 23:59:59"),
        user="1@N01",
        group="2@N02",
        content=(0, 3),
        media="all",
        sort="relevance",
        language="en",
    ).arguments()
    assert asked["license"] == "4,11"
    assert asked["content_types"] == "0,3"
    assert (asked["bbox"], asked["has_geo"]) == ("116,4,127,22", "1")
    assert (asked["min_taken_date"], asked["max_taken_date"]) == ("2015-01-01 00:00:00", "2015-12-31 23:59:59")
    assert (asked["tags"], asked["tag_mode"], asked["user_id"], asked["group_id"]) == (
        "zoo,wild",
        "all",
        "1@N01",
        "2@N02",
    )
    assert "language" not in asked


def test_a_point_and_its_radius():
    asked = Question(text="monkey", near=(5.8394, 118.1172, 10)).arguments()
    assert (asked["lat"], asked["lon"], asked["radius"], asked["radius_units"]) == ("5.8394", "118.1172", "10", "km")


def test_a_question_by_place_gets_smaller_pages():
    assert Question(text="monkey").page_size == 500
    assert Question(box="116,4,127,22").page_size == Question(near=(1, 2, 3)).page_size == 250
