"""The one round of the dashboard: the state changes, the catalog is asked once, count and photos and facets follow.

An address that is visited sets the controls; controls that change ask for photos; what is shown is written into the
address. Each step leads to the next and none back, so that a quick hand never meets an answer to what it did before.
"""

from collections.abc import Mapping
from typing import Any

from dash import ALL, Dash, Input, Output, State

from dashboard.catalog import Catalog
from dashboard.collection import Collection
from dashboard.filters import Filter
from dashboard.panels import gallery, parts, rail

#: The controls that make the state, by the names that `rail.values` and `rail.wanted` know them by.
_CONTROLS: dict[str, tuple[Any, str]] = {
    "terms": (rail.TERMS, "value"),
    "countries": (rail.COUNTRIES, "value"),
    "views": (rail.VIEWS, "value"),
    "scores": ({"type": rail.SCORE, "label": ALL}, "value"),
    "unscored": ({"type": rail.UNSCORED, "label": ALL}, "checked"),
    "sort": (gallery.SORT, "value"),
}
_FACETS: dict[str, tuple[Any, str]] = {
    "terms": (rail.TERMS, "data"),
    "countries": (rail.COUNTRIES, "data"),
    "views_bars": (rail.VIEWS_BARS, "children"),
    "views_text": (rail.VIEWS_TEXT, "children"),
    "score_bars": ({"type": rail.SCORE_BARS, "label": ALL}, "children"),
    "score_text": ({"type": rail.SCORE_TEXT, "label": ALL}, "children"),
    "unscored": ({"type": rail.UNSCORED, "label": ALL}, "label"),
}
_LABELS = State({"type": rail.SCORE, "label": ALL}, "id")


def register(app: Dash, collection: Collection) -> None:
    """Tie the address, the controls and the gallery to each other."""
    parts.in_browser(app, "arrive", Output(parts.VISITED, "data"), Input(parts.VISITED, "id"), first=True)
    parts.in_browser(app, "show", Input(parts.SHOWN, "data"))

    @app.callback(
        output={name: Output(*place) for name, place in _CONTROLS.items()},
        inputs={"visited": Input(parts.VISITED, "data"), "ids": _LABELS},
        prevent_initial_call=True,
    )
    def visit(visited: object, ids: object) -> dict[str, Any]:
        catalog = collection.catalog
        return rail.values(Filter.from_query(visited), catalog, _labels(ids, catalog))

    @app.callback(
        output={
            "query": Output(parts.SHOWN, "data"),
            "facets": {name: Output(*place) for name, place in _FACETS.items()},
            "count": Output(gallery.COUNT, "children"),
            "grid": Output(gallery.GRID, "children"),
            "pages": Output(gallery.PAGES, "children"),
        },
        inputs={
            "controls": {name: Input(*place) for name, place in _CONTROLS.items()},
            "visited": State(parts.VISITED, "data"),
            "ids": _LABELS,
        },
        prevent_initial_call=True,
    )
    def explore(controls: Mapping[str, Any], visited: object, ids: object) -> dict[str, Any]:
        catalog = collection.catalog
        labels = _labels(ids, catalog)
        wanted = Filter.from_query(visited)
        if rail.values(wanted, catalog, labels) != dict(controls):
            # From here on the controls count; until then the address, which is more exact and knows the page.
            wanted = rail.wanted(controls, catalog, labels)
        rows = catalog.select(wanted)
        page = gallery.page_of(wanted, len(rows))
        photos = collection.photos(catalog.names(gallery.rows_of(rows, page)))
        return {
            "query": wanted.to_query(),
            "facets": rail.facets(wanted, catalog, labels),
            "count": gallery.count_text(len(rows), page),
            "grid": gallery.grid(photos),
            "pages": gallery.pages(wanted, page, len(rows)),
        }


def _labels(ids: Any, catalog: Catalog) -> list[str]:  # noqa: ANN401 -- anything may come from outside
    """Return the labels of the page's score filters, in its order."""
    found = [id_.get("label") for id_ in ids if isinstance(id_, dict)] if isinstance(ids, list) else []
    return [label for label in found if isinstance(label, str) and label in catalog.scores]
