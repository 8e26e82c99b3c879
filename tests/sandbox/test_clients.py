"""Flickr clients that others wrote, unmodified but for the address they call."""

import flickr_api
import flickr_api.flickrerrors
import flickr_api.method_call
import flickrapi
import pytest

from tests.sandbox_server import running_sandbox

KEY = "0123456789abcdef0123456789abcdef"


@pytest.fixture(scope="module")
def running():
    with running_sandbox("--photos", "1500", "--seed", "7") as server:
        yield server


class TestFlickrapi:
    @pytest.fixture
    def flickr(self, running):
        class Local(flickrapi.FlickrAPI):
            REST_URL = f"{running.url}/services/rest/"

        return Local(KEY, "secret", store_token=False)

    def test_walking_to_the_end(self, flickr):
        photos = list(flickr.walk(text="cat", per_page=100, extras="description,geo,url_o"))
        assert len(photos) == int(flickr.photos.search(text="cat").find("photos").get("total")) > 400
        assert len({photo.get("id") for photo in photos}) == len(photos)
        assert 0.3 < sum("url_o" in photo.attrib for photo in photos) / len(photos) < 0.7

    def test_exif_in_both_formats(self, flickr):
        listed = None
        for photo in flickr.walk(text="cat"):
            try:
                listed = flickr.photos.getExif(photo_id=photo.get("id"))
                break
            except flickrapi.FlickrError as denied:
                assert denied.code == 2  # noqa: PT017 - the loop goes on to the next photo
        models = [entry.findtext("raw") for entry in listed.findall("photo/exif") if entry.get("tag") == "Model"]
        parsed = flickr.photos.getExif(photo_id=listed.find("photo").get("id"), format="parsed-json")
        assert models
        assert [entry["raw"]["_content"] for entry in parsed["photo"]["exif"] if entry["tag"] == "Model"] == models

    def test_a_failure_is_raised_with_flickrs_code(self, flickr):
        with pytest.raises(flickrapi.FlickrError, match='Photo "1" not found') as error:
            flickr.photos.getInfo(photo_id="1")
        assert error.value.code == 1

    def test_an_invalid_key_is_refused(self, flickr):
        flickr.flickr_oauth.oauth.client.client_key = "invalid"
        with pytest.raises(flickrapi.FlickrError, match="Invalid API Key"):
            flickr.photos.search(text="cat")


class TestFlickrApi:
    @pytest.fixture(autouse=True)
    def _local(self, running, monkeypatch):
        call = flickr_api.method_call.call_api
        ours = tuple(
            f"{running.url}/services/rest/" if value == flickr_api.method_call.REST_URL else value
            for value in call.__defaults__
        )
        monkeypatch.setattr(call, "__defaults__", ours)
        flickr_api.set_keys(api_key=KEY, api_secret="secret")

    def test_walking_to_the_end(self):
        walker = flickr_api.Walker(flickr_api.Photo.search, text="cat", per_page=100, extras="url_m,geo,date_upload")
        photos = list(walker)
        assert len(photos) == len(walker) > 400

    def test_all_about_one_photo(self, tmp_path):
        found = flickr_api.Photo.search(text="cat", extras="count_comments")
        photo = next(photo for photo in found if int(photo.count_comments))
        photo.load()
        assert photo.owner.username
        assert "Medium" in photo.getSizes()
        assert photo.getComments()
        photo.save(str(tmp_path / "photo"), size_label="Medium")
        assert (tmp_path / "photo.jpg").read_bytes().startswith(b"\xff\xd8")

    def test_members(self):
        owner = flickr_api.Photo.search(text="cat")[0].owner
        owner.load()
        assert flickr_api.Person.findByUserName(owner.username).id == owner.id
        assert len(owner.getPublicPhotos()) > 0

    def test_licences(self):
        assert len(flickr_api.License.getList()) == 17

    def test_a_rate_limit_with_retry_after_is_waited_out(self, running, monkeypatch):
        waits = []

        def wait(seconds):
            waits.append(seconds)
            running.faults()

        monkeypatch.setattr("flickr_api.retry.time.sleep", wait)
        running.faults({"status": 429, "retry_after": 7, "role": "api"})
        assert flickr_api.Photo.search(text="cat")
        assert waits == [7]

    def test_a_failure_is_raised(self):
        with pytest.raises(flickr_api.flickrerrors.FlickrAPIError) as error:
            flickr_api.Photo(id="1").getExif()
        assert error.value.code == 1
