import http.client
import json
import time
import urllib.parse
from contextlib import ExitStack, closing
from email.utils import parsedate_to_datetime

import pytest

from tests.sandbox_server import running_sandbox

from .conftest import fetch, rest_url


@pytest.fixture(scope="module")
def faulty_server():
    with running_sandbox("--photos", "60") as running:
        yield running


@pytest.fixture
def faulty(faulty_server):
    yield faulty_server
    faulty_server.faults()


def search(running, **arguments):
    url = rest_url(running, "flickr.photos.search", text="cat", **arguments)
    return json.loads(fetch(url).body)["photos"]["photo"]


def test_a_form_and_an_oauth_header_do_as_well_as_an_address(server):
    form = {"method": "flickr.photos.search", "text": "cat", "format": "json", "nojsoncallback": "1"}
    answer = fetch(
        f"{server.url}/services/rest/",
        urllib.parse.urlencode(form).encode(),
        Authorization='OAuth oauth_consumer_key="abc", oauth_nonce="1"',
    )
    assert json.loads(answer.body)["photos"]["photo"] == search(server)
    without = fetch(f"{server.url}/services/rest/", urllib.parse.urlencode(form).encode())
    assert json.loads(without.body)["code"] == 100


def test_api_answers_look_like_flickrs(server):
    answer = fetch(rest_url(server, "flickr.photos.search", text="cat"))
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert answer.headers["x-robots-tag"] == "noindex"
    assert not {"ETag", "Cache-Control", "Retry-After"} & set(answer.headers)


def test_images_come_with_flickrs_headers(server):
    row = search(server, extras="url_m,date_upload", max_upload_date="2013-01-01")[0]
    answer = fetch(row["url_m"])
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Cache-Control"] == "max-age=31536000"
    assert (answer.headers["imagewidth"], answer.headers["imageheight"]) == (str(row["width_m"]), str(row["height_m"]))
    assert parsedate_to_datetime(answer.headers["Last-Modified"]).timestamp() == int(row["dateupload"])
    again = fetch(row["url_m"], If_None_Match=answer.headers["ETag"])
    assert (again.status, again.body) == (304, b"")
    saved = fetch(row["url_m"].replace(".jpg", "_d.jpg"))
    assert saved.headers["Content-Disposition"] == "attachment"
    assert saved.body == answer.body


def test_a_missing_image_is_an_empty_404(server):
    answer = fetch(f"{server.url}/static/65535/1_0123456789_b.jpg")
    assert (answer.status, answer.body) == (404, b"")
    assert answer.headers["Content-Type"].startswith("text/html")


def test_gone_images_are_missing_or_redirected_to_a_placeholder():
    with running_sandbox("--photos", "100", "--gone", "1") as running:
        answers = [fetch(row["url_s"]) for row in search(running, extras="url_s")]
        assert {answer.status for answer in answers} == {302, 404}
        target = next(answer.headers["Location"] for answer in answers if answer.status == 302)
        assert fetch(running.url + target).body.startswith(b"GIF8")


def test_robots_and_a_missing_page(server):
    assert b"User-agent: *" in fetch(f"{server.url}/robots.txt").body
    assert fetch(f"{server.url}/photos/nobody/12/").status == 404
    row = search(server)[0]
    assert fetch(f"{server.url}/photos/someone-else/{row['id']}/").status == 404


def test_requests_are_counted():
    with running_sandbox("--photos", "60") as counted:
        assert counted.stats()["shortest_api_interval"] is None
        first = time.monotonic()
        row = search(counted, extras="url_s,path_alias")[0]
        fetch(rest_url(counted, "flickr.photos.getInfo", photo_id=row["id"]))
        body = fetch(row["url_s"]).body
        fetch(f"{counted.url}/photos/{row['owner']}/{row['id']}/")
        stats = counted.stats()
        assert stats["methods"] == {"flickr.photos.search": 1, "flickr.photos.getInfo": 1}
        assert stats["roles"] == {"api": 2, "image": 1, "page": 1}
        assert stats["bytes"]["image"] == len(body)
        assert stats["max_in_flight"] == {"api": 1, "image": 1, "page": 1}
        assert 0 < stats["shortest_api_interval"] < time.monotonic() - first


