"""One photo in a drawer: a larger picture, and everything that is plainly known of it."""

from itertools import groupby
from typing import Any

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, html

from dashboard import words
from dashboard.catalog import Catalog, Rows
from dashboard.collection import SEAL, Collection
from dashboard.filters import Filter
from dashboard.panels import parts
from dashboard.pictures import address
from imagescraper.photo import FIELDS, STORED, Photo

DRAWER, HEAD, BODY = "photo", "photo-head", "photo-body"

#: Told in their own way at the top of the drawer; not again in the table of facts.
_TOLD = {"title", "description", "scores", "page_url", "license", "license_url", "credit"}


#: Marks links that leave no trace in the browser's history; see dashboard.js.
_REPLACES: dict[str, Any] = {"data-replace": "true"}


def layout() -> dmc.Drawer:
    """Return the drawer, closed."""
    return dmc.Drawer(
        html.Div(id=BODY),
        id=DRAWER,
        title=html.Span(id=HEAD),
        position="right",
        size="min(560px, 100vw)",
        padding="lg",
        closeButtonProps={"aria-label": "Close"},
    )


def register(app: Dash, collection: Collection) -> None:
    """Open the photo that the address names; closing the drawer takes it out of the address."""

    @app.callback(
        Output(DRAWER, "opened"),
        Output(HEAD, "children"),
        Output(BODY, "children"),
        Input(parts.ADDRESS, "hash"),
        State(parts.ADDRESS, "href"),
    )
    def show(link: object, href: object) -> tuple[bool, Any, Any]:
        id_ = parts.photo_of(link)
        if id_ is None:
            return False, None, None
        photo = collection.photo(id_)
        if photo is None:
            return True, "Photo", parts.blank("picture", "This photo is not in the collection")
        catalog = collection.catalog
        rows = catalog.select(Filter.from_query(_query(href)))
        return True, _neighbours(catalog, rows, catalog.find(id_, rows)), _photo(photo)

    parts.in_browser(app, "closed", Input(DRAWER, "opened"))


def _query(href: object) -> str:
    """Return the query of an address, without its question mark."""
    before, _, _ = href.partition("#") if isinstance(href, str) else ("", "", "")
    return before.partition("?")[2]


def _neighbours(catalog: Catalog, rows: Rows, place: int | None) -> html.Span | str:
    """Return the way to the photos before and after in the gallery's order."""
    if place is None:
        return "Photo"
    before, after = rows[max(place - 1, 0) : place], rows[place + 1 : place + 2]
    return html.Span(
        [
            _step("previous", "Previous photo", catalog.names(before)),
            html.Span(f"Photo {place + 1:,} of {len(rows):,}"),
            _step("next", "Next photo", catalog.names(after)),
        ],
        className="neighbours",
    )


def _step(direction: str, label: str, ids: list[str]) -> html.A | html.Span:
    """Return a link to a neighbour, or an empty place where there is none."""
    sign = parts.icon(direction)
    if not ids:
        return html.Span(sign, className="step step-off")
    return html.A(
        sign,
        href=parts.photo_link(ids[0]),
        className="step",
        id=f"photo-{direction}",
        title=f"{label} ({'left' if direction == 'previous' else 'right'} arrow key)",
        **parts.aria(label=label),
        **_REPLACES,
    )


def _photo(photo: Photo) -> list[Any]:
    """Return everything on one photo."""
    when_where = " · ".join(part for part in (words.place(photo), words.date_taken(photo)) if part)
    return [
        _picture(photo),
        html.H2(words.title(photo), className="photo-title"),
        html.P(when_where, className="photo-where") if when_where else None,
        _license(photo),
        html.P(photo.description, className="photo-description") if photo.description else None,
        _scores(photo),
        *_facts(photo),
        _sealed(photo),
    ]


def _picture(photo: Photo) -> html.Div:
    """Return the larger picture, in a frame that has its shape before it has come."""
    shape = f"{photo.width} / {photo.height}" if photo.width and photo.height else "3 / 2"
    if "preview" not in photo.renditions:
        return html.Div([parts.icon("picture"), "No picture is stored"], className="no-picture photo-picture")
    return html.Div(
        html.Img(src=address("preview", photo.id), alt=words.title(photo), style={"aspectRatio": shape}),
        className="photo-picture",
    )


def _license(photo: Photo) -> html.Div:
    """Return licence, credit, and the way to the photo's own page."""
    name, text, page = (
        words.license_name(photo.license),
        words.safe_link(photo.license_url),
        words.safe_link(photo.page_url),
    )
    return html.Div(
        [
            _away(name, text) if text else html.Span(name),
            html.Span(photo.credit) if photo.credit else None,
            _away("See it at its source", page) if page else None,
        ],
        className="photo-license",
    )


def _away(text: str, url: str) -> html.A:
    """Return a link to another site, which learns nothing of this one."""
    return html.A([text, parts.icon("away")], href=url, target="_blank", rel="noopener noreferrer")


def _scores(photo: Photo) -> html.Div | None:
    """Return the scores, each with who gave it and how much of the label it covers."""
    if not photo.scores:
        return None
    return html.Div([html.H3("Scores"), *[_score(score) for score in photo.scores]])


def _score(score: dict[str, Any]) -> html.Div:
    """Return one score as a bar; a scorer that cannot say has none."""
    value = score["value"]
    told = "cannot say" if value is None else f"{value:.2f}"
    by = ", ".join(
        part
        for part in (
            score.get("scorer"),
            f"coverage {words.value(score['coverage'])}" if score.get("coverage") else "",
        )
        if part
    )
    return html.Div(
        [
            html.Div([html.Span(score["label"]), html.B(told)], className="score-head"),
            html.Div(html.Span(style={"width": f"{100 * (value or 0):.0f}%"}), className="score-bar"),
            html.Div(by, className="score-by"),
        ],
        className="score",
    )


def _facts(photo: Photo) -> list[Any]:
    """Return the plain fields that are known, by their groups; FIELDS keeps the fields of a group together."""
    plain = [FIELDS[name] for name in STORED if not FIELDS[name].sensitive and name not in _TOLD]
    found: list[Any] = []
    for group, fields in groupby(plain, key=lambda entry: entry.group):
        known = [(entry.label, _fact(photo, entry.name)) for entry in fields]
        rows = [row for label, value in known for row in _rows(label, value)]
        if rows:
            found += [html.H3(group), html.Dl(rows)]
    return found


def _fact(photo: Photo, name: str) -> object:
    """Return a field's value, or the words for one that says more than is known."""
    return words.time_taken(photo) if name == "date_taken" else getattr(photo, name)


def _rows(label: str, value: object) -> list[html.Div]:
    """Return a field's line, or a line for each entry of a mapping; nothing where nothing is known."""
    if value is None or value in ([], {}, ""):
        return []
    if isinstance(value, dict):
        return [_row(str(name).replace("_", " "), words.value(part)) for name, part in value.items()]
    return [_row(label, words.value(value))]


def _row(label: str, text: str) -> html.Div:
    """Return one line of a list of facts."""
    return html.Div([html.Dt(label), html.Dd(text)])


def _sealed(photo: Photo) -> html.Div | None:
    """Return which fields are stored under seal; what stands in them is not sent to the browser."""
    labels = [entry.label for entry in FIELDS.values() if getattr(photo, entry.name) is SEAL]
    if not labels:
        return None
    return html.Div(
        [
            html.H3("sealed"),
            html.Ul(
                [html.Li([parts.icon("lock"), label, html.Span("sealed")]) for label in labels], className="sealed"
            ),
        ]
    )
