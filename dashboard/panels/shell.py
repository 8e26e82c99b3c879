"""The page around the panels: header, rail, footer, and what stands there without a collection."""

from typing import Any

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, dcc, html

from dashboard.collection import Collection
from dashboard.panels import detail, gallery, parts, rail

NOTICE = "notice"

_NAVBAR = {"width": 320, "breakpoint": "sm", "collapsed": {"mobile": True}}
_THEME = {
    "primaryColor": "teal",
    "primaryShade": {"light": 9, "dark": 5},
    "autoContrast": True,
    "defaultRadius": "md",
    "fontFamily": "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', sans-serif",
    "respectReducedMotion": True,
}
_ENDORSEMENT = "This product uses the Flickr API but is not endorsed or certified by SmugMug, Inc."
#: What the licences of the data want to be said wherever countries and cities are shown.
_PLACES = "Countries by borders © OpenStreetMap contributors (ODbL) and country-coder; cities © GeoNames (CC BY 4.0)."

#: The page into which Dash writes; only the language is ours.
INDEX = """<!DOCTYPE html>
<html lang="en">
<head>{%metas%}<title>{%title%}</title>{%favicon%}{%css%}</head>
<body>{%app_entry%}{%config%}{%scripts%}{%renderer%}</body>
</html>"""


def layout(collection: Collection) -> dmc.MantineProvider:
    """Return the page for the collection as it is now; without one it is looked for again."""
    if not len(collection.catalog):
        collection.reload()
    return dmc.MantineProvider(
        _explorer(collection) if len(collection.catalog) else _nothing(collection),
        theme=_THEME,
        defaultColorScheme="auto",
    )


def register(app: Dash, collection: Collection) -> None:
    """Let the collection be read anew, and the rail be opened on a small screen."""

    @app.callback(Output("reloaded", "data"), Input("reload", "n_clicks"), prevent_initial_call=True)
    def reload(clicks: object) -> object:
        collection.reload()
        return clicks

    parts.in_browser(app, "reload", Input("reloaded", "data"))
    parts.in_browser(app, "rail", Output("shell", "navbar"), Input("burger", "opened"), State("shell", "navbar"))


def failure() -> dmc.Alert:
    """Return what is shown when a request could not be answered."""
    return dmc.Alert(
        "The photos could not be read. Reload the collection; if that does not help, the dashboard's log says why.",
        title="Something went wrong",
        color="red",
        withCloseButton=True,
        closeButtonLabel="Close",
    )


def _explorer(collection: Collection) -> dmc.AppShell:
    """Return the page with photos."""
    catalog = collection.catalog
    return _shell(
        [
            dmc.AppShellNavbar(rail.layout(catalog), id="rail"),
            dmc.AppShellMain(
                [
                    html.Div(id=NOTICE),
                    gallery.layout(catalog),
                    detail.layout(),
                    dcc.Location(id=parts.ADDRESS, refresh=False),
                    dcc.Store(id=parts.VISITED),
                    dcc.Store(id=parts.SHOWN),
                    _footer(),
                ]
            ),
        ],
        burger=dmc.Burger(id="burger", opened=False, size="sm", hiddenFrom="sm", **parts.aria(label="Filters")),
        navbar=_NAVBAR,
    )


def _nothing(collection: Collection) -> dmc.AppShell:
    """Return the page without photos: why, and how to get some."""
    reason = collection.problem or "the collection holds no photos"
    return _shell(
        dmc.AppShellMain(
            [
                parts.blank(
                    "picture",
                    "Nothing to show yet",
                    html.P(f"{reason[:1].upper()}{reason[1:]}.", className="reason"),
                    html.P("Collect photos of something you care about:"),
                    html.Pre('scrapy crawl flickr -a term="barbary macaque"'),
                    html.P("or try everything with made-up photos, without any key:"),
                    html.Pre("make demo"),
                    html.P("Then press Reload."),
                ),
                _footer(),
            ]
        )
    )


def _shell(children: Any, *, burger: Any = None, **traits: Any) -> dmc.AppShell:  # noqa: ANN401 -- Dash's children
    """Return the frame with its header around some content."""
    header = dmc.AppShellHeader(
        [
            burger,
            html.H1([parts.icon("mark"), "Photo collection"]),
            dmc.Button(
                [parts.icon("reload"), html.Span("Reload", className="said")],
                id="reload",
                variant="default",
                size="xs",
                px=8,
                **parts.aria(label="Reload"),
            ),
            dmc.ColorSchemeToggle(
                lightIcon=parts.icon("sun"),
                darkIcon=parts.icon("moon"),
                variant="default",
                size=30,
                **parts.aria(label="Light or dark"),
            ),
            dcc.Store(id="reloaded"),
        ],
        className="header",
    )
    rest = children if isinstance(children, list) else [children]
    return dmc.AppShell([header, *rest], id="shell", header={"height": 56}, padding="md", **traits)


def _footer() -> html.Footer:
    """Return the foot of the page."""
    return html.Footer([html.P(_ENDORSEMENT), html.P(_PLACES)])
