"""A word in other languages, by the labels and aliases of what it names in Wikidata."""

import json
import re
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pydantic import TypeAdapter

#: The ten languages with the most users of the Internet (Internet World Stats, March 2020), the largest first.
LARGEST = ("en", "zh", "es", "ar", "pt", "id", "fr", "ja", "ru", "de")

#: Words asked for in each language: the label and its first aliases. Each costs at least one call of Flickr.
MOST_WORDS = 3

#: Wikidata's code for a name that is the same in all languages, given where a language has none of its own.
EVERYWHERE = "mul"

#: What a word is looked for in first; then in the languages that were asked for.
FIRST_LANGUAGE = "en"

_EXCLUDED = re.compile(r'(?<!\S)-(?:"[^"]*"?|\S+)')

Said = dict[str, Any]
#: Puts one question to the MediaWiki API and returns the answer, or raises WikidataError.
Ask = Callable[[dict[str, str]], Awaitable[Said]]


class WikidataError(Exception):
    """No words in other languages can be had; one line that names the remedy."""


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that Wikidata knows; `language` is the one in which it was found."""

    id: str
    label: str
    description: str
    language: str


@dataclass(frozen=True, slots=True)
class Word:
    """What Flickr is to be asked, and the languages in which it means what was searched for."""

    text: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Translation:
    """A term in other languages: the term itself comes first, and no word twice."""

    term: str
    entity: Entity
    #: Other things of the same name.
    others: tuple[Entity, ...]
    words: tuple[Word, ...]
    #: Languages in which Wikidata has no word.
    without: tuple[str, ...]

    def as_text(self) -> str:
        """Return the translation as from_text() reads it."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> "Translation":
        """Return the translation of an earlier as_text(); raises ValueError where that is of another form."""
        return TypeAdapter(cls).validate_json(text)


async def translate(term: str, languages: Sequence[str], ask: Ask, entity: str | None = None) -> Translation:
    """Find a term's words in other languages, through the entity given, or else through the best of its name.

    Words that the term excludes (`-zoo`) are excluded in every language. It costs two calls, and some more for a term
    that is not English.

    Raises:
        WikidataError: if there is no such entity, or no word in any of the languages.

    """
    excluded = " ".join(_EXCLUDED.findall(term))
    bare = " ".join(_EXCLUDED.sub(" ", term).replace('"', " ").split())
    found = [] if entity else await _find(bare, languages, ask)
    wanted = entity or found[0].id
    known = tuple(dict.fromkeys([found[0].language if found else FIRST_LANGUAGE, *languages]))
    item = entity_of(await ask(labels_query(wanted, known)), wanted)
    names = {language: names_in(item, language) for language in known}
    without = tuple(language for language in languages if not names[language])
    if len(without) == len(languages):
        raise WikidataError(
            f"{wanted} has no name in {', '.join(languages)}: give the words yourself, as in "
            f'-a term="{term}|another word", or another entity'
        )
    chosen = found[0] if found else Entity(wanted, next(filter(None, names.values()))[0], "", FIRST_LANGUAGE)
    merged = _merged(bare, chosen.language, names, languages)
    words = tuple(Word(f"{text} {excluded}".strip(), spoken) for text, spoken in merged)
    # The term as it was written, quotes and all.
    words = (Word(term, words[0].languages), *words[1:])
    return Translation(term, chosen, tuple(found[1:]), words, without)


def all_words(translations: Iterable[Translation]) -> list[Word]:
    """Return the words of several terms, each once with all of its languages."""
    words: dict[str, Word] = {}
    for word in (word for translation in translations for word in translation.words):
        before = words.get(word.text.casefold(), Word(word.text, ()))
        languages = dict.fromkeys([*before.languages, *word.languages])
        words[word.text.casefold()] = Word(before.text, tuple(languages))
    return list(words.values())


