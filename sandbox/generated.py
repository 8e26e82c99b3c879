"""Any number of photos, made up from a seed."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from sandbox.captions import (
    DESCRIPTIONS,
    GENERAL_TAGS,
    LANGUAGES,
    MACHINE_TAGS,
    NAMES,
    TITLES,
    TOPIC_TAGS,
    TOPICS,
    capital,
)
from sandbox.collection import FORMATS, ZERO_DATE, Bools, Collection, Columns, Floats, Gone, Ints
from sandbox.licenses import LICENSES
from sandbox.owners import Owner, make_owners
from sandbox.places import PLACES

FIRST_UPLOAD = 1_104_537_600  # 1 January 2005
LAST_UPLOAD = 1_767_225_599  # 31 December 2025
_DAY = 86_400
# Share of each topic, in the order of TOPICS: enough cats for a search, something of everything.
_TOPIC_WEIGHTS = np.array([30, 9, 6, 5, 5, 4, 1, 2, 2, 1, 5, 3, 7, 9, 8, 1, 1, 1], float)
_OFF_TOPIC = 0.1
_GRAPHICS = tuple(TOPICS.index(topic) for topic in ("horse", "page"))  # kept as PNG or GIF by some
_LONG_SIDES = np.array([640, 800, 1024, 1200, 1600])
_SHAPES = np.array([3 / 2, 4 / 3, 1, 16 / 9, 2 / 3, 3 / 4])
_CAMERA_NAMES = tuple(f"{stem}_{number:04}" for stem in ("IMG", "DSC", "P104") for number in range(17, 9999, 83))


@dataclass(frozen=True)
class Texts:
    """The tables of captions and tags, and where a topic's begin in them."""

    captions: list[str]
    tag_sets: list[tuple[str, ...]]
    titles: dict[tuple[int, int], tuple[int, int]]  # (topic, language) → first position, how many
    descriptions: dict[tuple[int, int], tuple[int, int]]
    tags: dict[tuple[int, int], int]  # → first of two: without and with English tags
    places: int  # first of the places' tag sets


