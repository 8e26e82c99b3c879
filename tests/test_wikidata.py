"""What is made of Wikidata's answers; the answers have the form of the live service."""

import pytest

from imagescraper.wikidata import (
    LARGEST,
    Entity,
    Translation,
    WikidataError,
    Word,
    all_words,
    labels_query,
    search_query,
    translate,
)


class Wiki:
    """A Wikidata of a few items: id → language → label and aliases."""

    def __init__(self, items, descriptions=()):
        self.items = items
        self.descriptions = dict(descriptions)
        self.asked = []

    async def __call__(self, query):
        self.asked.append(query)
        if query["action"] == "wbsearchentities":
            return {"search": list(self.hits(query["search"].casefold(), query["language"])), "success": 1}
        item = self.items.get(query["ids"])
        if item is None:
            return {"entities": {query["ids"]: {"id": query["ids"], "missing": ""}}, "success": 1}
        named = {code: names for code, names in item.items() if code in query["languages"].split("|")}
        said = {
            "type": "item",
            "id": query["ids"],
            "labels": {code: {"language": code, "value": names[0]} for code, names in named.items()},
            "aliases": {
                code: [{"language": code, "value": name} for name in names[1:]]
                for code, names in named.items()
                if names[1:]
            },
        }
        return {"entities": {query["ids"]: said}, "success": 1}

    def hits(self, beginning, language):
        for id_, item in self.items.items():
            name = next((name for name in item.get(language, []) if name.casefold().startswith(beginning)), None)
            if name:
                yield {
                    "id": id_,
                    "label": item[language][0],
                    "description": self.descriptions.get(id_, ""),
                    "match": {"type": "label", "language": language, "text": name},
                }


CAT = {
    "en": ["house cat", "cat", "domestic cat", "kitty", "mouser", "moggy"],
    "es": ["gato", "gato doméstico", "Gato", "minino"],
    "pt": ["gato"],
    "ja": ["イエネコ", "猫", "ネコ", "家猫"],
    "ar": ["قط", "قطة"],
}
MONK = {"en": ["monkey"], "es": ["mono"]}


def test_the_questions_are_those_of_the_mediawiki_api():
    assert search_query("monkey", "en") == {
        "action": "wbsearchentities",
        "search": "monkey",
        "language": "en",
        "type": "item",
        "format": "json",
    }
    assert labels_query("Q1367", ["es", "fr"]) == {
        "action": "wbgetentities",
        "ids": "Q1367",
        "props": "labels|aliases",
        "languages": "es|fr|mul",
        "format": "json",
    }


async def test_the_term_comes_first_and_no_word_twice():
    found = await translate("cat", ["es", "pt", "ja", "ar"], Wiki({"Q146": CAT}))
    assert found.entity.id == "Q146"
    assert found.words == (
        Word("cat", ("en",)),
        Word("gato", ("es", "pt")),
        Word("minino", ("es",)),
        Word("イエネコ", ("ja",)),
        Word("猫", ("ja",)),
        Word("ネコ", ("ja",)),
        Word("قط", ("ar",)),
        Word("قطة", ("ar",)),
    )
    assert found.without == ()


async def test_a_narrower_name_finds_nothing_more():
    """Flickr wants all words of a term, so "house cat" finds only what "cat" finds."""
    found = await translate("cat", ["en"], Wiki({"Q146": CAT}))
    assert [word.text for word in found.words] == ["cat", "kitty", "mouser"]


async def test_it_costs_two_calls():
    wiki = Wiki({"Q146": CAT})
    await translate("cat", ["es", "pt", "ja", "ar"], wiki)
    assert [query["action"] for query in wiki.asked] == ["wbsearchentities", "wbgetentities"]
    assert wiki.asked[1]["languages"] == "en|es|pt|ja|ar|mul"


async def test_a_term_may_be_of_another_language():
    found = await translate("قطة", ["en", "ar"], Wiki({"Q146": CAT}))
    assert found.entity.language == "ar"
    assert found.words[0] == Word("قطة", ("ar",))
    assert Word("house cat", ("en",)) not in found.words
    assert Word("cat", ("en",)) in found.words


