"""The sandbox's members."""

import random
from dataclasses import dataclass
from typing import NamedTuple

from sandbox.captions import LANGUAGES
from sandbox.places import PLACES, Place


class Camera(NamedTuple):
    """A camera with the lens it wears."""

    make: str
    model: str
    lens: str
    software: str


CAMERAS = (
    Camera("Canon", "Canon EOS 80D", "EF-S18-135mm f/3.5-5.6 IS USM", "Firmware Version 1.0.2"),
    Camera("NIKON CORPORATION", "NIKON D750", "AF-S NIKKOR 50mm f/1.8G", "Ver.1.10"),
    Camera("FUJIFILM", "X-T3", "XF35mmF2 R WR", "Digital Camera X-T3 Ver3.20"),
    Camera("SONY", "ILCE-7M3", "FE 24-105mm F4 G OSS", "ILCE-7M3 v3.10"),
    Camera("Panasonic", "DMC-GX85", "LUMIX G VARIO 12-32/F3.5-5.6", "Ver.1.0"),
    Camera("Apple", "iPhone 12", "iPhone 12 back dual wide camera 4.2mm f/1.6", "15.6.1"),
    Camera("samsung", "SM-G973F", "", "G973FXXU3BSKO"),
)
_GIVEN = {
    "en": ("Alice", "Robin", "Grace", "Tom"),
    "es": ("Lucía", "Diego", "Marisol"),
    "fr": ("Chloé", "Étienne", "Anaïs"),
    "de": ("Jürgen", "Käthe", "Lena"),
    "ja": ("さくら", "健太", "Yuki"),
    "zh": ("小明", "丽华", "Wei"),
    "ar": ("ليلى", "يوسف", "Nour"),
    "ru": ("Ольга", "Дмитрий", "Masha"),
    "it": ("Giulia", "Niccolò", "Marta"),
    "pt": ("João", "Inês", "Tainá"),
}
_FAMILY = {
    "en": ("Hill", "Okafor", "Reyes", "O'Neil"),
    "es": ("Núñez", "Quispe", "García"),
    "fr": ("Lefèvre", "Tremblay", "Roux"),
    "de": ("Groß", "Bäcker", "Krüger"),
    "ja": ("山本", "佐藤", "Tanaka"),
    "zh": ("王", "陈", "Lin"),
    "ar": ("حداد", "منصور", "Saleh"),
    "ru": ("Иванова", "Петров", "Orlova"),
    "it": ("D'Angelo", "Rossi", "Brambilla"),
    "pt": ("Conceição", "Araújo", "Melo"),
}
# Half of the members write in English, as about half of what a search finds on Flickr is English.
_LANGUAGE_WEIGHTS = (0.46, *(0.06,) * 9)


@dataclass(frozen=True, slots=True)
class Owner:
    """One member: how they are called, what they write and what they let others see."""

    nsid: str
    username: str
    realname: str
    path_alias: str | None
    language: str
    home: Place
    icon_server: int
    camera: Camera | None
    serial: str | None
    signs_files: bool
    shares_original: bool
    shares_exif: bool

    @property
    def path(self) -> str:
        """How the member's pages are addressed: by alias, or by NSID where there is none."""
        return self.path_alias or self.nsid

    @property
    def number(self) -> int:
        """The member's account number, as it stands in tag and comment ids."""
        return int(self.nsid.partition("@")[0]) - 13507


def make_owners(count: int, seed: int, *, open_handed: bool = False) -> list[Owner]:
    """Make `count` members; `open_handed` ones all share originals and EXIF."""
    rng = random.Random(f"{seed}:owners")
    return [_make_owner(rng, position, open_handed=open_handed) for position in range(count)]


def _make_owner(rng: random.Random, position: int, *, open_handed: bool) -> Owner:
    language = rng.choices(LANGUAGES, _LANGUAGE_WEIGHTS)[0]
    realname = f"{rng.choice(_GIVEN[language])} {rng.choice(_FAMILY[language])}"
    camera = rng.choice(CAMERAS) if rng.random() < 0.93 else None  # the rest upload scans
    called = realname.split(maxsplit=1)[0].casefold() if rng.random() < 0.6 else realname
    number = 12_345_678 + 4_099 * position + rng.randrange(4_000)
    return Owner(
        nsid=f"{number}@N0{rng.randrange(9)}",
        username=f"{called} {position}",
        realname=realname if rng.random() < 0.7 else "",
        path_alias=f"member-{number - 12_345_678}" if rng.random() < 0.6 else None,
        language=language,
        home=rng.choice([place for place in PLACES if place.language == language]),
        icon_server=rng.choice((65535, rng.randrange(1000, 8999), 0)),
        camera=camera,
        serial=f"{rng.randrange(10**11, 10**12)}" if camera and rng.random() < 0.3 else None,
        signs_files=rng.random() < 0.4,
        shares_original=open_handed or rng.random() < 0.5,
        shares_exif=open_handed or rng.random() < 0.85,
    )
