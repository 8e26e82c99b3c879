import json
import re

import numpy as np
import pytest

from .conftest import fetch


@pytest.fixture(scope="module")
def photo(world):
    return next(photo for photo in world.collection.photos(np.arange(500)) if photo.comments > 2 and photo.description)


def test_the_page_holds_the_photo_but_not_its_comments(server, photo):
    for name in {photo.owner.nsid, photo.owner.path}:
        html = fetch(f"{server.url}/photos/{name}/{photo.id}/").body.decode()
        assert photo.title in html
        assert f"{photo.id}_{photo.secret}" in html
        assert 'class="comment"' not in html
    exported = re.search(r"modelExport: (\{.*\}),\n", html)
    model = json.loads(exported[1])
    assert model["main"]["photo-models"][0]["id"] == str(photo.id)
    assert model["main"]["photo-stats-models"][0]["commentCount"] == photo.comments


@pytest.mark.browser
def test_comments_arrive_by_script(server, world, photo, page):
    expected = world.call("flickr.photos.comments.getList", photo_id=photo.id)["comments"]["comment"]
    page.goto(f"{server.url}/photos/{photo.owner.path}/{photo.id}/")
    page.wait_for_selector("body.comments-loaded", timeout=20_000)
    authors = page.locator(".comment .comment-author").all_text_contents()
    texts = page.locator(".comment .comment-content").evaluate_all("nodes => nodes.map(node => node.innerHTML)")
    width = page.locator("img.main-photo").evaluate("async image => (await image.decode(), image.naturalWidth)")
    assert authors == [comment["authorname"] for comment in expected]
    assert texts == [comment["_content"] for comment in expected]
    assert width > 0
