import json
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from sandbox.collection import Gone
from sandbox.licenses import LICENSES

from .conftest import BASE, make_world

EXTRAS = (
    "description,license,date_upload,date_taken,owner_name,icon_server,original_format,last_update,geo,tags,"
    "machine_tags,o_dims,views,media,path_alias,realname,safety_level,count_comments,count_faves,url_sq,url_q,url_t,"
    "url_s,url_n,url_w,url_m,url_z,url_c,url_l,url_h,url_k,url_o"
)


def raw(world, **arguments):
    return world.rest.answer({"method": "flickr.photos.search", "api_key": "k", "text": "cat"} | arguments, BASE)


def first_photo(world, wanted):
    photos = world.collection.photos(np.arange(len(world.collection)))
    return next(photo for photo in photos if wanted(photo))


def test_json_is_plain_or_in_a_callback(world):
    plain, kind = raw(world, format="json", nojsoncallback="1")
    assert kind == "application/json"
    assert plain.isascii()
    wrapped, kind = raw(world, format="json")
    assert kind == "text/javascript"
    assert wrapped == b"jsonFlickrApi(" + plain + b")"
    named, _ = raw(world, format="json", jsoncallback="mine")
    assert named.startswith(b"mine({")


def test_slashes_are_escaped_as_flickr_does(world):
    body, _ = raw(world, format="json", nojsoncallback="1", extras="url_m")
    assert rb"http:\/\/flickr.test\/static" in body
    assert json.loads(body)["photos"]["photo"][0]["url_m"].startswith(BASE + "/static/")


@pytest.mark.parametrize("format_", ["", "rest"])
def test_xml_is_what_comes_without_a_format(world, format_):
    body, kind = raw(world, format=format_, extras="description,geo")
    assert kind == "text/xml"
    root = ET.fromstring(body)
    assert root.attrib == {"stat": "ok"}
    page = root.find("photos")
    assert set(page.attrib) == {"page", "pages", "perpage", "total"}
    assert len(page.findall("photo/description")) == 100


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ({"api_key": ""}, 100, "Invalid API Key (Key has invalid format)"),
        ({"api_key": "invalid-key"}, 100, "Invalid API Key (Key has invalid format)"),
        ({"api_key": "invalidated"}, 100, "Invalid API Key (Key has invalid format)"),
        ({"method": "flickr.nothing"}, 112, 'Method "flickr.nothing" not found'),
        ({"method": "flickr.photos.getInfo", "photo_id": "12"}, 1, 'Photo "12" not found (invalid ID)'),
        ({"method": "flickr.photos.getInfo", "photo_id": "x'"}, 1, 'Photo "x\'" not found (invalid ID)'),
        ({"method": "flickr.photos.getExif", "photo_id": "12"}, 1, "Photo not found"),
        ({"method": "flickr.photos.getSizes"}, 1, "Photo not found"),
        ({"method": "flickr.people.getInfo", "user_id": "1@N01"}, 1, "User not found"),
    ],
)
def test_failures_in_both_forms(world, arguments, code, message):
    body, _ = raw(world, format="json", nojsoncallback="1", **arguments)
    assert json.loads(body) == {"stat": "fail", "code": code, "message": message}
    error = ET.fromstring(raw(world, **arguments)[0])
    assert error.attrib == {"stat": "fail"}
    assert error.find("err").attrib == {"code": str(code), "msg": message}


def test_an_unknown_format_fails_in_xml(world):
    body, _ = raw(world, format="yaml")
    assert ET.fromstring(body).find("err").attrib == {"code": "111", "msg": 'Format "yaml" not found'}


def test_numbers_come_in_mixed_types(large_world):
    old = large_world.search(text="cat", max_upload_date="2012-01-01", extras=EXTRAS, per_page=500)
    new = large_world.search(
        bbox="-180,-90,180,90", min_upload_date="2020-01-01", max_upload_date="2021-01-01", extras=EXTRAS
    )
    assert isinstance(old["total"], str)
    assert isinstance(new["total"], int)
    placed = [row for row in old["photo"] if "geo_is_public" in row]
    assert {type(row["latitude"]) for row in placed} == {float}
    assert {type(row["latitude"]) for row in new["photo"]} == {str}
    assert {type(row["height_n"]) for row in old["photo"] if "url_n" in row} == {int, str}
    assert {type(row["height_q"]) for row in new["photo"]} == {int}


def test_a_photo_without_a_place_has_zeros_and_no_geo_flags(world):
    rows = world.search(text="cat", has_geo=0, extras="geo")["photo"]
    for row in rows:
        assert (row["latitude"], row["longitude"], row["accuracy"]) == (0, 0, 0)
        assert not {"place_id", "woeid", "geo_is_public"} & set(row)


def test_originals_are_shared_by_about_half(large_world):
    rows = large_world.search(text="cat", extras="url_o,original_format,o_dims", per_page=500)["photo"]
    shared = [row for row in rows if "url_o" in row]
    assert 0.3 < len(shared) / len(rows) < 0.7
    assert all("originalsecret" in row for row in shared)
    assert all("o_width" in row for row in rows)


