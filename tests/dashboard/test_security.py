import re

import pytest

from dashboard.security import MAX_REQUEST
from tests.dashboard.requests import CALLBACKS, entry, explore, visit


def count(answer):
    return answer.json["response"]["count"]["children"]


@pytest.mark.parametrize("path", ["/", "/?term=x", "/assets/dashboard.js", "/_dash-layout", "/_dash-dependencies"])
def test_every_answer_is_guarded(client, path):
    with client.get(path) as answer:
        headers = answer.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in policy["script-src"]


def test_the_page_names_no_other_site(client):
    page = client.get("/").text
    assert '<html lang="en">' in page
    assert not re.findall(r"""(?:src|href)=["'](?!/)""", page)
    assert '"disable_version_check":true' in page


def test_the_gallery_answers_its_own_page(app, client):
    controls = client.post(CALLBACKS, json=visit(app, "?page=5")).json["response"]
    views = controls["views"]["value"]
    answer = client.post(CALLBACKS, json=explore(app, visited="?page=5", views=views))
    assert count(answer) == "Showing 193–200 of 200 photos"
    assert answer.json["response"]["shown"]["data"] == "?page=5"
    answer = client.post(CALLBACKS, json=explore(app, visited="?page=5", views=views, terms=["monkey cage"]))
    assert answer.json["response"]["shown"]["data"] == "?term=monkey+cage"
    assert count(answer).startswith("Showing 1–48 of ")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://localhost"}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://localhost:1234"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_only_our_own_page_may_ask(app, client, headers, status):
    assert client.post(CALLBACKS, json=explore(app), headers=headers).status_code == status


def test_another_name_for_this_machine_is_refused(client):
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400
    assert client.get("/", headers={"Host": "127.0.0.1:8050"}).status_code == 200


HOSTILE = [None, True, -1, 1e308, "x", "", [], {}, [None, None], ["a", {}], [[[]]], {"$ne": None}, [2, 1], "\ud800"]


@pytest.mark.parametrize("value", HOSTILE, ids=repr)
@pytest.mark.parametrize("name", ["visited", "views", "terms", "changed"])
def test_hostile_values_are_ignored(app, client, name, value):
    if name in {"terms", "changed"} and not isinstance(value, list):
        value = [value]
    answer = client.post(CALLBACKS, json=explore(app, **{name: value}))
    assert answer.status_code in ({200, 400} if name == "changed" else {200})
    assert client.post(CALLBACKS, json=visit(app, value)).status_code == 200


@pytest.mark.parametrize("value", HOSTILE, ids=repr)
def test_hostile_scores_are_ignored(app, client, value):
    body = explore(app, scores=(value, value), unscored=(value, value))
    assert client.post(CALLBACKS, json=body).status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        {"output": "nothing.children"}, {"output": None}, {"output": {}}, {"inputs": None}, {"inputs": []},
        {"inputs": [1, 2]}, {"inputs": {"id": 1}}, {"state": "x"}, {"outputs": 5}, {"outputs": []},
        {"changedPropIds": 7}, {"changedPropIds": [{}]}, {"changedPropIds": ["{.x"]}, {"inputs": [[{}]] * 8},
    ],
    ids=str,
)  # fmt: skip
def test_malformed_bodies_never_break_it(app, client, change):
    assert client.post(CALLBACKS, json=explore(app) | change).status_code in {200, 204, 400}


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b'"x"', b"{", b"\xff\xfe", b"[" * 100_000])
def test_bodies_that_are_no_request_are_refused(client, body):
    assert client.post(CALLBACKS, data=body, content_type="application/json").status_code == 400


def test_a_body_beyond_the_bound_is_refused(client):
    answer = client.post(CALLBACKS, data=b" " * (MAX_REQUEST + 1), content_type="application/json")
    assert answer.status_code == 413


@pytest.mark.parametrize("link", [*HOSTILE, "#photo=", "#photo=../../x", "#photo=flickr:1000"], ids=repr)
def test_the_detail_takes_any_link_and_gives_no_token(app, client, link):
    output = next(name for name in app.callback_map if "photo.opened" in name)
    body = {
        "output": output,
        "outputs": [
            dict(zip(("id", "property"), place.split("."), strict=True)) for place in output.strip(".").split("...")
        ],
        "inputs": [entry("address", "hash", link)],
        "state": [entry("address", "href", link)],
        "changedPropIds": ["address.hash"],
    }
    answer = client.post(CALLBACKS, json=body)
    assert answer.status_code == 200
    assert "gAAAA" not in answer.text
    assert answer.json["response"]["photo"]["opened"] is (isinstance(link, str) and link.startswith("#photo="))
