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
# Other names of some things; of the others Wikidata knows none here.
_ALIASES: dict[str, dict[str, tuple[str, ...]]] = {
    "cat": {"en": ("house cat", "feline", "Felis catus"), "es": ("minino", "gato doméstico"), "fr": ("matou",)},
    "monkey": {"en": ("monkeys", "simian"), "es": ("chango",), "ja": ("サル",), "zh": ("猴子",), "ar": ("سعدان",)},
}
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
_TOPICS = {f"Q{_NUMBERS.get(topic, 900_000_001 + place)}": topic for place, topic in enumerate(_LABELS)}


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
        _hit(entity, _LABELS[topic][language], language, name)
        for entity, topic in _TOPICS.items()
        if (name := next((name for name in _names(topic, language) if name.casefold().startswith(wanted)), None))
    ]
    found.sort(key=lambda hit: len(hit["label"]))
    shown = found[: int(limit) if limit.isdigit() else 7]
    return {"searchinfo": {"search": arguments["search"]}, "search": shown, "success": 1}


def _names(topic: str, language: str) -> list[str]:
    """Return a thing's label and aliases in a language, none for an unknown one."""
    label = _LABELS[topic].get(language)
    return [*([label] if label else []), *_ALIASES.get(topic, {}).get(language, ())]


def _hit(entity: str, label: str, language: str, name: str) -> Json:
    return {
        "id": entity,
        "title": entity,
        "concepturi": f"http://www.wikidata.org/entity/{entity}",
        "repository": "wikidata",
        "url": f"//www.wikidata.org/wiki/{entity}",
        "display": {"label": {"value": label, "language": language}},
        "label": label,
        "match": {"type": "label" if name == label else "alias", "language": language, "text": name},
    }


def _entities(arguments: dict[str, str]) -> Json:
    ids = [part for part in arguments.get("ids", "").split("|") if part]
    if not ids:
        return _error("param-missing", 'Either provide the item "ids" or pairs of "sites" and "titles".')
    languages = arguments.get("languages", "|".join(LANGUAGES)).split("|")
    props = arguments.get("props", "labels|aliases").split("|")
    entities: Json = {}
    for entity in ids:
        if entity not in _TOPICS:
            entities[entity] = {"id": entity, "missing": ""}
            continue
        entities[entity] = {"type": "item", "id": entity}
        topic = _TOPICS[entity]
        if "labels" in props:
            entities[entity]["labels"] = {
                language: {"language": language, "value": label}
                for language, label in _LABELS[topic].items()
                if language in languages
            }
        if "aliases" in props:
            entities[entity]["aliases"] = {
                language: [{"language": language, "value": alias} for alias in aliases]
                for language, aliases in _ALIASES.get(topic, {}).items()
                if language in languages
            }
    return {"entities": entities, "success": 1}


def _error(code: str, info: str) -> Json:
    return {"error": {"code": code, "info": info}}