async def test_the_meaning_can_be_chosen():
    items = {"Q9": {"en": ["cat"], "es": ["cat (orden)"]}, "Q146": CAT}
    wiki = Wiki(items, {"Q9": "Unix command"})
    first = await translate("cat", ["es"], wiki)
    assert first.entity == Entity("Q9", "cat", "Unix command", "en")
    assert [other.id for other in first.others] == ["Q146"]
    chosen = await translate("cat", ["es"], wiki, "Q146")
    assert (chosen.entity.id, chosen.words[1].text) == ("Q146", "gato")
    assert wiki.asked[-1]["action"] == "wbgetentities"


async def test_a_page_that_lists_meanings_is_none():
    wiki = Wiki({"Q1": {"en": ["cat"]}, "Q146": CAT}, {"Q1": "Wikimedia disambiguation page"})
    assert (await translate("cat", ["es"], wiki)).entity.id == "Q146"


async def test_excluded_words_are_excluded_in_every_language():
    found = await translate('"monkey" -zoo -"animal park"', ["es"], Wiki({"Q1367": MONK}))
    assert [word.text for word in found.words] == ['"monkey" -zoo -"animal park"', 'mono -zoo -"animal park"']


async def test_a_universal_name_serves_a_language_without_one():
    wiki = Wiki({"Q5": {"en": ["Felis catus"], "mul": ["Felis catus"]}})
    found = await translate("felis catus", ["de"], wiki)
    assert found.words == (Word("felis catus", ("en", "de")),)


async def test_a_language_without_a_word_is_named():
    assert (await translate("monkey", ["es", "xx"], Wiki({"Q1367": MONK}))).without == ("xx",)


@pytest.mark.parametrize(
    ("term", "entity", "words"),
    [
        ("monk", None, ["nothing by the name 'monk'", "-a entity=Q1367 (monkey)"]),
        ("zzz", None, ["nothing by the name 'zzz'", "-a entity=Q"]),
        ("monkey", "Q2", ["has no Q2", "wikidata.org"]),
        ("monkey", "Q1367", ["no name in fr", "another word"]),
    ],
)
async def test_without_words_there_is_one_line_with_a_remedy(term, entity, words):
    with pytest.raises(WikidataError) as caught:
        await translate(term, ["fr"], Wiki({"Q1367": MONK}), entity)
    line = str(caught.value)
    assert "\n" not in line
    assert all(word in line for word in words)


async def test_wikidatas_own_error_is_passed_on():
    async def ask(query):
        return {"error": {"code": "badvalue", "info": "Unrecognized value for parameter language."}}

    with pytest.raises(WikidataError, match="Unrecognized value"):
        await translate("cat", ["es"], ask)


async def test_an_item_that_moved_is_followed():
    async def ask(query):
        labels = {"es": {"language": "es", "value": "gato"}}
        return {"entities": {"Q9": {"id": "Q9", "labels": labels, "aliases": []}}}

    found = await translate("cat", ["es"], ask, "Q8")
    assert [word.text for word in found.words] == ["cat", "gato"]


async def test_a_translation_survives_being_written():
    found = await translate("cat", ["es", "xx", "ar"], Wiki({"Q146": CAT}))
    assert Translation.from_text(found.as_text()) == found
    with pytest.raises(ValueError, match="term"):
        Translation.from_text("{}")


async def test_words_of_several_terms_are_asked_once():
    wiki = Wiki({"Q146": CAT, "Q1": {"en": ["tomcat"], "fr": ["matou"], "es": ["gato"]}})
    both = [await translate("cat", ["es"], wiki), await translate("tomcat", ["es"], wiki)]
    assert [word.text for word in all_words(both)] == ["cat", "gato", "minino", "tomcat"]


def test_there_are_ten_largest_languages():
    assert len(set(LARGEST)) == 10
