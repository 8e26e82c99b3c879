"""Builds the dashboard; `gunicorn dashboard.app:server` serves it with the settings of the environment."""

import atexit
import logging
from functools import cache, partial
from typing import Any

import dash
from flask import Flask

from dashboard import explore, security
from dashboard.collection import Collection
from dashboard.panels import detail, gallery, shell
from dashboard.pictures import pictures
from dashboard.settings import Settings

_log = logging.getLogger(__name__)


def create_app(collection: Collection) -> dash.Dash:
    """Return the dashboard over a collection, which may be missing yet; whoever opened it closes it."""
    app = dash.Dash(
        __name__,
        title="Photo collection",
        update_title="",
        index_string=shell.INDEX,
        # Without a collection the page has no filters, and so not every component that callbacks name.
        suppress_callback_exceptions=True,
        serve_locally=True,
        enable_mcp=False,
        on_error=_failed,
        add_log_handler=False,
    )
    app.layout = partial(shell.layout, collection)
    explore.register(app, collection)
    gallery.register(app)
    detail.register(app, collection)
    shell.register(app, collection)
    app.server.register_blueprint(pictures(collection))
    security.protect(app)
    # Dash would ask a server of Plotly whether there is a newer version.
    app.enable_dev_tools(debug=False, dev_tools_disable_version_check=True)
    return app


def _failed(error: Exception) -> None:
    """Log an error of a callback and say on the page that there was one; everything else stays as it is."""
    _log.error("a request could not be answered", exc_info=error)
    dash.set_props(shell.NOTICE, {"children": shell.failure()})


def make_server(settings: Settings) -> Flask:
    """Return the server over the collection that the settings name, which stays open as long as the process."""
    collection = Collection(settings)
    atexit.register(collection.close)
    server: Flask = create_app(collection).server
    return server


@cache
def _server() -> Flask:
    """Return the server over the settings of the environment."""
    return make_server(Settings.from_environment())


def __getattr__(name: str) -> Any:  # noqa: ANN401 -- as the language has it
    """Make `server` when it is asked for, so that importing this module reads no environment and opens no store."""
    if name == "server":
        return _server()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
