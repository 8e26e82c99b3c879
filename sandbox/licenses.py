"""Flickr's seventeen licences."""

from typing import NamedTuple


class License(NamedTuple):
    """One licence as flickr.photos.licenses.getInfo names it."""

    id: int
    name: str
    url: str


_CREATIVE_COMMONS = "https://creativecommons.org/licenses/"

# Numbers, names and their order as flickr.photos.licenses.getInfo answered in 2025: 11–16 do not follow 1–6.
LICENSES = (
    License(0, "All Rights Reserved", "https://www.flickrhelp.com/hc/en-us/articles/10710266545556"),
    License(1, "CC BY-NC-SA 2.0", f"{_CREATIVE_COMMONS}by-nc-sa/2.0/"),
    License(2, "CC BY-NC 2.0", f"{_CREATIVE_COMMONS}by-nc/2.0/"),
    License(3, "CC BY-NC-ND 2.0", f"{_CREATIVE_COMMONS}by-nc-nd/2.0/"),
    License(4, "CC BY 2.0", f"{_CREATIVE_COMMONS}by/2.0/"),
    License(5, "CC BY-SA 2.0", f"{_CREATIVE_COMMONS}by-sa/2.0/"),
    License(6, "CC BY-ND 2.0", f"{_CREATIVE_COMMONS}by-nd/2.0/"),
    License(7, "No known copyright restrictions", "https://www.flickr.com/commons/usage/"),
    License(8, "United States Government Work", "https://www.usa.gov/government-copyright"),
    License(9, "Public Domain Dedication (CC0)", "https://creativecommons.org/publicdomain/zero/1.0/"),
    License(10, "Public Domain Mark", "https://creativecommons.org/publicdomain/mark/1.0/"),
    License(11, "CC BY 4.0", f"{_CREATIVE_COMMONS}by/4.0/"),
    License(12, "CC BY-SA 4.0", f"{_CREATIVE_COMMONS}by-sa/4.0/"),
    License(13, "CC BY-ND 4.0", f"{_CREATIVE_COMMONS}by-nd/4.0/"),
    License(14, "CC BY-NC 4.0", f"{_CREATIVE_COMMONS}by-nc/4.0/"),
    License(15, "CC BY-NC-SA 4.0", f"{_CREATIVE_COMMONS}by-nc-sa/4.0/"),
    License(16, "CC BY-NC-ND 4.0", f"{_CREATIVE_COMMONS}by-nc-nd/4.0/"),
)
NO_KNOWN_RESTRICTIONS = 7
