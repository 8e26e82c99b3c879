import time
from datetime import UTC, datetime

import numpy as np
import pytest

from sandbox.generated import FIRST_UPLOAD, LAST_UPLOAD
from sandbox.licenses import LICENSES

from .conftest import make_world

EXTRAS = "description,tags,date_upload,date_taken,geo,license,media,owner_name,machine_tags,content_type,views"
EVERYTHING = {"min_upload_date": 1}
WORLD_BOX = "-180,-90,180,90"


def all_rows(world, **arguments):
    """Page to the end as a naive client does."""
    rows, page = [], 1
    while True:
        answer = world.search(extras=EXTRAS, per_page=500, page=page, **arguments)
        rows += answer["photo"]
        if page >= answer["pages"]:
            return rows
        page += 1


def words_of(row):
    return f"{row['title']} {row['description']['_content']} {row['tags']}".casefold()


def ids(rows):
    return [row["id"] for row in rows]


def test_all_words_are_needed(world):
    both = all_rows(world, text="cat pet")
    assert both
    assert all("cat" in words_of(row) and "pet" in words_of(row) for row in both)


def test_a_hyphen_excludes(world):
    with_, without, all_ = (all_rows(world, text=text) for text in ("animal cat", "animal -cat", "animal"))
    assert with_
    assert without
    assert sorted(ids(with_) + ids(without)) == sorted(ids(all_))


@pytest.mark.parametrize("word", ["猫", "gato", "кошка", "قطة", "fusée", "SILHOUETTE", "Kyoto"])
def test_words_of_any_language_find_photos(large_world, word):
    rows = large_world.search(text=word, extras=EXTRAS, per_page=500)["photo"]
    assert rows
    assert all(word.casefold() in words_of(row) for row in rows)


def test_a_quoted_phrase_is_found_as_it_stands(world):
    rows = all_rows(world, text='"morning light"')
    assert rows
    assert all("morning light" in words_of(row) for row in rows)


def test_tags_are_alternatives_unless_all_are_asked_for(world):
    cats, flowers, either, both = (
        set(ids(all_rows(world, **arguments)))
        for arguments in (
            {"tags": "cat"},
            {"tags": "flower"},
            {"tags": "cat,flower"},
            {"tags": "cat,pet", "tag_mode": "all"},
        )
    )
    assert either == cats | flowers
    assert both
    assert both <= cats
    assert set(ids(all_rows(world, tags="cat,-pet"))) == cats - both


def test_a_glued_tag_is_found_by_either_spelling(world):
    assert ids(all_rows(world, tags="Motion Blur")) == ids(all_rows(world, tags="motionblur"))
    assert all_rows(world, tags="Space Suit")


def test_machine_tags_take_wildcards(large_world):
    for pattern in ('taxonomy:binomial="Felis catus"', "taxonomy:", "taxonomy:binomial=", "*:binomial=felis*"):
        rows = large_world.search(machine_tags=pattern, extras=EXTRAS)["photo"]
        assert rows
        assert all("Felis catus" in row["machine_tags"] or pattern == "taxonomy:" for row in rows)
    assert not large_world.search(machine_tags="taxonomy:binomial=canis")["photo"]


