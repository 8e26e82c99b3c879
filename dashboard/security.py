"""What every answer carries and every request has to pass, whatever panel it is for."""

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import dash
from flask import Flask, Response, abort, request
from werkzeug.exceptions import HTTPException

#: Under no other name is the dashboard to be reached: it has no login, and another site's name that leads here is an
#: attempt to read it through the visitor's browser.
TRUSTED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]

#: Bytes of a request; the largest honest one, all filters set, is below 50 kB.
MAX_REQUEST = 2**20

_CALLBACKS = "/_dash-update-component"
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

_log = logging.getLogger(__name__)


def protect(app: dash.Dash) -> None:
    """Guard an app whose callbacks are all registered."""
    server: Flask = app.server
    server.config.update(TRUSTED_HOSTS=TRUSTED_HOSTS, MAX_CONTENT_LENGTH=MAX_REQUEST)
    server.view_functions[_CALLBACKS] = _forgiving(server.view_functions[_CALLBACKS])
    policy = content_security_policy(app)

    @server.before_request
    def same_origin() -> None:
        if request.method == "POST" and not _is_same_origin():
            abort(HTTPStatus.FORBIDDEN)

    @server.after_request
    def headers(response: Response) -> Response:
        for name, value in {**_HEADERS, "Content-Security-Policy": policy}.items():
            response.headers.setdefault(name, value)
        return response


def content_security_policy(app: dash.Dash) -> str:
    """Return the policy that the page works under: its own files, and the one inline script of Dash by its hash.

    Mantine writes style elements and attributes, so that inline style has to stay.
    """
    scripts = " ".join(["'self'", *dict.fromkeys(app.csp_hashes())])
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _is_same_origin() -> bool:
    """Whether a request comes from our own page, as far as its browser says."""
    origin = request.headers.get("Origin")
    if origin is not None:
        return urlsplit(origin).netloc == request.host
    return request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"


def _forgiving(view: Callable[..., Any]) -> Callable[..., Any]:
    """Return a view that answers 400 where it would break: errors in our own callbacks never come this far."""

    def answer(**arguments: object) -> Any:  # noqa: ANN401 -- whatever the view answers
        try:
            return view(**arguments)
        except HTTPException:
            raise
        except Exception as error:
            _log.warning("refused a malformed request: %s", type(error).__name__)
            return Response("malformed request\n", HTTPStatus.BAD_REQUEST, mimetype="text/plain")

    return answer