def test_sizes_end_with_the_original(world):
    photo = first_photo(world, lambda photo: photo.shares_original and photo.width == 1200)
    answer = world.call("flickr.photos.getSizes", photo_id=photo.id)["sizes"]
    labels = [size["label"] for size in answer["size"]]
    assert labels[-2:] == ["Large 1600", "Original"]
    assert max(int(size["width"]) for size in answer["size"]) == 1200
    kept = first_photo(world, lambda photo: not photo.shares_original)
    answer = world.call("flickr.photos.getSizes", photo_id=kept.id)["sizes"]
    assert answer["candownload"] == 0
    assert "Original" not in [size["label"] for size in answer["size"]]


def test_the_mixed_secrets_of_sizes(world):
    photo = first_photo(world, lambda photo: photo.shares_original and photo.width == 1600)
    sources = {
        size["label"]: size["source"].rpartition("/")[2]
        for size in world.call("flickr.photos.getSizes", photo_id=photo.id)["sizes"]["size"]
    }
    secrets = {label: name.split("_")[1].split(".")[0] for label, name in sources.items()}
    small = {secret for label, secret in secrets.items() if label not in {"Large 1600", "Original"}}
    assert small == {photo.secret}
    assert len({photo.secret, secrets["Large 1600"], secrets["Original"]}) == 3


def test_exif_is_denied_where_the_owner_hides_it(world):
    photo = first_photo(world, lambda photo: not photo.owner.shares_exif)
    answer = world.call("flickr.photos.getExif", photo_id=photo.id)
    assert (answer["code"], answer["message"]) == (2, "Permission denied")


def test_exif_is_the_files_own_in_flickrs_words(world):
    photo = first_photo(world, lambda photo: photo.owner.shares_exif and photo.owner.camera and photo.geo)
    answer = world.call("flickr.photos.getExif", photo_id=photo.id)["photo"]
    found = {(entry["tagspace"], entry["tag"]): entry for entry in answer["exif"]}
    assert answer["camera"].endswith(photo.owner.camera.model)
    assert found["IFD0", "Model"]["raw"]["_content"] == photo.owner.camera.model
    taken = found["ExifIFD", "DateTimeOriginal"]
    assert taken["raw"]["_content"] == photo.taken.replace("-", ":")
    assert taken["label"] == "Date and Time (Original)"
    exposure = found["ExifIFD", "ExposureTime"]
    assert exposure["raw"]["_content"].startswith("1/")
    assert "sec" in exposure["clean"]["_content"]
    assert ("GPS", "GPSLatitude") in found


def test_a_scan_has_an_empty_listing(large_world):
    photo = first_photo(large_world, lambda photo: photo.owner.shares_exif and not photo.owner.camera)
    answer = large_world.call("flickr.photos.getExif", photo_id=photo.id)["photo"]
    assert answer["camera"] == ""
    assert {entry["tagspace"] for entry in answer["exif"]} <= {"JFIF"}


def test_comments_are_as_many_as_were_counted_oldest_first(world):
    photo = first_photo(world, lambda photo: photo.comments > 3)
    answer = world.call("flickr.photos.comments.getList", photo_id=photo.id)["comments"]
    moments = [int(comment["datecreate"]) for comment in answer["comment"]]
    assert len(moments) == photo.comments
    assert moments == sorted(moments)
    later = world.call("flickr.photos.comments.getList", photo_id=photo.id, min_comment_date=moments[1])
    assert len(later["comments"]["comment"]) == photo.comments - 1


def test_without_comments_the_key_is_missing(world):
    photo = first_photo(world, lambda photo: photo.comments == 0)
    answer = world.call("flickr.photos.comments.getList", photo_id=photo.id)
    assert answer["comments"] == {"photo_id": str(photo.id)}


def test_all_licences_are_listed(world):
    listed = world.call("flickr.photos.licenses.getInfo")["licenses"]["license"]
    assert {int(entry["id"]): entry["name"] for entry in listed} == {entry.id: entry.name for entry in LICENSES}
    assert len(listed) == 17


def test_members_are_found_by_every_name(world):
    owner = next(owner for owner in world.collection.owners if owner.path_alias)
    person = world.call("flickr.people.getInfo", user_id=owner.nsid)["person"]
    assert person["path_alias"] == owner.path_alias
    found = world.call("flickr.people.findByUsername", username=owner.username)
    assert found["user"]["nsid"] == owner.nsid
    for name in (owner.path_alias, owner.nsid):
        found = world.call("flickr.urls.lookupUser", url=f"https://www.flickr.com/photos/{name}/")
        assert found["user"]["id"] == owner.nsid
    photos = world.call("flickr.people.getPublicPhotos", user_id=owner.nsid)["photos"]
    assert photos["total"] == person["photos"]["count"]["_content"]


@pytest.mark.parametrize(
    ("gone", "code"), [(Gone.DELETED, 1), (Gone.REPLACED, 1), (Gone.PRIVATE, 2), (Gone.OWNER_DELETED, 5)]
)
def test_gone_photos_say_why(gone, code):
    world = make_world(300, gone=0.3)
    photo = first_photo(world, lambda photo: photo.gone is gone)
    assert world.call("flickr.photos.getInfo", photo_id=photo.id)["code"] == code


def test_the_same_seed_gives_the_same_answers(world):
    again = make_world()
    for arguments in ({"text": "cat", "extras": EXTRAS}, {"method": "flickr.photos.licenses.getInfo"}):
        assert raw(world, **arguments) == raw(again, **arguments)
