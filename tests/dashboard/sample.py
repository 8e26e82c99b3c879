"""A made-up collection in a real store with real pictures, for whatever a dashboard test wants to look at."""

import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PIL import Image

from dashboard.settings import Settings
from imagescraper.photo import Photo
from imagescraper.store import open_store

PLACES = (
    ("KE", "Kenya", "Nakuru"), ("KE", "Kenya", "Nairobi"), ("IN", "India", "Jaipur"), ("JP", "Japan", "Nagano"),
    ("ID", "Indonesia", "Ubud"), ("GI", "Gibraltar", "Gibraltar"), ("CR", "Costa Rica", "Quepos"),
    ("GB", "United Kingdom", "London"), (None, None, None),
)  # fmt: skip
LICENSES = ("cc-by-2.0", "cc-by-nc-nd-4.0", "all-rights-reserved", "cc0-1.0", None)
TITLES = ("Snow monkey at dusk", "Waiting", "Morning in the reserve", "Vervet with young", "DSC_0042", None)
EPOCH = datetime(2012, 1, 1, tzinfo=UTC)
SIZES = ((1024, 683), (683, 1024), (1024, 768), (1000, 1000))
TOKEN = "a1b2c3d4:gAAAAABsealed-and-never-to-be-seen"
HOSTILE = '<img src=x onerror="window.__xss=1"> [a](javascript:window.__xss=1) **b** {{7*7}}'

Painter = Callable[[int, tuple[int, int]], Image.Image]


def photos(count: int = 200, seed: int = 7) -> list[Photo]:
    """Return photos of every kind: with and without place, views, scores, date, picture; one with hostile words."""
    dice = random.Random(seed)
    return [_photo(number, dice) for number in range(count)]


def _photo(number: int, dice: random.Random) -> Photo:
    code, country, city = dice.choice(PLACES)
    width, height = dice.choice(SIZES)
    name = f"{1000 + number}.webp"
    terms = dice.choice((["monkey wild"], ["monkey cage"], ["monkey wild", "monkey cage"]))
    photo = Photo(
        source="flickr", photo_id=str(1000 + number), page_url=f"https://www.flickr.com/photo.gne?id={1000 + number}",
        media="photo", license=dice.choice(LICENSES), search_terms=terms, run_ids=["run-1"],
        license_url="https://creativecommons.org/licenses/by/2.0/", credit="Photo on Flickr, CC BY 2.0",
        title=dice.choice(TITLES), description="Seen from the road.\nA long lens helped.", tags=["monkey", "wildlife"],
        owner_name=TOKEN, owner=TOKEN, exif=TOKEN, owner_key="0" * 32,  # type: ignore[arg-type]
        date_taken=EPOCH + timedelta(days=dice.randrange(4000)) if dice.random() < 0.9 else None,
        date_taken_granularity=0, downloaded_at=datetime(2026, 11, 20, 12, tzinfo=UTC),
        country_code=code, country=country, city=city, latitude=dice.uniform(-40, 40) if code else None,
        longitude=dice.uniform(-100, 140) if code else None,
        views=int(10 ** dice.uniform(0, 4.6)) if number % 20 else None,
        width=width, height=height, filename=name, bytes=120_000, camera={"make": "NIKON", "exposure_time": 0.004},
        scores=[
            {"label": label, "value": round(dice.betavariate(a, 2), 4) if dice.random() < 0.85 else None,
             "scorer": "local EfficientNet-Lite2", "coverage": "exact"}
            for label, a in (("cage", 1), ("monkey", 5))
        ],
        renditions={"thumbnail": f"thumbnails/{name}", "preview": f"previews/{name}"} if number % 25 != 3 else {},
        state="stored",
    )  # fmt: skip
    if number == 1:
        photo.title = photo.description = photo.city = photo.credit = HOSTILE
        photo.page_url = "javascript:window.__xss=1"
    return photo


def paint(number: int, size: tuple[int, int]) -> Image.Image:
    """Return a small plain picture of a size's shape, with a colour of its own."""
    return Image.new(
        "RGB", (size[0] // 8, size[1] // 8), ((number * 53) % 256, (number * 97) % 256, (number * 31) % 256)
    )


def write(folder: Path, entries: Sequence[Photo], painter: Painter = paint) -> Settings:
    """Store photos and their pictures below a folder, and return the settings that show them."""
    images = folder / "images"
    for sort in ("thumbnails", "previews"):
        (images / sort).mkdir(parents=True, exist_ok=True)
    for number, photo in enumerate(entries):
        if photo.renditions:
            picture = painter(number, (photo.width or 640, photo.height or 480))
            picture.thumbnail((640, 640))
            picture.save(images / photo.renditions["preview"], method=0)
            picture.thumbnail((256, 256))
            picture.save(images / photo.renditions["thumbnail"], method=0)
    database = folder / "photos.sqlite"
    store = open_store(f"sqlite:///{database}")
    store.upsert([photo.document() for photo in entries], {})
    store.close()
    return Settings(store_uri=f"sqlite:///{database}", images=images)
