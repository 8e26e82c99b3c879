"""Wrong use and exit status; what a run does is in tests/end_to_end."""

import pytest

from imagescraper.arguments import FlickrArguments


@pytest.mark.parametrize(
    ("arguments", "environment", "words"),
    [
        (["limit=3"], {}, ["nothing is asked for", "term"]),
        (["term=cat", "license=gpl"], {}, ["license", "cc-by"]),
        (["term=cat", "uploaded=2100"], {}, ["uploaded"]),
        (["near=118.11,5.84"], {}, ["near", "latitude"]),
        (["term=cats", "languages=es"], {}, ["cats", "entity"]),
        (["term=cat", "languages=es", "entity=Q1"], {}, ["Q1", "wikidata.org"]),
        (["term=cat", "languages=es"], {"WIKIDATA_API_URL": "http://127.0.0.1:1/"}, ["does not answer", "term="]),
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
    assert (done.returncode, done.stdout) == (2, "")
    assert len(lines) == 1, done.stderr
    for word in words:
        assert word in lines[0]


def test_nothing_is_asked_of_flickr_without_words(project, sandbox):
    before = sandbox.stats()["methods"]
    assert project.crawl("term=cat", "languages=xx").returncode == 2
    assert sandbox.stats()["methods"] == before


def test_help_lists_all_arguments(project):
    done = project.crawl("help=1")
    assert (done.returncode, done.stderr) == (0, "")
    for name in FlickrArguments.model_fields:
        assert f"-a {name}=" in done.stdout
    assert list(project.folder.iterdir()) == []


def test_an_unknown_spider_is_wrong_use(project):
    done = project.scrapy("crawl", "flicker")
    assert done.returncode == 2
    assert done.stderr.splitlines() == ["scrapy crawl: name one spider of this project: flickr"]
