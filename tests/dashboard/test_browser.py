"""The page as a visitor meets it, in Chromium."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from dashboard.filters import Filter, ScoreRange
from tests.dashboard import sample
from tests.dashboard.conftest import served

pytestmark = pytest.mark.browser


def watched(page: Page, complaints: list[str]) -> Page:
    """Note whatever a page complains of or asks of another machine."""
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith(("http://127.0.0.1:", "data:")) else complaints.append(request.url)
        ),
    )
    return page


@pytest.fixture
def quiet(page: Page) -> Iterator[Page]:
    """Give a page that must not complain of anything until the end of the test."""
    complaints: list[str] = []
    page.set_default_timeout(15_000)
    yield watched(page, complaints)
    assert complaints == []


def opened(page: Page, address: str, total: str = "200 photos") -> Page:
    page.goto(address)
    expect(page.get_by_role("status")).to_contain_text(total)
    return page


def total(catalog, wanted: Filter) -> str:
    return f"of {len(catalog.select(wanted))} photo"


def test_shows_real_thumbnails_lazily(quiet, site):
    opened(quiet, site)
    expect(quiet.locator(".card")).to_have_count(48)
    first = quiet.locator(".card img").first
    expect(first).to_have_attribute("loading", "lazy")
    expect(first).to_have_js_property("complete", True)  # noqa: FBT003 -- Playwright's signature
    assert first.evaluate("image => image.naturalWidth") > 0
    assert quiet.evaluate("document.documentElement.lang") == "en"
    expect(quiet.get_by_text("This product uses the Flickr API but is not endorsed or certified")).to_be_visible()


def test_chooses_by_term_and_country(quiet, site, catalog):
    opened(quiet, site)
    quiet.get_by_role("combobox", name="Search term").or_(quiet.get_by_label("Search term")).first.click()
    quiet.get_by_role("option", name="monkey cage").click()
    expect(quiet.get_by_role("status")).to_contain_text(total(catalog, Filter(terms=("monkey cage",))))
    quiet.keyboard.press("Escape")
    quiet.get_by_label("Country").first.click()
    quiet.get_by_role("option", name="Kenya").click()
    both = Filter(terms=("monkey cage",), countries=("KE",))
    expect(quiet.get_by_role("status")).to_contain_text(total(catalog, both))
    expect(quiet).to_have_url(f"{site}/{both.to_query()}")
    quiet.get_by_role("link", name="Reset").click()
    expect(quiet.get_by_role("status")).to_contain_text("200 photos")


def test_chooses_by_score_and_views_with_the_keyboard(quiet, site, catalog):
    opened(quiet, site)
    lowest = quiet.get_by_role("slider", name="Lowest monkey score")
    lowest.focus()
    for step in range(1, 21):
        quiet.keyboard.press("ArrowRight")
        # A key that comes before the component has drawn the last one is not counted by it.
        expect(lowest).to_have_attribute("aria-valuenow", f"{step / 100:g}")
    wanted = Filter(scores=(ScoreRange("monkey", 0.2),))
    expect(quiet).to_have_url(f"{site}/{wanted.to_query()}")
    low, high = (quiet.get_by_role("slider", name=f"{end} monkey score") for end in ("Lowest", "Highest"))
    low.drag_to(high)
    wanted = Filter(scores=(ScoreRange("monkey", 1),))
    expect(quiet.get_by_role("status")).to_contain_text(total(catalog, wanted))
    quiet.locator("label", has_text="without a score").nth(1).click()
    expect(quiet.get_by_role("heading", name="No photo matches these filters")).to_be_visible()
    quiet.get_by_role("link", name="Clear all filters").click()
    quiet.get_by_role("slider", name="Most views").press("ArrowLeft")
    expect(quiet).to_have_url(re.compile(r"\?views=\.\.\d+$"))
    high = int(quiet.url.rpartition("..")[2])
    expect(quiet.get_by_role("status")).to_contain_text(total(catalog, Filter(views=(None, high))))


def test_an_address_brings_back_its_state_and_back_goes_back(quiet, site, catalog):
    wanted = Filter(countries=("KE",), scores=(ScoreRange("monkey", 0.5, 0.9, unscored=False),), sort="views")
    opened(quiet, f"{site}/{wanted.to_query()}", total(catalog, wanted))
    expect(quiet.locator(".mantine-Pill-label")).to_have_text(["Kenya"])
    expect(quiet.get_by_role("slider", name="Lowest monkey score")).to_have_attribute("aria-valuenow", "0.5")
    first = catalog.names(catalog.select(wanted)[:1])[0]
    expect(quiet.locator(".card").first).to_have_attribute("href", f"#photo={first}")
    quiet.get_by_role("link", name="Reset").click()
    expect(quiet.get_by_role("status")).to_contain_text("200 photos")
    quiet.go_back()
    expect(quiet.get_by_role("status")).to_contain_text(total(catalog, wanted))
    expect(quiet.locator(".mantine-Pill-label")).to_have_text(["Kenya"])


def test_turns_pages(quiet, site):
    opened(quiet, site)
    quiet.get_by_role("link", name="Page 5").click()
    expect(quiet.get_by_role("status")).to_have_text("Showing 193–200 of 200 photos")
    expect(quiet).to_have_url(f"{site}/?page=5")
    expect(quiet.locator(".card")).to_have_count(8)
    quiet.go_back()
    expect(quiet.get_by_role("status")).to_have_text("Showing 1–48 of 200 photos")
    quiet.go_forward()
    expect(quiet.get_by_role("status")).to_have_text("Showing 193–200 of 200 photos")
    quiet.locator("label", has_text="without a score").first.click()
    expect(quiet.get_by_role("status")).to_contain_text("Showing 1–48")


def test_a_photo_opens_steps_and_closes_by_key(quiet, site):
    opened(quiet, site)
    quiet.locator(".card").first.click()
    drawer = quiet.get_by_role("dialog")
    expect(drawer).to_contain_text("Photo 1 of 200")
    quiet.keyboard.press("ArrowRight")
    expect(drawer).to_contain_text("Photo 2 of 200")
    expect(quiet).to_have_url(f"{site}/#photo=flickr:1198")
    preview = drawer.locator("img")
    expect(preview).to_have_attribute("src", "/pictures/preview/flickr:1198")
    expect(drawer).to_contain_text("sealed")
    assert sample.TOKEN not in quiet.content()
    quiet.keyboard.press("ArrowLeft")
    expect(drawer).to_contain_text("Photo 1 of 200")
    quiet.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(quiet).to_have_url(f"{site}/")


def test_the_arrows_of_a_slider_stay_with_the_slider(quiet, site):
    opened(quiet, site + "/#photo=flickr:1150")
    expect(quiet.get_by_role("dialog")).to_contain_text("Photo 50 of 200")
    quiet.evaluate("document.querySelector('[role=slider]').dispatchEvent("
                   "new KeyboardEvent('keydown', {key: 'ArrowRight', bubbles: true}))")  # fmt: skip
    expect(quiet.get_by_role("dialog")).to_contain_text("Photo 50 of 200")


def test_back_closes_a_photo_and_its_address_opens_it(quiet, site):
    opened(quiet, site)
    quiet.locator(".card").nth(3).click()
    expect(quiet.get_by_role("dialog")).to_contain_text("Photo 4 of 200")
    quiet.go_back()
    expect(quiet.get_by_role("dialog")).to_be_hidden()
    quiet.goto(site + "/#photo=flickr:gone")
    expect(quiet.get_by_role("dialog")).to_contain_text("not in the collection")


def test_words_from_outside_stay_words(quiet, site):
    quiet.goto(site + "/#photo=flickr:1001")
    drawer = quiet.get_by_role("dialog")
    expect(drawer.get_by_role("heading", name=sample.HOSTILE, exact=True)).to_be_visible()
    assert quiet.evaluate("window.__xss") is None
    assert drawer.locator("a[href^=javascript]").count() == 0


def test_follows_the_system_and_the_visitor_into_the_dark(quiet, site):
    quiet.emulate_media(color_scheme="dark")
    opened(quiet, site)
    html = quiet.locator("html")
    expect(html).to_have_attribute("data-mantine-color-scheme", "dark")
    quiet.get_by_role("button", name="Light or dark").click()
    expect(html).to_have_attribute("data-mantine-color-scheme", "light")
    quiet.reload()
    expect(html).to_have_attribute("data-mantine-color-scheme", "light")


def test_a_lost_picture_leaves_a_sign(page, tmp_path):
    settings = sample.write(tmp_path, sample.photos(1))
    for file in settings.images.rglob("*.webp"):
        file.unlink()
    with served(settings) as address:
        opened(page, address + "/#photo=flickr:1000", "1 photo")
        image = page.get_by_role("dialog").locator("img")
        expect(image).to_have_js_property("complete", True)  # noqa: FBT003 -- Playwright's signature
        assert image.evaluate("image => image.naturalWidth") > 0
        page.close()


def test_the_size_of_the_pictures_is_remembered(quiet, site):
    opened(quiet, site)
    width = quiet.locator(".card").first.bounding_box()["width"]
    quiet.get_by_text("L", exact=True).click()
    expect(quiet.locator("#gallery")).to_have_attribute("data-density", "large")
    assert quiet.locator(".card").first.bounding_box()["width"] > width
    quiet.reload()
    expect(quiet.locator("#gallery")).to_have_attribute("data-density", "large")


def test_fits_a_phone(quiet, site):
    quiet.set_viewport_size({"width": 390, "height": 844})
    opened(quiet, site)
    assert quiet.evaluate("document.documentElement.scrollWidth") <= 390
    slider = quiet.get_by_role("slider", name="Most views")
    expect(slider).not_to_be_in_viewport()
    quiet.get_by_role("button", name="Filters").click()
    expect(slider).to_be_in_viewport()
    quiet.get_by_role("button", name="Filters").click()
    expect(slider).not_to_be_in_viewport()
    quiet.locator(".card").first.click()
    expect(quiet.get_by_role("dialog")).to_contain_text("Photo 1 of 200")


def test_a_missing_collection_appears_on_reload(quiet, nowhere, tmp_path):
    with served(nowhere) as address:
        quiet.goto(address)
        expect(quiet.get_by_role("heading", name="Nothing to show yet")).to_be_visible()
        expect(quiet.get_by_text("make demo")).to_be_visible()
        sample.write(tmp_path, sample.photos(5))
        quiet.get_by_role("button", name="Reload").click()
        expect(quiet.get_by_role("status")).to_have_text("Showing 1–5 of 5 photos")


@pytest.mark.parametrize(
    ("path", "scheme"), [("/", "light"), ("/", "dark"), ("/#photo=flickr:1000", "dark"), ("/?term=none", "light")]
)
def test_anyone_can_use_it(browser: Browser, site, scheme, path):
    page = browser.new_page(color_scheme=scheme, reduced_motion="reduce")
    page.goto(site + path)
    expect(page.get_by_role("dialog") if "#" in path else page.get_by_role("status")).to_contain_text(
        re.compile("Photo") if "#" in path else re.compile("photos")
    )
    expect(page.locator(".card img, .blank").first).to_be_visible()
    page.wait_for_function("document.getAnimations().every(animation => animation.playState !== 'running')")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    page.close()
    violations = [(rule["id"], rule["nodes"][0]["html"]) for rule in found.response["violations"]]
    assert violations == []
