"""What is asked for is what is stored; each search has a collection of its own and no pictures."""

import math

import pytest

from imagescraper.flickr.licenses import LICENSES
from imagescraper.privacy.keys import Keyring
from imagescraper.privacy.vault import Vault

SANDAKAN = (5.868, 118.056)


def kilometres(row):
    """Return how far a photo is from Sandakan."""
    north = row["latitude"] - SANDAKAN[0]
    east = (row["longitude"] - SANDAKAN[1]) * math.cos(math.radians(SANDAKAN[0]))
    return math.hypot(north, east) * 111.2


def stored(project, *arguments):
    """Make a search and return its rows."""
    done = project.crawl(*arguments, "size=none")
    assert done.returncode == 0, done.stderr
    rows = project.rows()
    assert rows
    return rows


def test_around_a_point(project):
    assert all(kilometres(row) < 20 for row in stored(project, "near=5°52'N 118°3'E", "radius=19.9"))


def test_by_licence_and_time_of_taking(project):
    rows = stored(project, "term=cat", "license=commercial", "taken=2012-01-01..2018-06-30")
    allowed = {entry.slug for entry in LICENSES.values() if "-nc" not in entry.slug} - {"all-rights-reserved"}
    assert {row["license"] for row in rows} <= allowed
    assert all("2012-01-01" <= f"{row['date_taken']:%Y-%m-%d}" <= "2018-06-30" for row in rows if row["date_taken"])


def test_by_tags(project):
    rows = stored(project, "tags=cat,whiskers,-light", "tag_mode=all")
    assert all({"cat", "whiskers"} <= set(row["tags"]) and "light" not in row["tags"] for row in rows)
    assert {tuple(row["search_terms"]) for row in rows} == {("cat,whiskers,-light",)}


def test_the_first_by_another_order(project):
    stored(project, "term=cat", "sort=interestingness-desc", "limit=5")
    assert project.report()["stored"] == 5
    faves = min(row["faves"] * 10 + row["comment_count"] * 20 + row["views"] for row in project.rows())
    everything = stored(project, "term=cat")
    better = sum(row["faves"] * 10 + row["comment_count"] * 20 + row["views"] > faves for row in everything)
    assert better <= 4


@pytest.fixture
def member(project):
    """Return the NSID of a member who has photos."""
    row = stored(project, "term=cat", "limit=1")[0]
    return Vault(Keyring.from_file(project.key_file)).open(row)["owner"]


def test_a_member_is_searched_and_named_nowhere(project, member):
    done = project.crawl(f"user={member}", "size=none")
    assert done.returncode == 0
    rows = project.rows()
    assert len({row["owner_key"] for row in rows}) == 1
    files = [path.read_bytes() for path in project.folder.rglob("*") if path.is_file()]
    assert member.encode() not in b"\n".join([*files, done.stdout.encode(), done.stderr.encode()])