@pytest.mark.parametrize("form", [str, lambda moment: f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%d %H:%M:%S}"])
def test_upload_windows_are_inclusive_and_take_both_forms(world, form):
    moments = np.sort(world.collection.columns.uploaded).tolist()
    low, high = moments[100], moments[200]
    rows = all_rows(world, min_upload_date=form(low), max_upload_date=form(high))
    assert sorted(int(row["dateupload"]) for row in rows) == moments[100:201]


def test_windows_of_upload_part_the_photos_without_loss(large_world):
    middle = (FIRST_UPLOAD + LAST_UPLOAD) // 2
    count = large_world.search(text="cat", max_upload_date=middle, per_page=1)["total"]
    rest = large_world.search(text="cat", min_upload_date=middle + 1, per_page=1)["total"]
    columns = large_world.collection.columns
    assert 0 < int(count) < 4000
    assert int(count) + int(rest) == len(large_world.rest._search._filters.mask({"text": "cat"}).nonzero()[0])
    assert columns.uploaded.max() <= LAST_UPLOAD


def test_taken_windows_go_by_the_photographers_time(world):
    rows = all_rows(world, min_taken_date="2015-01-01", max_taken_date="2015-12-31 23:59:59")
    assert rows
    assert {row["datetaken"][:4] for row in rows} == {"2015"}


def test_a_box_holds_what_is_in_it(world):
    rows = all_rows(world, bbox="120,-20,180,50", **EVERYTHING)
    assert rows
    assert all(120 <= float(row["longitude"]) <= 180 and -20 <= float(row["latitude"]) <= 50 for row in rows)
    geo = all_rows(world, has_geo=1, **EVERYTHING)
    assert len(all_rows(world, bbox=WORLD_BOX, **EVERYTHING)) == len(geo)
    assert len(all_rows(world, has_geo=0, **EVERYTHING)) + len(geo) == len(world.collection)


def test_a_radius_is_a_circle_sorted_by_distance(large_world):
    arguments = {"lat": 35.011, "lon": 135.768, **EVERYTHING}
    near, far = (all_rows(large_world, radius=radius, **arguments) for radius in (0.5, 30))
    assert far
    assert len(near) < len(far)
    assert all(abs(float(row["latitude"]) - 35.011) < 0.3 for row in far)
    away = [np.hypot(float(row["latitude"]) - 35.011, (float(row["longitude"]) - 135.768) * 0.819) for row in far]
    assert away == sorted(away)


def test_other_filters_mean_what_they_say(large_world):
    search = large_world.search
    licensed = search(license="9,10", per_page=500, extras=EXTRAS, **EVERYTHING)["photo"]
    assert {row["license"] for row in licensed} == {"9", "10"}
    videos = search(media="videos", per_page=500, extras=EXTRAS, **EVERYTHING)["photo"]
    assert {row["media"] for row in videos} == {"video"}
    screens = search(content_types="1,3", per_page=500, extras=EXTRAS, **EVERYTHING)["photo"]
    assert {row["content_type"] for row in screens} == {"1", "3"}
    assert ids(search(content_type=2, **EVERYTHING)["photo"]) == ids(search(content_types=1, **EVERYTHING)["photo"])
    outdoors = search(geo_context=2, per_page=500, extras=EXTRAS, **EVERYTHING)["photo"]
    assert {row["context"] for row in outdoors} == {2}
    precise = search(accuracy=15, per_page=500, extras=EXTRAS, **EVERYTHING)["photo"]
    assert {row["accuracy"] for row in precise} == {"15", "16"}
    commons = search(is_commons=1, extras=EXTRAS)["photo"]
    assert {row["license"] for row in commons} == {"7"}
    owner = large_world.collection.owners[0]
    assert {row["owner"] for row in search(user_id=owner.nsid)["photo"]} == {owner.nsid}
    place = next(row for row in search(has_geo=1, extras="geo", **EVERYTHING)["photo"])
    there = search(woe_id=place["woeid"], extras="geo")["photo"]
    assert {row["place_id"] for row in there} == {place["place_id"]}
    assert len(LICENSES) == 17


@pytest.mark.parametrize(
    ("sort", "key"),
    [
        ("date-posted-asc", lambda row: int(row["dateupload"])),
        ("date-posted-desc", lambda row: -int(row["dateupload"])),
        ("date-taken-asc", lambda row: row["datetaken"]),
        ("", lambda row: -int(row["dateupload"])),
    ],
)
def test_sorting(world, sort, key):
    keys = [key(row) for row in all_rows(world, text="cat", sort=sort)]
    assert keys == sorted(keys)


def test_relevance_puts_titles_first(world):
    rows = all_rows(world, text="cat", sort="relevance")
    titled = ["cat" in row["title"].casefold().replace(",", "").replace(":", "").split() for row in rows]
    assert titled == sorted(titled, reverse=True)
    assert any(titled)


def test_four_thousand_are_shown_and_the_total_is_not_capped(large_world):
    answer = large_world.search(text="cat", per_page=500, page=8)
    assert int(answer["total"]) > 4000
    assert answer["pages"] == -(-int(answer["total"]) // 500)
    assert len(answer["photo"]) == 500
    beyond = large_world.search(text="cat", per_page=500, page=9)
    assert beyond["page"] == 9
    assert ids(beyond["photo"]) == ids(answer["photo"])
    rows = all_rows(large_world, text="cat")
    assert len(set(ids(rows))) == 4000
    assert len(rows) > 4000


def test_geo_pages_hold_250_and_say_so(large_world):
    answer = large_world.search(bbox=WORLD_BOX, text="cat", per_page=500, **EVERYTHING)
    assert answer["perpage"] == 250
    assert len(answer["photo"]) == 250
    assert large_world.search(lat=35.0, lon=135.8, radius=30, per_page=500, **EVERYTHING)["perpage"] == 250
    assert large_world.search(text="cat", per_page=9999)["perpage"] == 500


def test_a_short_list_ends(world):
    answer = world.search(text="cat", per_page=100, page=99)
    assert answer["photo"] == []
    nothing = world.search(text="nosuchword")
    assert (nothing["pages"], int(nothing["total"]), nothing["photo"]) == (0, 0, [])


@pytest.mark.parametrize("agent", [{"tags": "cat"}, {"min_upload_date": 1}, {"min_taken_date": "2005-01-01"}])
def test_a_box_without_a_limiting_agent_shows_the_last_twelve_hours(world, agent):
    assert world.search(bbox=WORLD_BOX)["total"] == 0
    assert world.search(bbox=WORLD_BOX, text="cat")["total"] == 0
    assert world.search(bbox=WORLD_BOX, **agent)["total"] > 0


def test_the_twelve_hours_are_those_before_now(world, monkeypatch):
    columns = world.collection.columns
    newest = float(columns.uploaded[columns.geo].max())
    monkeypatch.setattr(time, "time", lambda: newest + 43_199)
    assert world.search(bbox=WORLD_BOX, text="-nosuchword")["total"] >= 1
    monkeypatch.setattr(time, "time", lambda: newest + 43_201)
    assert world.search(bbox=WORLD_BOX)["total"] == 0


def test_an_unstable_order_changes_from_call_to_call(world):
    pages = [ids(world.search(text="cat")["photo"]) for _ in range(2)]
    assert pages[0] == pages[1]
    unstable = make_world(500, unstable=True)
    pages = [ids(unstable.search(text="cat")["photo"]) for _ in range(2)]
    assert pages[0] != pages[1]
    assert set(ids(all_rows(unstable, text="cat"))) == set(ids(all_rows(world, text="cat")))


def test_fuzzy_dates_let_strangers_into_a_window():
    fuzzy = make_world(20_000, fuzzy=True)
    first = 1_400_000_000
    rows = all_rows(fuzzy, min_upload_date=first, max_upload_date=first + 86_400 * 20)
    outside = [row for row in rows if not first <= int(row["dateupload"]) <= first + 86_400 * 20]
    assert 0 < len(outside) < len(rows) / 2
    broken = all_rows(fuzzy, min_upload_date=1, max_upload_date=10_000)
    assert broken
    assert all(2005 <= int(row["dateupload"]) <= 2025 for row in broken)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({}, 3),
        ({"has_geo": 1, "license": 4, "extras": "geo"}, 3),
        ({"user_id": "1@N00"}, 2),
        ({"group_id": "1@N20"}, 4),
        ({"tags": ",".join("abcdefghijklmnopqrstu"), "tag_mode": "all"}, 1),
        ({"machine_tags": "nonsense"}, 11),
        ({"machine_tags": ",".join(["a:b=c"] * 9)}, 12),
        ({"text": "cat", "faves": 1}, 16),
        ({"text": "cat", "contacts": "all"}, 17),
        ({"bbox": "1,2,3"}, 18),
        ({"bbox": "10,0,-10,5", "min_upload_date": 1}, 18),
        ({"lat": 1, "min_upload_date": 1}, 18),
        ({"lat": 1, "lon": 1, "radius": 40, "min_upload_date": 1}, 18),
        ({"min_upload_date": "yesterday"}, 18),
    ],
)
def test_bad_searches_fail_with_flickrs_codes(world, arguments, code):
    answer = world.call("flickr.photos.search", **arguments)
    assert (answer["stat"], answer["code"]) == ("fail", code)
