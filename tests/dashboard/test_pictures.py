import shutil
from contextlib import closing
from pathlib import Path

import pytest

from dashboard.app import create_app
from dashboard.collection import Collection
from imagescraper.store import open_store
from tests.dashboard import sample


@pytest.mark.parametrize("kind", ["thumbnail", "preview"])
def test_a_picture_comes_with_its_type_and_is_kept_privately(client, settings, photos, kind):
    path = f"/pictures/{kind}/{photos[0].id}"
    with client.get(path) as answer:
        assert answer.status_code == 200
        assert answer.data == (settings.images / photos[0].renditions[kind]).read_bytes()
        assert answer.content_type == "image/webp"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.cache_control.private
        assert not answer.cache_control.public
        assert answer.cache_control.max_age == 7 * 24 * 3600
        tag = answer.headers["ETag"]
    with client.get(path, headers={"If-None-Match": tag}) as again:
        assert again.status_code == 304


def test_an_answer_that_nobody_reads_to_its_end_leaves_no_file_open(client, photos):
    path = f"/pictures/thumbnail/{photos[0].id}"
    unread = client.get(path)
    again = client.get(path, headers={"If-None-Match": unread.headers["ETag"]})
    assert again.status_code == 304
    opened = [link.resolve() for link in Path("/proc/self/fd").iterdir() if link.exists()]
    assert [name for name in opened if name.suffix == ".webp"] == []


@pytest.mark.parametrize(
    "path",
    [
        "thumbnail/flickr:none", "thumbnail/", "thumbnail/..%2f..%2fphotos.sqlite", "thumbnail/../../photos.sqlite",
        "thumbnail/%00", "thumbnail/flickr:1003", "original/flickr:1000", "thumbnail/flickr:1000/x",
        "thumbnail/%ff%fe", "thumbnail//etc/passwd",
    ],
)  # fmt: skip
def test_anything_else_is_not_there(client, path):
    with client.get(f"/pictures/{path}") as answer:
        # What is below no route of ours is answered with the page, as Dash does for every address.
        assert answer.status_code == 404 or answer.content_type.startswith("text/html")
        if answer.status_code == 404:
            assert answer.data.startswith(b"<svg")


@pytest.mark.parametrize(
    "name",
    [
        "../photos.sqlite",
        "../outside.webp",
        "/etc/hostname",
        "thumbnails",
        "secret.txt",
        "link.webp",
        "gone.webp",
        "",
        "a\0.webp",
    ],
)
def test_a_stored_name_leads_nowhere_but_to_a_picture(tmp_path, name):
    photo = sample.photos(1)[0]
    settings = sample.write(tmp_path, [photo])
    shutil.copy(settings.images / photo.renditions["thumbnail"], tmp_path / "outside.webp")
    (settings.images / "link.webp").symlink_to(tmp_path / "outside.webp")
    (settings.images / "secret.txt").write_text("secret")
    store = open_store(settings.store_uri)
    photo.renditions = {"thumbnail": name}
    store.upsert([photo.document()], {})
    store.close()
    with closing(Collection(settings)) as collection:
        answer = create_app(collection).server.test_client().get(f"/pictures/thumbnail/{photo.id}")
    assert answer.status_code == 404
    assert answer.data.startswith(b"<svg")
