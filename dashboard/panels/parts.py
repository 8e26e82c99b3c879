"""Small pieces that several panels are made of."""

from collections.abc import Sequence
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, html

from dashboard.filters import Filter

#: The component that follows the browser's address, and those that hold the query that was last visited and the query
#: of what is shown.
ADDRESS, VISITED, SHOWN = "address", "visited", "shown"

#: The address of a photo within the page; a link to it opens the photo.
_PHOTO = "#photo="

#: Marks links that dashboard.js follows without loading the page anew.
_VISITS: dict[str, Any] = {"data-visit": "true"}


def aria(**traits: str) -> dict[str, Any]:
    """Return what assistive technology is told of a component."""
    return {f"aria-{name}": value for name, value in traits.items()}


def in_browser(app: Dash, function: str, *places: Output | Input | State, first: bool = False) -> None:
    """Register a callback that dashboard.js answers; with `first`, also when the page opens."""
    answer = ClientsideFunction("dashboard", function)
    app.clientside_callback(answer, *places, prevent_initial_call=not first)  # type: ignore[no-untyped-call]


def icon(name: str) -> html.Span:
    """Return a drawn sign that says nothing to a screen reader; its shape is in the style sheet."""
    return html.Span(className=f"icon icon-{name}", **aria(hidden="true"))


def visit(text: str, wanted: Filter, **traits: Any) -> html.A:
    """Return a link to the gallery in another state."""
    return html.A(text, href="/" + wanted.to_query(), **_VISITS, **traits)


def photo_link(id_: str) -> str:
    """Return the link that opens a photo."""
    return _PHOTO + id_


def photo_of(link: object) -> str | None:
    """Return which photo a link opens, if it opens any."""
    if not isinstance(link, str) or not link.startswith(_PHOTO):
        return None
    return link.removeprefix(_PHOTO)


def blank(sign: str, heading: str, *children: Any) -> html.Div:
    """Return what stands where photos would stand if there were any."""
    return html.Div(
        [icon(sign), html.H2(heading), *children],
        className="blank",
    )


def bars(heights: Sequence[int]) -> list[html.Span]:
    """Return a small histogram, the highest bar as high as there is room."""
    top = max([1, *heights])
    return [html.Span(style={"height": f"{100 * height / top:.0f}%"}) for height in heights]
