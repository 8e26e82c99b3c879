import json

import pytest

from .conftest import fetch


def ask(server, **arguments):
    query = "&".join(f"{name}={value}" for name, value in arguments.items())
    return json.loads(fetch(f"{server.url}/w/api.php?format=json&{query}").body)


def test_a_word_is_translated_through_its_item(server):
    found = ask(server, action="wbsearchentities", search="monkey", language="en")
    assert found["success"] == 1
    hit = found["search"][0]
    assert (hit["id"], hit["label"], hit["match"]["type"]) == ("Q1367", "monkey", "label")
    entities = ask(server, action="wbgetentities", ids=hit["id"], props="labels", languages="es|ja|pt")
    assert entities["entities"]["Q1367"]["labels"] == {
        "es": {"language": "es", "value": "mono"},
        "ja": {"language": "ja", "value": "猿"},
        "pt": {"language": "pt", "value": "macaco"},
    }


@pytest.mark.parametrize("word", ["cat", "cage", "coffee", "flower", "temple", "rocket"])
def test_every_item_has_ten_languages(server, word):
    entity = ask(server, action="wbsearchentities", search=word, language="en")["search"][0]["id"]
    assert len(ask(server, action="wbgetentities", ids=entity)["entities"][entity]["labels"]) == 10


def test_words_of_other_languages_find_the_item(server):
    found = ask(server, action="wbsearchentities", search="K%C3%A4fig", language="de")["search"]
    assert [hit["label"] for hit in found] == ["Käfig"]


def test_other_names_are_found_and_told(server):
    hit = ask(server, action="wbsearchentities", search="minino", language="es")["search"][0]
    assert (hit["id"], hit["label"], hit["match"]["type"], hit["match"]["text"]) == ("Q146", "gato", "alias", "minino")
    said = ask(server, action="wbgetentities", ids="Q146", props="labels%7Caliases", languages="fr%7Cmul")
    assert said["entities"]["Q146"]["aliases"] == {"fr": [{"language": "fr", "value": "matou"}]}


def test_what_is_not_there_is_said(server):
    assert ask(server, action="wbsearchentities", search="xyzzy", language="en")["search"] == []
    assert ask(server, action="wbgetentities", ids="Q1")["entities"]["Q1"] == {"id": "Q1", "missing": ""}
    assert ask(server, action="nothing")["error"]["code"] == "badvalue"
    assert ask(server, action="wbsearchentities", search="cat")["error"]["code"] == "missingparam"
