"""Downloads the picture and keeps it: verified, parted from its metadata, with its renditions."""

import asyncio
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http.request import NO_CALLBACK

from imagescraper.exceptions import PhotoLost, PhotoUnavailable, Stopped, WrongUse
from imagescraper.extensions.stop import StopExtension
from imagescraper.flickr.hosts import is_picture_address
from imagescraper.media.files import Files, MissingExtra, open_files
from imagescraper.media.hashes import sha256
from imagescraper.media.renditions import Renditions, render
from imagescraper.media.segments import Split, split
from imagescraper.media.sniff import NotAPhoto, sniff
from imagescraper.photo import Photo
from imagescraper.slots import IMAGES_SLOT, meta

#: Statuses that say that there is no such picture; a redirect leads to the placeholder of a removed photo.
GONE = frozenset({301, 302, 303, 307, 308, 403, 404, 410})


@dataclass(frozen=True, slots=True)
class Prepared:
    """What one reading of the downloaded bytes gives."""

    type: str
    parts: Split
    renditions: Renditions
    sha256: str


class ImagesPipeline:
    """Keeps the bytes as they came, in two parts: a picture without metadata, and the metadata to be sealed.

    Scrapy's own ImagesPipeline decodes and encodes every picture anew (since 2.14), so that EXIF is lost and pixels
    change, works on the event loop, and writes files that a killed process leaves half; none of it can be used here.
    """

    def __init__(self, crawler: Crawler, files: Files) -> None:
        self._crawler = crawler
        self._stop = StopExtension.of(crawler)
        # The download slot has the same limit, but a stall of a millisecond lets it start one request too many.
        self._room = asyncio.Semaphore(crawler.settings.getint("FLICKR_IMAGES_CONCURRENCY"))
        self._files = files
        self._api_url = crawler.settings["FLICKR_API_URL"]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Open the place for the pictures.

        Raises:
            WrongUse: if there is no such place, or a library for it is missing.

        """
        try:
            return cls(crawler, open_files(crawler.settings["IMAGES_STORE"]))
        except (MissingExtra, OSError, ValueError) as error:
            raise WrongUse(f"IMAGES_STORE: {error}") from None

    async def process_item(self, photo: Photo) -> Photo:
        """Fetch the best picture that there is; what a size lacks is noted, and the next one tried.

        Raises:
            PhotoUnavailable: if no size of it is a photo any more.
            PhotoLost: if the picture could not be fetched.
            Stopped: if the run is being ended.

        """
        if self._crawler.spider.arguments.size == "none":  # type: ignore[union-attr]
            return photo
        for address in dict.fromkeys(photo.sizes):
            try:
                async with self._room:
                    data = await self._stop.in_grace(self._download(address))
                prepared = await asyncio.to_thread(_prepare, data)
            except NotAPhoto as error:
                photo.errors.append(f"{urlsplit(address).path.rpartition('/')[2]}: {error}")
                continue
            photo.link, photo.data = address, data
            await asyncio.to_thread(self._keep, photo, prepared)
            return photo
        raise PhotoUnavailable(photo.errors[0].partition(": ")[2] if photo.errors else "no picture is offered")

    async def _download(self, address: str) -> bytes:
        """Return the bytes at an address.

        Raises:
            NotAPhoto: if nothing is there any more.
            PhotoLost: if it could not be fetched, or the address is not one of Flickr's.
            Stopped: if the run is being ended.

        """
        if self._stop.ending:
            raise Stopped("the run was ended before its turn")
        if not is_picture_address(address, self._api_url):
            raise PhotoLost("the address of the picture is not one of Flickr's")
        # Without compression the size limit holds for what arrives, and pictures gain nothing by it.
        request = Request(
            address, callback=NO_CALLBACK, headers={"Accept-Encoding": "identity"}, meta=meta(IMAGES_SLOT)
        )
        try:
            response = await self._crawler.engine.download_async(request)
        except Stopped:
            raise
        except IgnoreRequest:
            raise PhotoLost("the request for the picture was filtered out") from None
        except Exception as error:  # whatever the downloader met, after all its retries
            raise PhotoLost(f"download failed: {type(error).__name__}") from None
        if response.status in GONE:
            raise NotAPhoto("no longer available")
        if response.status != 200:
            raise PhotoLost(f"download failed: status {response.status}")
        return response.body

    def _keep(self, photo: Photo, prepared: Prepared) -> None:
        """Write picture and renditions under the photo's id, and note them on the photo."""
        name = f"full/{photo.photo_id}.{prepared.type}"
        renditions = {"preview": f"preview/{photo.photo_id}.jpg", "thumbnail": f"thumbs/{photo.photo_id}.jpg"}
        self._files.put(renditions["thumbnail"], prepared.renditions.thumbnail)
        self._files.put(renditions["preview"], prepared.renditions.preview)
        self._files.put(name, prepared.parts.picture)
        photo.filename, photo.renditions = name, renditions
        photo.width, photo.height = prepared.renditions.width, prepared.renditions.height
        photo.bytes, photo.sha256 = len(photo.data or b""), prepared.sha256
        photo.dhash = prepared.renditions.dhash
        photo.preview, photo.segments = prepared.renditions.preview, prepared.parts.metadata


def _prepare(data: bytes) -> Prepared:
    """Read the downloaded bytes once: what they are, their parts, their renditions, their hash.

    Raises:
        NotAPhoto: if they are not a whole, harmless picture.

    """
    return Prepared(type=sniff(data), parts=split(data), renditions=render(data), sha256=sha256(data))
