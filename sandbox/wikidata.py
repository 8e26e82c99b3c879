"""Names of things in ten languages, in the shape of Wikidata's action API."""

from typing import Any

from sandbox.captions import LANGUAGES, NAMES

Json = dict[str, Any]

_MORE = {
    "monkey": "monkey mono singe Affe 猿 猴 قرد обезьяна scimmia macaco",
    "cage": "cage jaula cage Käfig 檻 笼子 قفص клетка gabbia gaiola",
    "dog": "dog perro chien Hund 犬 狗 كلب собака cane cão",
    "bird": "bird pájaro oiseau Vogel 鳥 鸟 طائر птица uccello pássaro",
    "tree": "tree árbol arbre Baum 木 树 شجرة дерево albero árvore",
}
_LABELS = NAMES | {topic: dict(zip(LANGUAGES, names.split(), strict=True)) for topic, names in _MORE.items()}
# Wikidata's numbers of the commonest things; the others have numbers of the sandbox's own, from Q900000001 on.
_NUMBERS = {
    "cat": 146,
    "dog": 144,
    "monkey": 1367,
    "horse": 726,
    "bird": 5113,
    "tree": 10884,
    "flower": 506,
    "coffee": 8486,
    "moon": 405,
    "galaxy": 318,
    "rocket": 41291,
    "astronaut": 11631,
    "temple": 44539,
}
_ENTITIES = {
    f"Q{_NUMBERS.get(topic, 900_000_001 + place)}": labels for place, (topic, labels) in enumerate(_LABELS.items())
}


def answer(arguments: dict[str, str]) -> Json:
    """Answer `wbsearchentities` or `wbgetentities`."""
    action = arguments.get("action", "")
    if action == "wbsearchentities":
        return _search(arguments)
    if action == "wbgetentities":
        return _entities(arguments)
    return _error("badvalue", f'Unrecognized value for parameter "action": {action}.')


def _search(arguments: dict[str, str]) -> Json:
    for needed in ("search", "language"):
        if not arguments.get(needed):
            return _error("missingparam", f'The "{needed}" parameter must be set.')
    wanted, language = arguments["search"].casefold(), arguments["language"]
    limit = arguments.get("limit", "")
    found = [
        _hit(entity, labels[language], language)
        for entity, labels in _ENTITIES.items()
        if labels.get(language, "").casefold().startswith(wanted)
    ]
    found.sort(key=lambda hit: len(hit["label"]))
    shown = found[: int(limit) if limit.isdigit() else 7]
    return {"searchinfo": {"search": arguments["search"]}, "search": shown, "success": 1}


def _hit(entity: str, label: str, language: str) -> Json:
    return {
        "id": entity,
        "title": entity,
        "concepturi": f"http://www.wikidata.org/entity/{entity}",
        "repository": "wikidata",
        "url": f"//www.wikidata.org/wiki/{entity}",
        "display": {"label": {"value": label, "language": language}},
        "label": label,
        "match": {"type": "label", "language": language, "text": label},
    }


def _entities(arguments: dict[str, str]) -> Json:
    ids = [part for part in arguments.get("ids", "").split("|") if part]
    if not ids:
        return _error("param-missing", 'Either provide the item "ids" or pairs of "sites" and "titles".')
    languages = arguments.get("languages", "|".join(LANGUAGES)).split("|")
    entities: Json = {}
    for entity in ids:
        if entity not in _ENTITIES:
            entities[entity] = {"id": entity, "missing": ""}
            continue
        labels = {
            language: {"language": language, "value": label}
            for language, label in _ENTITIES[entity].items()
            if language in languages
        }
        entities[entity] = {"type": "item", "id": entity, "labels": labels}
    return {"entities": entities, "success": 1}


def _error(code: str, info: str) -> Json:
    return {"error": {"code": code, "info": info}}