async def _find(bare: str, languages: Sequence[str], ask: Ask) -> list[Entity]:
    """Return the entities of a name, the best first, in the first language that knows it."""
    near: list[Entity] = []
    for language in dict.fromkeys([FIRST_LANGUAGE, *languages]):
        hits = list(entities_found(await ask(search_query(bare, language)), language))
        exact = [entity for entity, name in hits if name.casefold() == bare.casefold()]
        if exact:
            return exact
        near += [entity for entity, _ in hits]
    remedy = f"choose -a entity={near[0].id} ({near[0].label})" if near else "choose one with -a entity=Q…"
    raise WikidataError(
        f"Wikidata knows nothing by the name {bare!r}: {remedy}, or leave languages out and give the words, as in "
        '-a term="cat|gato"'
    )


def search_query(name: str, language: str) -> dict[str, str]:
    """Return the question for entities by the beginning of their name."""
    return {"action": "wbsearchentities", "search": name, "language": language, "type": "item", "format": "json"}


def labels_query(entity: str, languages: Sequence[str]) -> dict[str, str]:
    """Return the question for the names of an entity."""
    return {
        "action": "wbgetentities",
        "ids": entity,
        "props": "labels|aliases",
        "languages": "|".join([*languages, EVERYWHERE]),
        "format": "json",
    }


def entities_found(said: Said, language: str) -> Iterator[tuple[Entity, str]]:
    """Yield entities, and the name by which each was found, in Wikidata's order; pages that list meanings are not."""
    _check(said)
    for hit in said.get("search", []):
        match, description = hit.get("match", {}), str(hit.get("description", ""))
        name = str(match.get("text", hit.get("label", "")))
        if "disambiguation page" not in description:
            spoken = str(match.get("language", EVERYWHERE))
            own = language if spoken == EVERYWHERE else spoken
            yield Entity(hit["id"], str(hit.get("label", name)), description, own), name


def entity_of(said: Said, entity: str) -> Said:
    """Return what is said of an entity, which may have moved to another number.

    Raises:
        WikidataError: if there is no such entity.

    """
    _check(said)
    item = next(iter(said.get("entities", {}).values()), {"missing": ""})
    if "missing" in item:
        raise WikidataError(f"Wikidata has no {entity}: look the number up at https://www.wikidata.org")
    return dict(item)


def names_in(item: Said, language: str) -> list[str]:
    """Return an entity's label and aliases in a language, in that order; a universal name where it has none."""
    # An item without any comes with an empty list, not with an empty mapping.
    labels, aliases = item.get("labels") or {}, item.get("aliases") or {}
    for code in (language, EVERYWHERE):
        names = [*([labels[code]] if code in labels else []), *aliases.get(code, [])]
        if names:
            return [str(name["value"]) for name in names]
    return []


def _merged(
    term: str, own: str, names: Mapping[str, list[str]], languages: Sequence[str]
) -> list[tuple[str, tuple[str, ...]]]:
    """Return the term and the best words of each language, each once, with all languages that know it."""
    spoken = {language: {name.casefold() for name in found} for language, found in names.items()}
    texts = {term.casefold(): term}
    for language in languages:
        known = language == own or term.casefold() in spoken[language]
        beside = [*([term] if known else []), *names[language]]
        best = [name for name in names[language] if not _narrower(name, beside)]
        for name in best[:MOST_WORDS]:
            texts.setdefault(name.casefold(), name)
    return [
        (text, tuple(language for language in names if folded in spoken[language]) or (own,))
        for folded, text in texts.items()
    ]


def _narrower(name: str, others: Sequence[str]) -> bool:
    """Whether a search for a name can find only what another name finds: Flickr wants all of the words."""
    words = set(name.casefold().split())
    return any(set(other.casefold().split()) < words for other in others)


def _check(said: Said) -> None:
    """Raise WikidataError for an answer that is an error."""
    if "error" in said:
        raise WikidataError(f"Wikidata: {said['error'].get('info', said['error'])}")
