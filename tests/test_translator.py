"""How Wikidata is asked; what is made of its answers is in test_wikidata."""

import json
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
from scrapy.http import TextResponse

from imagescraper.arguments import FlickrArguments
from imagescraper.exceptions import WrongUse
from imagescraper.translator import TRIES, Translator

FOUND = {"search": [{"id": "Q146", "label": "قطة", "match": {"language": "ar", "text": "قطة"}}]}
NAMED = {
    "entities": {"Q146": {"id": "Q146", "labels": {"ja": {"language": "ja", "value": "猫"}}}},
}


class Engine:
    """Answers from a list; an exception in it is raised."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.requests = []

    async def download_async(self, request):
        self.requests.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        status, body = answer if isinstance(answer, tuple) else (200, json.dumps(answer))
        return TextResponse(request.url, status=status, body=body.encode(), request=request)


class Memory(dict):
    def meta(self, name):
        return self.get(name)

    def put_meta(self, name, value):
        self[name] = value


def translator(engine, memory=None):
    settings = {"WIKIDATA_API_URL": "http://127.0.0.1:1/w/api.php"}
    return Translator(SimpleNamespace(engine=engine, settings=settings), memory)


def arguments(**more):
    return FlickrArguments.read({"term": "قطة", "languages": "ja"} | more)


async def test_words_are_asked_at_wikidatas_own_pace():
    engine = Engine(FOUND, NAMED)
    (found,) = await translator(engine).translations(arguments())
    assert [word.text for word in found.words] == ["قطة", "猫"]
    assert {request.meta["download_slot"] for request in engine.requests} == {"wikidata"}
    first, second = (parse_qs(urlsplit(request.url).query) for request in engine.requests)
    assert (first["search"], first["language"]) == (["قطة"], ["en"])
    assert (second["ids"], second["languages"]) == (["Q146"], ["ar|ja|mul"])


async def test_nothing_is_asked_without_languages():
    engine = Engine()
    assert await translator(engine).translations(FlickrArguments.read({"term": "cat"})) == []
    assert engine.requests == []


async def test_a_failure_is_tried_again():
    engine = Engine(TimeoutError(), (503, "busy"), FOUND, (200, "<html>"), NAMED)
    asking = translator(engine)
    assert len(await asking.translations(arguments())) == 1
    assert asking.calls == 5


@pytest.mark.parametrize(
    ("answer", "reason"), [(TimeoutError(), "TimeoutError"), ((503, ""), "503"), ((200, "[]"), "200")]
)
async def test_a_wikidata_that_stays_away_is_one_line(answer, reason):
    engine = Engine(*[answer] * TRIES)
    with pytest.raises(WrongUse, match=reason) as caught:
        await translator(engine).translations(arguments())
    assert "\n" not in str(caught.value)
    assert len(engine.requests) == TRIES


async def test_words_are_remembered_until_refreshed():
    memory = Memory()
    before = await translator(Engine(FOUND, NAMED), memory).translations(arguments())
    assert await translator(Engine(), memory).translations(arguments()) == before
    engine = Engine(NAMED)
    await translator(engine, memory).translations(arguments(entity="Q146"))
    assert len(engine.requests) == 1
    engine = Engine(FOUND, NAMED)
    await translator(engine, memory).translations(arguments(refresh="1"))
    assert len(engine.requests) == 2
