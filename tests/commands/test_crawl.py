"""Wrong use and exit status; what a run does is in tests/end_to_end."""

import pytest


@pytest.mark.parametrize(
    ("arguments", "environment", "words"),
    [
        (["limit=3"], {}, ["term is missing"]),
        (["term=cat", "limit=none"], {}, ["limit"]),
        (["term=cat", "bbox=1 2 3"], {}, ["bbox"]),
        (["term=cat"], {"FLICKR_KEY": ""}, ["FLICKR_KEY", "make demo"]),
        (["term=cat"], {"FLICKR_KEY": "invalid"}, ["100", "Invalid API Key"]),
        (["term=cat"], {"STORE_URI": "redis://x"}, ["STORE_URI"]),
        (["term=cat"], {"IMAGES_STORE": "ftp://x/y"}, ["IMAGES_STORE"]),
        (["term=cat"], {"SECRET_KEY": "short"}, ["44 characters"]),
    ],
)
def test_wrong_use_is_one_line_and_status_2(project, arguments, environment, words):
    done = project.crawl(*arguments, **environment)
    lines = [line for line in done.stderr.splitlines() if "data key lies in" not in line]
    assert done.returncode == 2
    assert len(lines) == 1, done.stderr
    for word in words:
        assert word in lines[0]


def test_an_unknown_spider_is_wrong_use(project):
    done = project.scrapy("crawl", "flicker")
    assert done.returncode == 2
    assert done.stderr.splitlines() == ["scrapy crawl: name one spider of this project: flickr"]
