import json

import pytest

from imagescraper.flickr import api
from imagescraper.flickr.photos import to_photo
from tests.conftest import REAL_DATA


def test_the_key_is_in_the_form():
    form = api.call("flickr.photos.search", "secret", {"text": "monkey"})
    assert form["api_key"] == "secret"
    assert form["format"] == "json"
    assert form["text"] == "monkey"


@pytest.mark.parametrize(
    "body",
    [
        b'{"photos": {"page": 1}, "stat": "ok"}',
        b'jsonFlickrApi({"photos": {"page": 1}, "stat": "ok"})',
        b'jsonFlickrApi({"photos": {"page": 1}, "stat": "ok"});\n',
    ],
)
def test_json_with_and_without_its_callback(body):
    assert api.answer(body)["photos"]["page"] == 1


def test_xml_reads_as_json_does():
    body = b"""<?xml version="1.0" encoding="utf-8" ?><rsp stat="ok"><photos page="2" pages="3" perpage="1" total="3">
      <photo id="7" owner="1@N01" title="A"><description>old &lt;b&gt;wall&lt;/b&gt;</description></photo>
    </photos></rsp>"""
    page = api.search_page(api.answer(body))
    assert page.total == 3
    assert page.rows[0]["description"] == {"_content": "old <b>wall</b>"}


@pytest.mark.parametrize(
    ("body", "code", "remedy"),
    [
        (b'{"stat": "fail", "code": 100, "message": "Invalid API Key"}', 100, api.Remedy.STOP),
        (b'<rsp stat="fail"><err code="112" msg="Method not found"/></rsp>', 112, api.Remedy.STOP),
        (b'{"stat": "fail", "code": 105, "message": "Service unavailable"}', 105, api.Remedy.RETRY),
        (
            b'{"stat": "fail", "code": 42, "message": "Sorry, the Flickr API service is not currently available."}',
            42,
            api.Remedy.RETRY,
        ),
        (b'{"stat": "fail", "code": 20, "message": "Excessive photo offset in search"}', 20, api.Remedy.SKIP),
        (b"<html><body><h1>429 Too Many Requests</h1></body></html>", None, api.Remedy.RETRY),
        (b'{"photos": {"page": 1', None, api.Remedy.RETRY),
        (b"", None, api.Remedy.RETRY),
        (b"[]", None, api.Remedy.RETRY),
        (b"[" * 100_000, None, api.Remedy.RETRY),
        (b'{"stat": "fail", "err": "none", "code": 100}', 100, api.Remedy.STOP),
    ],
)
def test_an_error_says_what_to_do(body, code, remedy):
    with pytest.raises(api.FlickrError) as caught:
        api.answer(body)
    assert (caught.value.code, caught.value.remedy) == (code, remedy)


@pytest.mark.parametrize("listed", [None, 5, {"id": "1"}, "12"])
def test_what_is_no_list_has_no_rows(listed):
    assert api.search_page({"photos": {"photo": listed}}).rows == []


def test_rows_without_a_photos_id_are_left_out():
    ids = ["7", 8, "../9", "１", "", None, -1, 1.5, ["1"]]
    page = api.search_page({"photos": {"photo": [*({"id": id_} for id_ in ids), "10"], "total": 12}})
    assert [to_photo(row).photo_id for row in page.rows] == ["7", "8"]
    assert page.total == 12


def test_an_answer_without_photos_is_no_page():
    with pytest.raises(api.FlickrError):
        api.search_page({"stat": "ok"})


@pytest.mark.parametrize(("given", "number"), [("70", 70), (70, 70), ("", None), (None, None), ("x", None), (7.0, 7)])
def test_numbers_come_in_many_types(given, number):
    assert api.number(given) == number


@pytest.mark.parametrize("value", ["", None, "0", "99999999999999999"])
def test_an_impossible_time_is_none(value):
    assert api.moment(value) is None


def test_a_page_with_texts_for_numbers():
    page = api.search_page(
        {"photos": {"page": 1, "pages": "41", "perpage": 100, "total": "4100", "photo": [{"id": "1"}]}}
    )
    assert page.total == 4100


@pytest.mark.realdata
def test_every_recorded_answer_is_understood():
    recorded = json.loads((REAL_DATA / "flickr" / "index.json").read_text())
    understood = photos = 0
    for entry in recorded:
        body = (REAL_DATA / "flickr" / entry["file"]).read_bytes()
        if entry["stat"] != "ok":
            with pytest.raises(api.FlickrError) as caught:
                api.answer(body)
            assert caught.value.code == api.number(entry["code"]), entry["file"]
            continue
        said = api.answer(body)
        understood += 1
        if "photos" in said or "photoset" in said:
            rows = api.search_page(said).rows
            assert len(rows) == entry["n_photos"], entry["file"]
            photos += len([to_photo(row) for row in rows])
    assert understood > 100
    assert photos > 1000
