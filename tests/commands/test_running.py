import pytest
from scrapy.settings import BaseSettings

from imagescraper import settings
from imagescraper.commands.running import NUMBERS, check_numbers
from imagescraper.exceptions import WrongUse

GOOD = {"FLICKR_API_DELAY": "0.5", "FLICKR_API_BUDGET": "3600", "FLICKR_IMAGES_CONCURRENCY": "8", "PATIENCE": "60"}


def test_the_project_s_own_settings_will_do():
    check_numbers(BaseSettings({name: getattr(settings, name) for name in NUMBERS}))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FLICKR_API_DELAY", "-1"), ("FLICKR_API_DELAY", "nan"), ("FLICKR_API_DELAY", "soon"),
        ("FLICKR_API_BUDGET", "0"), ("FLICKR_API_BUDGET", "1.5"), ("FLICKR_API_BUDGET", ""),
        ("FLICKR_IMAGES_CONCURRENCY", "0"), ("FLICKR_IMAGES_CONCURRENCY", None), ("PATIENCE", "an hour"),
    ],
)  # fmt: skip
def test_a_number_that_cannot_work_is_named(name, value):
    with pytest.raises(WrongUse, match=f"the setting {name} is"):
        check_numbers(BaseSettings(GOOD | {name: value}))


@pytest.mark.parametrize("command", ["crawl", "plan"])
def test_wrong_numbers_are_one_line_and_status_2(command, project):
    done = project.scrapy(command, "flickr", "-a", "term=cat", "-s", "FLICKR_IMAGES_CONCURRENCY=0")
    assert done.returncode == 2
    assert done.stderr == (
        f"scrapy {command}: the setting FLICKR_IMAGES_CONCURRENCY is 0: give a whole number, 1 or more\n"
    )
    assert not project.images.parent.exists()
