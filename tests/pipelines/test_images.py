"""What the stage does with every kind of answer; the engine is a table of answers."""

import asyncio
import io
from types import SimpleNamespace

import pytest
from PIL import Image
from scrapy.http import Response
from scrapy.settings import Settings

from imagescraper.exceptions import PhotoLost, PhotoUnavailable, Stopped, WrongUse
from imagescraper.extensions.stop import StopExtension
from imagescraper.media.segments import join
from imagescraper.photo import Photo
from imagescraper.pipelines.images import ImagesPipeline

HOST = "https://live.staticflickr.com/1/"


def jpeg(color="green", size=(900, 600)):
    exif = Image.Exif()
    exif[0x013B] = "Canary"
    buffer = io.BytesIO()
    Image.new("RGB", size, color).save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


class Engine:
    """Answers from a table: a status, a body with status 200, or an exception to raise."""

    def __init__(self, answers):
        self.answers = answers
        self.asked = []

    async def download_async(self, request):
        self.asked.append(request)
        answer = self.answers[request.url]
        if isinstance(answer, Exception):
            raise answer
        status, body = (answer, b"") if isinstance(answer, int) else (200, answer)
        return Response(request.url, status=status, body=body)


@pytest.fixture
def stage(tmp_path):
    def make(answers, size="original"):
        crawler = SimpleNamespace(
            settings=Settings(
                {
                    "IMAGES_STORE": str(tmp_path),
                    "FLICKR_API_URL": "https://api.flickr.com/services/rest/",
                    "FLICKR_IMAGES_CONCURRENCY": 2,
                }
            ),
            spider=SimpleNamespace(arguments=SimpleNamespace(size=size)),
            engine=Engine({HOST + name: answer for name, answer in answers.items()}),
        )
        stop = StopExtension(crawler)
        crawler.get_extension = lambda cls: stop
        return ImagesPipeline.from_crawler(crawler)

    return make


def photo(*names):
    return Photo(source="flickr", photo_id="7", sizes=[HOST + name for name in names])


async def test_the_best_size_is_kept_in_two_parts(stage, tmp_path):
    data = jpeg()
    kept = await stage({"7_o.jpg": data}).process_item(photo("7_o.jpg", "7_b.jpg"))
    assert (kept.filename, kept.link) == ("full/7.jpg", HOST + "7_o.jpg")
    assert (kept.width, kept.height, kept.bytes) == (900, 600, len(data))
    picture = (tmp_path / "full" / "7.jpg").read_bytes()
    assert b"Canary" not in picture
    assert join(picture, kept.segments) == data == kept.data
    assert kept.errors == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["full", "preview", "thumbs"]


async def test_the_true_type_counts_and_not_the_name(stage, tmp_path):
    buffer = io.BytesIO()
    Image.new("RGB", (50, 40), "red").save(buffer, "PNG")
    kept = await stage({"7_o.jpg": buffer.getvalue()}).process_item(photo("7_o.jpg"))
    assert kept.filename == "full/7.png"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (404, "no longer available"),
        (302, "no longer available"),
        (b"<html>gone</html>", "html"),
        (jpeg()[:-40], "cut"),
    ],
)
async def test_the_next_size_replaces_one_that_is_no_photo(stage, answer, reason):
    kept = await stage({"7_o.jpg": answer, "7_b.jpg": jpeg()}).process_item(photo("7_o.jpg", "7_b.jpg"))
    assert kept.link == HOST + "7_b.jpg"
    assert kept.errors == [f"7_o.jpg: {reason}"]


async def test_a_photo_that_is_gone_in_every_size_is_unavailable(stage, tmp_path):
    with pytest.raises(PhotoUnavailable, match="no longer available"):
        await stage({"7_o.jpg": 404, "7_b.jpg": 410}).process_item(photo("7_o.jpg", "7_b.jpg"))
    assert not list(tmp_path.rglob("*.jpg"))


async def test_a_photo_without_an_address_is_unavailable(stage):
    with pytest.raises(PhotoUnavailable, match="no picture is offered"):
        await stage({}).process_item(photo())


@pytest.mark.parametrize("answer", [500, 429, OSError("broken pipe")])
async def test_a_failing_host_loses_the_photo_and_not_its_quality(stage, answer):
    made = stage({"7_o.jpg": answer, "7_b.jpg": jpeg()})
    with pytest.raises(PhotoLost, match="download failed"):
        await made.process_item(photo("7_o.jpg", "7_b.jpg"))


async def test_a_strange_address_is_not_even_asked(stage):
    made = stage({})
    with pytest.raises(PhotoLost, match="not one of Flickr's"):
        await made.process_item(Photo(source="flickr", photo_id="7", sizes=["file:///etc/passwd"]))
    assert made._crawler.engine.asked == []


async def test_requests_name_their_pace(stage):
    made = stage({"7_o.jpg": jpeg()})
    await made.process_item(photo("7_o.jpg"))
    (request,) = made._crawler.engine.asked
    assert request.meta["download_slot"] == "flickr-images"
    assert request.headers["Accept-Encoding"] == b"identity"


async def test_metadata_alone_downloads_nothing(stage):
    made = stage({}, size="none")
    assert (await made.process_item(photo("7_o.jpg"))).filename is None
    assert made._crawler.engine.asked == []


async def test_no_more_downloads_at_a_time_than_allowed(stage):
    made = stage({})
    running, most = 0, 0

    async def download_async(request):
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0)
        running -= 1
        return Response(request.url, status=404)

    made._crawler.engine.download_async = download_async
    await asyncio.gather(*(made.process_item(photo("7_o.jpg")) for _ in range(9)), return_exceptions=True)
    assert most == 2


def test_a_place_that_is_none_is_wrong_use():
    crawler = SimpleNamespace(settings=Settings({"IMAGES_STORE": "gopher://x", "FLICKR_API_URL": ""}))
    with pytest.raises(WrongUse, match="IMAGES_STORE"):
        ImagesPipeline.from_crawler(crawler)


async def test_a_run_that_is_being_ended_fetches_nothing_more(stage):
    made = stage({"7_o.jpg": jpeg()})
    made._stop._ending.set()
    with pytest.raises(Stopped):
        await made.process_item(photo("7_o.jpg"))
    assert made._crawler.engine.asked == []