def generate(
    count: int, seed: int, *, gone: float = 0.0, fuzzy: bool = False, burst: int = 0
) -> tuple[Collection, Ints]:
    """Make `count` photos and say what each shows, as positions in TOPICS.

    `gone` is the share of photos whose image is no longer there; with `fuzzy` a few have a broken date of upload;
    `burst` photos were uploaded in one second.
    """
    rng = np.random.default_rng(seed)
    owners = make_owners(max(12, count // 25), seed)
    subject = rng.choice(len(TOPICS), count, p=_TOPIC_WEIGHTS / _TOPIC_WEIGHTS.sum())
    columns: dict[str, Any] = {"owner": _share_out(rng, len(owners), count)}
    texts = _texts()
    columns |= _dates(rng, count, fuzzy=fuzzy, burst=burst)
    columns |= _words(rng, texts, owners, columns["owner"], subject)
    columns |= _positions(rng, texts, owners, columns["owner"])
    columns |= _popularity(rng, count)
    columns |= _files(rng, subject)
    columns["gone"] = np.where(rng.random(count) < gone, rng.integers(Gone.DELETED, len(Gone), count), Gone.NO)
    machine_tag_sets = [text for _, text in MACHINE_TAGS]
    collection = Collection(Columns(**columns), owners, PLACES, texts.captions, texts.tag_sets, machine_tag_sets, seed)
    return collection, subject


def _share_out(rng: np.random.Generator, owners: int, count: int) -> Ints:
    """Give a few members many photos and most members few."""
    weights = 1 / np.arange(1, owners + 1) ** 0.7
    return rng.choice(owners, count, p=weights / weights.sum())


def _texts() -> Texts:
    texts = Texts(["", *_CAMERA_NAMES], [()], {}, {}, {}, 1)
    for topic, name_of in enumerate(TOPICS):
        for number, language in enumerate(LANGUAGES):
            name = NAMES[name_of][language]
            for templates, positions in ((TITLES, texts.titles), (DESCRIPTIONS, texts.descriptions)):
                positions[topic, number] = (len(texts.captions), len(templates[language]))
                texts.captions.extend(capital(template.format(name)) for template in templates[language])
            own = (name, *GENERAL_TAGS[language])
            english = (NAMES[name_of]["en"], *TOPIC_TAGS[name_of])
            texts.tags[topic, number] = len(texts.tag_sets)
            texts.tag_sets.extend((own, tuple(dict.fromkeys((*own, *english)))))
    places = len(texts.tag_sets)
    texts.tag_sets.extend((place.city, place.region, place.country) for place in PLACES)
    return Texts(texts.captions, texts.tag_sets, texts.titles, texts.descriptions, texts.tags, places)


def _dates(rng: np.random.Generator, count: int, *, fuzzy: bool, burst: int) -> dict[str, Ints | Bools]:
    span = LAST_UPLOAD - FIRST_UPLOAD
    uploaded = np.sort(FIRST_UPLOAD + (rng.beta(2.2, 1.6, count) * span).astype(np.int64))
    first = (count - burst) // 2
    uploaded[first : first + burst] = uploaded[first]
    # Ids grow with time and pass 2**31 soon; the running number keeps them apart.
    ids = 10_000_000 + ((uploaded - FIRST_UPLOAD) * 80) + np.arange(count) * 7
    updated = np.minimum(uploaded + rng.exponential(200 * _DAY, count).astype(np.int64), LAST_UPLOAD)
    delay = (rng.exponential(20 * _DAY, count) * rng.choice([0.05, 1, 20], count, p=[0.5, 0.4, 0.1])).astype(np.int64)
    taken = np.maximum(uploaded - delay, FIRST_UPLOAD)
    granularity = rng.choice([0, 4, 6, 8], count, p=[0.975, 0.01, 0.01, 0.005])
    taken = np.where(granularity >= 6, taken - taken % (365 * _DAY), taken)
    unknown = rng.random(count) < 0.12
    taken = np.where(unknown, uploaded, taken)
    taken = np.where(rng.random(count) < 0.004, ZERO_DATE, taken)
    if fuzzy:
        uploaded = np.where(rng.random(count) < 0.005, 2005 + np.arange(count) % 20, uploaded)
    return {
        "id": ids,
        "uploaded": uploaded,
        "updated": updated,
        "taken": taken,
        "granularity": granularity,
        "taken_unknown": unknown,
    }


def _words(
    rng: np.random.Generator, texts: Texts, owners: list[Owner], owner: Ints, subject: Ints
) -> dict[str, Ints | Bools]:
    count = len(owner)
    strayed = rng.choice(len(TOPICS), count, p=_TOPIC_WEIGHTS / _TOPIC_WEIGHTS.sum())
    topic = np.where(rng.random(count) < _OFF_TOPIC, strayed, subject)
    language = np.array([LANGUAGES.index(member.language) for member in owners])[owner]

    def one_of(positions: dict[tuple[int, int], tuple[int, int]]) -> Ints:
        table = np.array([[positions[at, number] for number in range(len(LANGUAGES))] for at in range(len(TOPICS))])
        first, many = table[topic, language].T
        position: Ints = first + rng.integers(0, many)
        return position

    title = one_of(texts.titles)
    named_by_camera = rng.random(count) < 0.08
    title = np.where(named_by_camera, 1 + rng.integers(0, len(_CAMERA_NAMES), count), title)
    title = np.where(rng.random(count) < 0.02, 0, title)
    tags = np.array([[texts.tags[at, number] for number in range(len(LANGUAGES))] for at in range(len(TOPICS))])
    machine = np.where(rng.random(count) < 0.15, rng.integers(1, len(MACHINE_TAGS), count), 0)
    for position, (wanted, _) in enumerate(MACHINE_TAGS):
        if wanted:
            machine[(machine == position) & (topic != TOPICS.index(wanted))] = 0
    return {
        "title": title,
        "titled_by_place": (rng.random(count) < 0.5) & ~named_by_camera,
        "description": one_of(texts.descriptions),
        "tags": tags[topic, language] + (rng.random(count) < 0.9),
        "machine_tags": machine,
    }


def _positions(
    rng: np.random.Generator, texts: Texts, owners: list[Owner], owner: Ints
) -> dict[str, Ints | Bools | Floats]:
    count = len(owner)
    home = np.array([PLACES.index(member.home) for member in owners])[owner]
    place = np.where(rng.random(count) < 0.6, home, rng.integers(0, len(PLACES), count))
    geo = rng.random(count) < 0.5
    place = np.where(geo | (rng.random(count) < 0.4), place, -1)
    centre = np.array([(town.latitude, town.longitude) for town in PLACES])[place]
    spread = centre + rng.normal(0, 0.006, (count, 2)).clip(-0.015, 0.015)  # about 1.5 km at most: still in town
    accuracy = rng.choice([16, 15, 14, 12, 11, 0], count, p=[0.7, 0.1, 0.08, 0.06, 0.05, 0.01])
    return {
        "place": place,
        "place_tags": np.where(place >= 0, texts.places + place, 0),
        "geo": geo,
        "latitude": np.where(place >= 0, spread[:, 0].round(6), 0.0),
        "longitude": np.where(place >= 0, spread[:, 1].round(6), 0.0),
        "accuracy": np.where(geo, accuracy, 0),
        "context": np.where(geo, rng.choice([0, 1, 2], count, p=[0.9, 0.02, 0.08]), 0),
    }


def _popularity(rng: np.random.Generator, count: int) -> dict[str, Ints]:
    views = (rng.pareto(1.1, count) * 40).clip(0, 2_000_000).astype(np.int64)
    comments = (rng.pareto(1.5, count) * 2 + 1).clip(1, 60).astype(np.int64)
    return {
        "license": rng.choice(len(LICENSES), count, p=np.array([40, *[4] * (len(LICENSES) - 1)]) / 104),
        "views": views,
        "faves": (views * rng.random(count) * 0.04).astype(np.int64),
        "comments": np.where(rng.random(count) < 0.6, 0, comments),
    }


def _files(rng: np.random.Generator, subject: Ints) -> dict[str, Ints | Bools]:
    count = len(subject)
    graphic = np.isin(subject, _GRAPHICS)
    kind = np.where(graphic, rng.choice(len(FORMATS), count, p=[0.5, 0.35, 0.15]), 0)
    long_side = np.where(kind > 0, 640, rng.choice(_LONG_SIDES, count, p=[0.15, 0.2, 0.35, 0.15, 0.15]))
    shape = rng.choice(_SHAPES, count, p=[0.45, 0.25, 0.08, 0.07, 0.1, 0.05])
    rotation = np.where(kind == 0, rng.choice([0, 90, 180, 270], count, p=[0.9, 0.06, 0.01, 0.03]), 0)
    video = rng.random(count) < 0.01
    return {
        "width": np.where(shape >= 1, long_side, (long_side * shape).round()).astype(np.int64),
        "height": np.where(shape >= 1, (long_side / shape).round(), long_side).astype(np.int64),
        "format": np.where(video, 0, kind),
        "rotation": np.where(video, 0, rotation),
        "video": video,
        "content_type": np.where(graphic & (rng.random(count) < 0.3), rng.integers(1, 4, count), 0),
    }
