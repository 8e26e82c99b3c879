"""The sandbox's answers beside recorded ones of Flickr: the same names, and values of types that were seen."""

import json
from collections import defaultdict
from contextlib import suppress
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from tests.conftest import REAL_DATA

from .conftest import BASE, make_world
from .test_rest import EXTRAS

RECORDINGS = REAL_DATA / "flickr"
pytestmark = pytest.mark.realdata

# Names in recordings that a stranger's call of today does not get: of albums, of the caller's own photos and
# account, of older interfaces, or of sizes above the sandbox's pictures.
NOT_FOR_STRANGERS = {"isprimary", "_file", "permissions", "timezone", "mbox_sha1sum", "upload_count", "upload_limit"}
NOT_FOR_STRANGERS |= {"upload_limit_status", "is_cognito_user", "all_rights_reserved_photos_count"}
# Notes on photos, counties and paying members: the sandbox has none.
NOT_THERE = {"note", "county", "expire", "pro_badge"}
OLDER = {"woeid", "place_id", "views"}
LARGER = {"url_k", "height_k", "width_k"}
METHODS = (
    "flickr.photos.getInfo",
    "flickr.photos.getSizes",
    "flickr.photos.getExif",
    "flickr.photos.comments.getList",
    "flickr.photos.licenses.getInfo",
    "flickr.people.getInfo",
)


@pytest.fixture(scope="module")
def world():
    """Enough photos for every peculiarity to occur."""
    return make_world(3_000)


def shapes(value, path=""):
    """Collect the type of every value by its path; all members of a list share one."""
    if isinstance(value, dict):
        return {pair for name, child in value.items() for pair in shapes(child, f"{path}/{name}")}
    if isinstance(value, list):
        return {pair for child in value for pair in shapes(child, f"{path}[]")} | {(path, "list")}
    return {(path, type(value).__name__)}


def xml_paths(element):
    """Collect the path of every element and attribute."""
    own = {element.tag} | {f"{element.tag}@{name}" for name in element.attrib}
    return own | {f"{element.tag}/{path}" for child in element for path in xml_paths(child)}


def some_photos(world):
    photos = world.collection.photos(np.arange(len(world.collection)))
    videos = [photo for photo in photos if photo.video]
    placed = [photo for photo in photos if photo.geo]
    return [*photos[::60], *videos[:3], *placed[:9]]


def answers(world, method):
    if method == "flickr.photos.licenses.getInfo":
        return [world.call(method)]
    if method == "flickr.people.getInfo":
        return [world.call(method, user_id=owner.nsid) for owner in world.collection.owners]
    found = [world.call(method, photo_id=photo.id) for photo in some_photos(world)]
    return [answer for answer in found if answer["stat"] == "ok"]


def recorded(method, suffix, name=""):
    """Yield the recordings of a method with what they hold, without documentation and garbled answers."""
    read = json.loads if suffix == ".json" else ET.fromstring
    for path in sorted(RECORDINGS.rglob(f"*{suffix}")):
        if method in {path.parent.name, path.stem} and path.parent.name != "api-docs" and name in path.name:
            with suppress(ValueError, ET.ParseError):
                yield path, read(path.read_text("utf-8"))


def test_every_recorded_row_could_be_the_sandboxs(world):
    types = defaultdict(set)
    for page in range(1, 7):
        for row in world.search(min_upload_date=1, extras=EXTRAS + ",count_views", per_page=500, page=page)["photo"]:
            for name, value in row.items():
                types[name].add(type(value))
    rows = [json.loads(line) for line in (RECORDINGS / "recorded_photos.jsonl").read_text("utf-8").splitlines()]
    assert len(rows) > 300
    for row in rows:
        only_strings = isinstance(row["farm"], str)  # a row that was recorded as XML
        for name, value in row.items():
            if name in NOT_FOR_STRANGERS | LARGER:
                continue
            assert name in types, (name, row["_file"])
            if not only_strings:
                assert type(value) in types[name], (name, value, row["_file"])


def test_the_envelope_of_a_recorded_search(world):
    path = RECORDINGS / "janko+flickrie/flickr.photos.search/ApiMethods_photos_searches.0.json"
    theirs = json.loads(path.read_text("utf-8"))
    ours = world.call("flickr.photos.search", text="cat")
    assert set(theirs) == set(ours)
    assert {name: type(value) for name, value in theirs["photos"].items()} == {
        name: type(value) for name, value in ours["photos"].items()
    }


@pytest.mark.parametrize("method", METHODS)
def test_json_answers_have_the_recorded_names_and_types(world, method):
    ours = defaultdict(set)
    for answer in answers(world, method):
        for path, kind in shapes(answer):
            ours[path].add(kind)
    compared = 0
    for file, theirs in recorded(method, ".json"):
        if theirs.get("stat") != "ok":
            continue
        compared += 1
        for path, kind in shapes(theirs):
            names = set(path.replace("[]", "").split("/"))
            if names & NOT_FOR_STRANGERS or names & NOT_THERE or (names & OLDER and path not in ours):
                continue
            assert path in ours, (path, file.name)
            assert kind in ours[path], (path, kind, file.name)
    assert compared


@pytest.mark.parametrize("method", METHODS)
def test_xml_answers_have_the_recorded_elements_and_attributes(world, method):
    ours = set()
    for answer in answers(world, method):
        arguments = {"method": method, "api_key": "k"}
        payload = next(value for name, value in answer.items() if name != "stat")
        key = {"flickr.people.getInfo": "user_id"}.get(method, "photo_id")
        arguments[key] = payload.get("id") or payload.get("photo_id") or ""
        if method == "flickr.photos.getSizes":
            arguments[key] = payload["size"][0]["source"].rpartition("/")[2].split("_")[0]
        body, _ = world.rest.answer(arguments, BASE)
        ours |= xml_paths(ET.fromstring(body))
    compared = 0
    for file, theirs in recorded(method, ".xml"):
        if theirs.get("stat") != "ok":
            continue
        compared += 1
        for path in xml_paths(theirs) - ours:
            names = set(path.replace("@", "/").split("/"))
            allowed = names & (NOT_FOR_STRANGERS | OLDER | NOT_THERE)
            assert allowed, (path, file.name)
    assert compared


@pytest.mark.parametrize("method", ["flickr.photos.getInfo", "flickr.photos.getExif", "flickr.photos.getSizes"])
def test_failures_are_worded_as_recorded(world, method):
    recordings = [theirs for name in ("NonExist", "non_exist") for _, theirs in recorded(method, ".xml", name)]
    assert recordings
    for theirs in recordings:
        body, _ = world.rest.answer({"method": method, "api_key": "k", "photo_id": "1"}, BASE)
        ours = ET.fromstring(body)
        assert ours.find("err").get("code") == theirs.find("err").get("code")
        assert ours.find("err").get("msg").replace('"1" ', "") == " ".join(
            word for word in theirs.find("err").get("msg").split() if not word.strip('"').isdigit()
        )
