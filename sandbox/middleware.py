"""Around every request: counting, and faults on demand."""

import asyncio
import re

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from sandbox.envelope import wrap
from sandbox.errors import UNAVAILABLE, ApiError
from sandbox.faults import Fault, Faults
from sandbox.stats import API, Stats

ARGUMENTS = web.RequestKey("arguments", dict[str, str])

_ROLES = (
    ("/services/", API),
    ("/static/", "image"),
    ("/images/", "image"),
    ("/photos/", "page"),
    ("/v1/", "vision"),
    ("/w/", "wikidata"),
)
_CONSUMER_KEY = re.compile(r'oauth_consumer_key="([^"]*)"')
# What Flickr was seen to send with a 429.
_STATUS_PAGES = {
    429: "<html><body><h1>429 Too Many Requests</h1>\n"
    "You have sent too many requests in a given amount of time.\n</body></html>"
}


def role_of(path: str) -> str | None:
    """Say what a path is for; None for the sandbox's own paths, which are neither counted nor hit by faults."""
    if path.startswith("/sandbox/"):
        return None
    return next((role for start, role in _ROLES if path.startswith(start)), "other")


def accountant(stats: Stats, faults: Faults) -> Middleware:
    """Make the middleware that reads arguments, counts and lets faults strike."""

    @web.middleware
    async def account(request: web.Request, handler: Handler) -> web.StreamResponse:
        role = role_of(request.path)
        if role is None:
            return await handler(request)
        with stats.request(role):
            request[ARGUMENTS] = await _arguments(request) if role == API else dict(request.query)
            if role == API:
                stats.method(request[ARGUMENTS].get("method", ""))
            fault = faults.strike(role)
            response = await (_strike(fault, faults, request, handler) if fault else handler(request))
            if isinstance(response, web.Response) and isinstance(response.body, bytes):
                stats.sent(role, len(response.body))
            return response

    return account


async def _arguments(request: web.Request) -> dict[str, str]:
    """Collect what came in the address, in a form and, for the key, in an OAuth header."""
    arguments = dict(request.query)
    if request.method == "POST":
        arguments |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    signed = _CONSUMER_KEY.search(request.headers.get("Authorization", ""))
    if signed:
        arguments.setdefault("api_key", signed[1])
    return arguments


async def _strike(fault: Fault, faults: Faults, request: web.Request, handler: Handler) -> web.StreamResponse:
    await asyncio.sleep(fault.delay)
    if fault.close:
        return _hang_up(request)
    if fault.status is not None:
        headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
        page = _STATUS_PAGES.get(fault.status, f"<html><body><h1>{fault.status}</h1></body></html>")
        return web.Response(status=fault.status, text=page, content_type="text/html", headers=headers)
    if fault.unavailable:
        arguments: dict[str, str] = request[ARGUMENTS]
        body, content_type = wrap(ApiError(faults.unavailable_code(), UNAVAILABLE), arguments)
        return web.Response(body=body, content_type=content_type, charset="utf-8")
    response = await handler(request)
    if isinstance(response, web.Response) and isinstance(response.body, bytes):
        half = response.body[: len(response.body) // 2]
        if fault.invalid_json:
            response.body = half
        elif fault.cut:
            return await _cut(request, response, half)
    return response


def _hang_up(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.close()
    return web.Response()


async def _cut(request: web.Request, whole: web.Response, half: bytes) -> web.StreamResponse:
    assert isinstance(whole.body, bytes)  # noqa: S101 - told to the type checker; the caller has looked
    response = web.StreamResponse(status=whole.status, headers=whole.headers)
    response.content_length = len(whole.body)
    await response.prepare(request)
    await response.write(half)
    if request.transport is not None:
        request.transport.close()
    return response
