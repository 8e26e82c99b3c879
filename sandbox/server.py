"""The sandbox as a web application."""

import asyncio
import hashlib
from dataclasses import dataclass, field
from email.utils import formatdate
from functools import cached_property

from aiohttp import web

from sandbox import details, wikidata
from sandbox.collection import Collection, Gone, Photo
from sandbox.faults import Faults, FaultsError, read_faults
from sandbox.images import PLACEHOLDER, Address, File, ImageHost, placeholder
from sandbox.middleware import ARGUMENTS, accountant
from sandbox.pages import ROBOTS, photo_page
from sandbox.rest import Rest
from sandbox.stats import Stats
from sandbox.vision import VisionError, annotate

_MOST_BYTES = 40 * 2**20  # of a request: sixteen images for Vision
_YEAR = 31_536_000  # seconds for which Flickr lets an image be cached


@dataclass
class Server:
    """The handlers of all paths."""

    collection: Collection
    rest: Rest
    images: ImageHost
    faults: Faults
    stats: Stats = field(default_factory=Stats, init=False)

    def app(self) -> web.Application:
        """Make the application."""
        app = web.Application(middlewares=[accountant(self.stats, self.faults)], client_max_size=_MOST_BYTES)
        app.add_routes(
            [
                web.get("/services/rest/", self._rest),
                web.post("/services/rest/", self._rest),
                web.get("/services/rest", self._rest),
                web.post("/services/rest", self._rest),
                web.get("/static/{server}/{name}", self._image),
                web.get(PLACEHOLDER, self._placeholder),
                web.get("/photos/{owner}/{id}/", self._page),
                web.get("/photos/{owner}/{id}/comments.json", self._page_comments),
                web.get("/robots.txt", self._robots),
                web.post("/v1/images:annotate", self._vision),
                web.get("/w/api.php", self._wikidata),
                web.get("/sandbox/stats", self._stats),
                web.post("/sandbox/faults", self._set_faults),
                web.delete("/sandbox/faults", self._clear_faults),
            ]
        )
        return app

    async def _rest(self, request: web.Request) -> web.Response:
        arguments: dict[str, str] = request[ARGUMENTS]
        body, content_type = await asyncio.to_thread(self.rest.answer, arguments, _base(request))
        headers = {"x-robots-tag": "noindex"}
        return web.Response(body=body, content_type=content_type, charset="utf-8", headers=headers)

    async def _image(self, request: web.Request) -> web.Response:
        address = self.images.address(request.match_info["server"], request.match_info["name"])
        if address and address.photo.gone in {Gone.REPLACED, Gone.OWNER_DELETED}:
            raise web.HTTPFound(PLACEHOLDER)
        file = await asyncio.to_thread(self.images.file, address) if address else None
        if address is None or file is None:
            return web.Response(status=404, content_type="text/html")
        headers = _image_headers(address, file)
        if headers["ETag"] in request.headers.get("If-None-Match", ""):
            return web.Response(status=304, headers=headers)
        return web.Response(body=file.content, content_type=file.content_type, headers=headers)

    @cached_property
    def _unavailable(self) -> bytes:
        return placeholder()

    async def _placeholder(self, _request: web.Request) -> web.Response:
        return web.Response(body=self._unavailable, content_type="image/gif")

    def _photo_at(self, request: web.Request) -> Photo:
        photo = self.collection.find(request.match_info["id"])
        if not photo or photo.gone or request.match_info["owner"] not in {photo.owner.nsid, photo.owner.path_alias}:
            raise web.HTTPNotFound(text="<h1>Page not found</h1>", content_type="text/html")
        return photo

    async def _page(self, request: web.Request) -> web.Response:
        return web.Response(text=photo_page(self._photo_at(request), _base(request)), content_type="text/html")

    async def _page_comments(self, request: web.Request) -> web.Response:
        return web.json_response(details.comments(self._photo_at(request), self.collection, _base(request)))

    async def _robots(self, _request: web.Request) -> web.Response:
        return web.Response(text=ROBOTS)

    async def _vision(self, request: web.Request) -> web.Response:
        key = request.headers.get("x-goog-api-key") or request.query.get("key")
        as_numbers = "enum-encoding=int" in request.query.get("$alt", "")
        text = await request.text()
        try:
            answer = await asyncio.to_thread(annotate, self.images, text, key, enums_as_numbers=as_numbers)
        except VisionError as error:
            return web.json_response(error.body, status=error.http_status)
        return web.json_response(answer)

    async def _wikidata(self, request: web.Request) -> web.Response:
        return web.json_response(wikidata.answer(dict(request.query)))

    async def _stats(self, _request: web.Request) -> web.Response:
        return web.json_response(self.stats.report())

    async def _set_faults(self, request: web.Request) -> web.Response:
        try:
            faults = read_faults(await request.text())
        except FaultsError as error:
            return web.Response(status=400, text=f"{error}\n")
        self.faults.set(faults)
        return web.json_response([fault.model_dump(exclude_defaults=True) for fault in faults])

    async def _clear_faults(self, _request: web.Request) -> web.Response:
        self.faults.set([])
        return web.json_response([])


def _base(request: web.Request) -> str:
    return f"{request.scheme}://{request.host}"


def _image_headers(address: Address, file: File) -> dict[str, str]:
    headers = {
        "ETag": f'"{hashlib.blake2b(file.content, digest_size=16).hexdigest()}"',
        "Last-Modified": formatdate(address.photo.uploaded, usegmt=True),
        "Cache-Control": f"max-age={_YEAR}",
        "imagewidth": str(file.width),
        "imageheight": str(file.height),
    }
    if address.as_attachment:
        headers["Content-Disposition"] = "attachment"
    return headers
