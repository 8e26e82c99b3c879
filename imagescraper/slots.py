"""Download slots: requests name their pace, so that politeness does not depend on host names."""

from typing import Any

from scrapy.settings import BaseSettings

API_SLOT = "flickr-api"
IMAGES_SLOT = "flickr-images"
WIKIDATA_SLOT = "wikidata"

#: Seconds between the starts of two downloads of pictures. Any delay above 0 will do: without one, Scrapy from 2.14
#: on lets all waiting media requests go at once, whatever the slot's concurrency.
IMAGES_DELAY = 0.001

#: Seconds between two questions to Wikidata, which asks for one at a time and states no rate.
WIKIDATA_DELAY = 0.5


def download_slots(settings: BaseSettings) -> dict[str, dict[str, Any]]:
    """Return DOWNLOAD_SLOTS: one API call at a time, `FLICKR_API_DELAY` seconds apart; a few pictures at a time.

    Wikidata is asked one question at a time, too.
    """
    return {
        API_SLOT: {"concurrency": 1, "delay": settings.getfloat("FLICKR_API_DELAY"), "jitter": 0.0},
        IMAGES_SLOT: {
            "concurrency": settings.getint("FLICKR_IMAGES_CONCURRENCY"),
            "delay": IMAGES_DELAY,
            "jitter": 0.0,
        },
        WIKIDATA_SLOT: {"concurrency": 1, "delay": WIKIDATA_DELAY, "jitter": 0.0},
    }


def meta(slot: str) -> dict[str, Any]:
    """Return the meta of a request that waits in a slot.

    robots.txt is not asked for: the API and its pictures are used under the API's terms.
    """
    return {"download_slot": slot, "dont_obey_robotstxt": True}
