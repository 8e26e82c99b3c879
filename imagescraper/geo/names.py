"""Countries by what people call them: English and other languages' names, ISO 3166-1 codes, common aliases."""

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

from babel import localedata
from babel.core import get_global

from imagescraper.geo.countries import Countries

#: What neither CLDR nor country-coder has: long forms, ISO's own forms, letters, former names.
ALIASES = {
    "america": "US",
    "bolivarian republic of venezuela": "VE",
    "britain": "GB",
    "car": "CF",
    "democratic peoples republic of korea": "KP",
    "democratic republic of the congo": "CD",
    "dprk": "KP",
    "dr congo": "CD",
    "drc": "CD",
    "elfenbeinküste": "CI",
    "federal republic of germany": "DE",
    "great britain": "GB",
    "islamic republic of iran": "IR",
    "kingdom of the netherlands": "NL",
    "lao pdr": "LA",
    "macedonia": "MK",
    "palestine": "PS",
    "peoples republic of china": "CN",
    "plurinational state of bolivia": "BO",
    "prc": "CN",
    "republic of china": "TW",
    "republic of ireland": "IE",
    "republic of korea": "KR",
    "republic of moldova": "MD",
    "republic of the congo": "CG",
    "russian federation": "RU",
    "state of palestine": "PS",
    "syrian arab republic": "SY",
    "uae": "AE",
    "united republic of tanzania": "TZ",
    "united states of america": "US",
    "viet nam": "VN",
    "xkx": "XK",
    "zaire": "CD",
}

SUGGESTIONS = 3
#: Languages and their scripts; regions of a language differ from it in few names, and reading them all takes seconds.
_LANGUAGE = re.compile(r"[a-z]+(_[A-Z][a-z]{3})?")

Codes = dict[str, set[str]]
Known = dict[str, str]


def find(text: str, countries: Countries) -> str:
    """Return the ISO 3166-1 alpha-2 code of a country by its code or its name in any of CLDR's languages.

    Codes come before names, and English before other languages. Raises ValueError, whose one line names what was
    perhaps meant.
    """
    known = {code: name for code, name in zip(countries.codes, countries.names, strict=True) if code and name}
    wanted = key(text)
    names: Codes = {}
    for source in (_by_code, _in_english, _by_language):
        names = source(known)
        found = names.get(wanted, set())
        if len(found) == 1:
            return next(iter(found))
        if found:
            raise ValueError(f"{text!r} may be {_listed(sorted(found), known)}: write the code")
    near = difflib.get_close_matches(wanted, names, n=SUGGESTIONS * 4)
    codes = list(dict.fromkeys(code for name in near for code in sorted(names[name])))[:SUGGESTIONS]
    guess = f"did you mean {_listed(codes, known)}?" if codes else "write its English name or its ISO 3166-1 code"
    raise ValueError(f"no country is called {text!r}: {guess}")


def key(name: str) -> str:
    """Return a name as it is compared: without case, Latin accents, signs, and the article in front."""
    apart = unicodedata.normalize("NFKD", name.casefold()).replace("&", " and ")
    letters = "".join(sign for sign in apart if not "\u0300" <= sign <= "\u036f")
    plain = "".join(" " if sign == "-" else sign for sign in letters if sign == "-" or _counts(sign))
    return " ".join(plain.split()).removeprefix("the ")


def _counts(sign: str) -> bool:
    return unicodedata.category(sign)[0] not in "PS"


def _by_code(known: Known) -> Codes:
    """Return the codes by themselves, by ISO's three letters and digits, and by withdrawn codes such as UK."""
    aliases = [(alias, codes[0]) for alias, codes in get_global("territory_aliases").items() if len(codes) == 1]
    return _gathered([*zip(known, known, strict=True), *aliases], known)


def _in_english(known: Known) -> Codes:
    """Return the codes by English names."""
    own = [(name, code) for code, name in known.items()]
    return _gathered([*own, *ALIASES.items(), *_names("en")], known)


def _by_language(known: Known) -> Codes:
    """Return the codes by the names of all languages; takes a second."""
    languages = filter(_LANGUAGE.fullmatch, localedata.locale_identifiers())
    names = (pair for language in languages for pair in _names(language))
    return _gathered(names, known) | _in_english(known)


def _names(language: str) -> Iterator[tuple[str, str]]:
    """Yield the names that CLDR has in a language, each with the code."""
    for code, name in localedata.load(language, merge_inherited=False).get("territories", {}).items():
        yield name, code


def _gathered(pairs: Iterable[tuple[str, str]], known: Known) -> Codes:
    """Return the codes by name, of countries that have borders."""
    names: Codes = defaultdict(set)
    for name, code in pairs:
        if code in known:
            names[key(name)].add(code)
    return dict(names)


def _listed(codes: Iterable[str], known: Known) -> str:
    return " or ".join(f"{known[code]} ({code})" for code in codes)
