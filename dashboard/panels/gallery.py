"""The photos that the filter keeps, a page at a time."""

from dataclasses import replace

import dash_mantine_components as dmc
from dash import Dash, Input, Output, html

from dashboard import words
from dashboard.catalog import DEFAULT_SORT, Catalog, Rows
from dashboard.filters import Filter
from dashboard.panels import parts
from dashboard.pictures import Kind, address
from imagescraper.photo import Photo

#: Divides by 2, 3, 4, 6 and 8, so that a full page ends in a full line at most widths.
PAGE_SIZE = 48

#: The longer sides of the pictures in pixels, as the crawl makes them.
_SIDES: dict[Kind, int] = {"thumbnail": 256, "preview": 640}

COUNT, GRID, PAGES, SORT, DENSITY = "count", "grid", "pages", "sort", "density"


def layout(catalog: Catalog) -> html.Div:
    """Return the panel: the count and how to look above, the photos, the pages below."""
    return html.Div(
        [
            html.Div([_count(), html.Div([_sort(catalog), _density()], className="looks")], className="toolbar"),
            html.Div(id=GRID, className="grid-room"),
            html.Nav(id=PAGES, className="pages", **parts.aria(label="Pages")),
        ],
        className="gallery",
        id="gallery",
    )


def register(app: Dash) -> None:
    """Let the size of the pictures be chosen, without asking the server."""
    parts.in_browser(app, "density", Output("gallery", "data-density"), Input(DENSITY, "value"), first=True)


def grid(photos: list[Photo]) -> html.Ul | html.Div:
    """Return a page of photos, or what to do when no photo matches."""
    if not photos:
        return parts.blank(
            "search",
            "No photo matches these filters",
            html.P("Widen a range, or take a country or a search term away."),
            parts.visit("Clear all filters", Filter()),
        )
    return html.Ul([html.Li(card(photo)) for photo in photos], className="grid")


def card(photo: Photo) -> html.A:
    """Return one photo with its caption, as a link that opens it."""
    facts = (words.place(photo) or "Place unknown", words.license_name(photo.license))
    return html.A(
        [
            html.Div([picture(photo), _badges(photo)], className="card-picture"),
            html.Div(words.title(photo), className="card-title"),
            html.Div([html.Div(fact) for fact in facts], className="card-facts"),
        ],
        href=parts.photo_link(photo.id),
        className="card",
    )


def picture(photo: Photo) -> dmc.Image | html.Div:
    """Return a photo's thumbnail, or a sign where none is stored."""
    if "thumbnail" not in photo.renditions:
        return html.Div([parts.icon("picture"), "No picture"], className="no-picture")
    return dmc.Image(
        src=address("thumbnail", photo.id),
        alt="",
        attributes={"root": {"loading": "lazy", "decoding": "async", **_sharper(photo)}},
    )


def _sharper(photo: Photo) -> dict[str, str]:
    """Return the attributes by which a browser takes the preview where the thumbnail is too small for the place."""
    if "preview" not in photo.renditions or not photo.width or not photo.height:
        return {}
    share = photo.width / max(photo.width, photo.height)
    choices = [f"{address(kind, photo.id)} {round(side * share)}w" for kind, side in _SIDES.items()]
    return {"srcSet": ", ".join(choices), "sizes": "auto, 220px"}


def count_text(total: int, page: int) -> str:
    """Return which photos are shown: Showing 1-48 of 1,234 photos."""
    if not total:
        return "No photos"
    first = (page - 1) * PAGE_SIZE + 1
    return f"Showing {first:,}–{min(total, page * PAGE_SIZE):,} of {words.count(total, 'photo')}"


def last_page(total: int) -> int:
    """Return how many pages a number of photos fills, at least one."""
    return max(1, -(-total // PAGE_SIZE))


def page_of(wanted: Filter, total: int) -> int:
    """Return the page to show: the wanted one, or the last if there are not as many."""
    return min(wanted.page, last_page(total))


def rows_of(rows: Rows, page: int) -> Rows:
    """Return the rows of one page."""
    return rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]


def pages(wanted: Filter, page: int, total: int) -> list[html.A | html.Span]:
    """Return links to the first, the last and the neighbouring pages; none where one page holds everything."""
    last = last_page(total)
    if last == 1:
        return []
    links: list[html.A | html.Span] = []
    before = 0
    for number in sorted({1, last, *range(max(page - 2, 1), min(page + 2, last) + 1)}):
        if number > before + 1:
            links.append(html.Span("…"))
        here = parts.aria(current="page") if number == page else {}
        links.append(
            parts.visit(f"{number:,}", replace(wanted, page=number), **parts.aria(label=f"Page {number:,}"), **here)
        )
        before = number
    return links


def _badges(photo: Photo) -> html.Div:
    """Return the scores of a photo that has any."""
    return html.Div(
        [
            html.Span([score["label"], html.B(f"{score['value']:.2f}")], className="badge")
            for score in photo.scores
            if score["value"] is not None
        ],
        className="badges",
    )


def _count() -> html.P:
    """Return the line that says how many photos there are, and tells screen readers when it changes."""
    return html.P(id=COUNT, className="count", role="status", **parts.aria(live="polite"))


def _sort(catalog: Catalog) -> dmc.Select:
    """Return the choice of an order: the general ones, and one for each score."""
    return dmc.Select(
        id=SORT,
        data=[{"value": value, "label": label} for value, label in catalog.sorts.items()],
        value=DEFAULT_SORT,
        allowDeselect=False,
        checkIconPosition="right",
        size="sm",
        w=200,
        attributes={"input": {"aria-label": "Sort by"}},
    )


def _density() -> dmc.SegmentedControl:
    """Return the choice of the pictures' size, which the browser remembers."""
    return dmc.SegmentedControl(
        id=DENSITY,
        data=[
            {"value": size, "label": html.Span(sign, title=f"{size} pictures".capitalize())}
            for size, sign in (("small", "S"), ("medium", "M"), ("large", "L"))
        ],
        value="medium",
        size="sm",
        persistence=True,
        **parts.aria(label="Size of the pictures"),
    )