def test_requests_in_flight_are_counted(faulty):
    faulty.faults({"delay": 60, "role": "api"})
    end = time.monotonic() + 30
    with ExitStack() as connections:
        for _ in range(2):
            connection = http.client.HTTPConnection(urllib.parse.urlsplit(faulty.url).netloc)
            connections.enter_context(closing(connection))
            connection.request("GET", "/services/rest/")
        while faulty.stats()["max_in_flight"].get("api", 0) < 2:
            assert time.monotonic() < end


def test_a_status_with_retry_after(faulty):
    faulty.faults({"status": 429, "retry_after": 7, "role": "api"})
    answer = fetch(rest_url(faulty, "flickr.photos.search", text="cat"))
    assert (answer.status, answer.headers["Retry-After"]) == (429, "7")
    assert b"<h1>429 Too Many Requests</h1>" in answer.body
    assert fetch(f"{faulty.url}/robots.txt").status == 200
    faulty.faults()
    assert fetch(rest_url(faulty, "flickr.photos.search", text="cat")).status == 200


def test_unavailable_is_said_at_http_200_in_the_form_asked_for(faulty):
    faulty.faults({"unavailable": True})
    answers = [fetch(rest_url(faulty, "flickr.photos.search", text="cat")) for _ in range(12)]
    assert {answer.status for answer in answers} == {200}
    failures = [json.loads(answer.body) for answer in answers]
    assert {failure["message"] for failure in failures} == {
        "Sorry, the Flickr API service is not currently available."
    }
    assert {failure["code"] for failure in failures} == {0, 201}


def test_half_an_answer_that_is_whole_for_http(faulty):
    faulty.faults({"invalid_json": True, "role": "api"})
    answer = fetch(rest_url(faulty, "flickr.photos.search", text="cat"))
    assert answer.status == 200
    with pytest.raises(ValueError, match=r".+"):
        json.loads(answer.body)


def test_a_body_cut_short_announces_its_full_length(faulty):
    url = search(faulty, extras="url_s")[0]["url_s"]
    whole = fetch(url).body
    faulty.faults({"cut": True, "role": "image"})
    with pytest.raises(http.client.IncompleteRead) as cut:
        fetch(url)
    assert cut.value.partial == whole[: len(whole) // 2]
    assert cut.value.expected == len(whole) - len(whole) // 2


def test_a_connection_closed_without_an_answer(faulty):
    faulty.faults({"close": True})
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        fetch(f"{faulty.url}/robots.txt")
    assert faulty.stats()["roles"]["other"] > 0


def test_faults_of_the_command_line_hit_a_share():
    with running_sandbox("--photos", "10", "--faults", '{"status": 503, "share": 0.3}') as running:
        statuses = [fetch(f"{running.url}/robots.txt").status for _ in range(40)]
    assert 3 < statuses.count(503) < 25
    assert set(statuses) == {200, 503}


def test_several_faults_each_hit_their_own(faulty):
    faulty.faults([{"status": 503, "role": "api"}, {"status": 404, "role": "page"}])
    assert fetch(rest_url(faulty, "flickr.photos.search", text="cat")).status == 503
    assert fetch(f"{faulty.url}/photos/a/1/").status == 404
    assert fetch(f"{faulty.url}/robots.txt").status == 200
    assert fetch(f"{faulty.url}/sandbox/faults", method="DELETE").status == 200
    assert fetch(rest_url(faulty, "flickr.photos.search", text="cat")).status == 200


def test_bad_faults_are_refused_in_one_line(server):
    answer = fetch(f"{server.url}/sandbox/faults", b'{"colour": 1}')
    assert (answer.status, answer.body) == (400, b"colour: Extra inputs are not permitted\n")
