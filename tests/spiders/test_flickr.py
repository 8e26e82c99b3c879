import json
from types import SimpleNamespace
from urllib.parse import parse_qs

import pytest
from scrapy import Request
from scrapy.exceptions import CloseSpider
from scrapy.http import TextResponse
from scrapy.utils.test import get_crawler

from imagescraper.exceptions import Stopped, WrongUse
from imagescraper.flickr.search import Search
from imagescraper.flickr.windows import Window
from imagescraper.photo import Photo
from imagescraper.spiders.flickr import FlickrSpider

SETTINGS = {"FLICKR_KEY": "canary-key", "FLICKR_API_URL": "http://127.0.0.1:1/rest/", "FLICKR_API_DELAY": 0.5}


class Ledger:
    """A ledger to which every photo is new, and its memory of windows."""

    async def unknown(self, photos, window, *, pictures):
        return photos

    async def found_again(self, ids, window):
        pass

    def cut(self, window, parts):
        pass

    def read(self, window, missing):
        pass


def spider(**arguments):
    settings = SETTINGS | {"FLICKR_IMAGES_CONCURRENCY": 3}
    crawler = get_crawler(FlickrSpider, settings)
    made = FlickrSpider.from_crawler(crawler, **({"term": "monkey"} | arguments))
    made._ledger = made._memory = Ledger()
    windows = [Window(question, 1, 1_700_000_000) for question in made.arguments.questions()]
    made.search = Search(windows, limit=made.arguments.limit, choosy=bool(made.arguments.areas))
    return made


def first(made):
    return made._request(made.search.next())


async def parsed(made, request, said):
    response = TextResponse(request.url, body=json.dumps(said).encode(), request=request)
    return [part async for part in made.parse(response, **request.cb_kwargs)]


def page(ids, total, per_page=500):
    return {
        "stat": "ok",
        "photos": {
            "page": 1,
            "pages": 1,
            "perpage": per_page,
            "total": total,
            "photo": [{"id": id_, "dateupload": f"160000000{id_}"} for id_ in ids],
        },
    }


def test_the_key_is_in_the_body_and_not_in_the_address():
    request = first(spider())
    assert "canary-key" not in request.url
    form = parse_qs(request.body.decode())
    assert form["api_key"] == ["canary-key"]
    assert form["text"] == ["monkey"]
    assert request.meta["download_slot"] == "flickr-api"


def test_signs_of_all_scripts_reach_the_api():
    form = parse_qs(first(spider(term="قرد 猿")).body.decode())
    assert form["text"] == ["قرد 猿"]


def test_each_host_has_its_pace():
    slots = get_crawler(FlickrSpider, SETTINGS | {"FLICKR_IMAGES_CONCURRENCY": 3}).settings["DOWNLOAD_SLOTS"]
    assert slots["flickr-api"] == {"concurrency": 1, "delay": 0.5, "jitter": 0.0}
    assert slots["flickr-images"]["concurrency"] == 3
    assert slots["flickr-images"]["delay"] > 0


async def test_a_page_becomes_photos_and_then_the_next_question():
    made = spider()
    results = await parsed(made, first(made), page(["1", "2"], 900, per_page=2))
    assert [type(result) for result in results] == [Photo, Photo, Request]
    assert parse_qs(results[-1].body.decode())["max_upload_date"] == ["1600000001"]


async def test_the_last_page_asks_nothing_more():
    made = spider()
    results = await parsed(made, first(made), page(["1", "2"], 2))
    assert [result.photo_id for result in results] == ["1", "2"]


async def test_photos_outside_the_country_are_turned_away_before_they_are_photos():
    made = spider(country="Philippines", limit="5")
    said = page([], 4)
    places = {"1": (14.6, 121.0), "2": (5.8394, 118.1172), "3": (0, 0), "4": (6.08, 118.31)}
    said["photos"]["photo"] = [{"id": id_, "latitude": lat, "longitude": lon} for id_, (lat, lon) in places.items()]
    request = first(made)
    form = parse_qs(request.body.decode())
    assert (form["has_geo"], form["per_page"]) == (["1"], ["250"])
    results = await parsed(made, request, said)
    assert [result.photo_id for result in results if isinstance(result, Photo)] == ["1", "4"]
    assert (made.search.came, made.search.turned_away) == (2, 2)
    assert parse_qs(results[-1].body.decode())["bbox"] != form["bbox"]


async def test_a_refusal_ends_the_run_with_its_reason():
    made = spider()
    with pytest.raises(CloseSpider):
        await parsed(made, first(made), {"stat": "fail", "code": 100, "message": "Invalid API Key"})
    assert made.refusal == "Flickr error 100: Invalid API Key"


@pytest.mark.parametrize(("code", "message"), [(2, "Unknown user"), (5, "User deleted")])
async def test_a_member_who_is_not_there_is_said_at_once(code, message):
    made = spider(term="a|b", user="1@N00")
    with pytest.raises(CloseSpider):
        await parsed(made, first(made), {"stat": "fail", "code": code, "message": message})
    assert made.refusal == f"Flickr error {code}: {message}; check user and group"


async def test_a_question_without_an_answer_is_given_up_and_counted():
    made = spider(term="a|b")
    results = await parsed(made, first(made), {"stat": "fail", "code": 3, "message": "disabled"})
    assert parse_qs(results[0].body.decode())["text"] == ["b"]
    assert made.search.cut_short == 1


def test_a_page_that_never_came_is_given_up():
    made = spider()
    failure = SimpleNamespace(request=first(made), value=OSError(), getErrorMessage=lambda: "timeout")
    assert made.failed(failure) is None
    assert made.search.cut_short == 1


@pytest.mark.parametrize("given", [{}, {"term": "x", "limit": "0"}])
def test_wrong_arguments_are_refused_at_once(given):
    with pytest.raises(WrongUse):
        FlickrSpider.from_crawler(get_crawler(FlickrSpider, SETTINGS), **given)


def test_without_a_key_there_is_a_way_on():
    with pytest.raises(WrongUse, match="make demo"):
        FlickrSpider.from_crawler(get_crawler(FlickrSpider, SETTINGS | {"FLICKR_KEY": ""}), term="x")


def test_a_question_that_was_not_put_because_the_run_ended_is_not_given_up():
    made = spider()
    failure = SimpleNamespace(request=first(made), value=Stopped("the run was ended"))
    assert made.failed(failure) is None
    assert made.search.cut_short == 0
