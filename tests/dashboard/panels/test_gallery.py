import pytest

from dashboard.filters import Filter
from dashboard.panels import gallery
from imagescraper.photo import Photo


@pytest.mark.parametrize(
    ("total", "page", "text"),
    [
        (0, 1, "No photos"),
        (1, 1, "Showing 1–1 of 1 photo"),
        (48, 1, "Showing 1–48 of 48 photos"),
        (1234, 2, "Showing 49–96 of 1,234 photos"),
        (1234, 26, "Showing 1,201–1,234 of 1,234 photos"),
    ],
)
def test_count_says_what_is_shown(total, page, text):
    assert gallery.count_text(total, page) == text


@pytest.mark.parametrize(("total", "pages"), [(0, 1), (1, 1), (48, 1), (49, 2), (1234, 26)])
def test_no_photo_is_beyond_the_last_page(total, pages):
    assert gallery.last_page(total) == pages
    assert gallery.page_of(Filter(page=9999), total) == pages


def test_a_card_says_title_place_licence_and_scores():
    scores = [{"label": "owl", "value": 0.876}, {"label": "cage", "value": None}]
    photo = Photo(
        "flickr", "1", title="Barn owl", city="Leiden", country="Netherlands", license="cc0-1.0", scores=scores
    )
    card = str(gallery.card(photo).to_plotly_json())
    for text in ("Barn owl", "Leiden, Netherlands", "CC0 1.0", "owl", "0.88", "#photo=flickr:1", "No picture"):
        assert text in card
    assert "cage" not in card
