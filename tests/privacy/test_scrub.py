import pytest

from imagescraper.photo import Photo
from imagescraper.privacy.scrub import PLACEHOLDER, scrub


def photo(**values):
    owner = {"owner": "12345678@N04", "owner_name": "Canary  Person", "path_alias": "canarypics"}
    return Photo(source="flickr", photo_id="1", **(owner | values))


def test_the_owner_is_taken_out_of_every_kind_of_words():
    scrubbed = photo(
        title="Macaque by Canary Person",
        description="See flickr.com/photos/canarypics or 12345678@N04",
        tags=["monkey", "canaryperson", "canarypersonphotography"],
        machine_tags=["photo:by=canarypics"],
    )
    scrub(scrubbed)
    assert scrubbed.title == f"Macaque by {PLACEHOLDER}"
    assert scrubbed.description == f"See flickr.com/photos/{PLACEHOLDER} or {PLACEHOLDER}"
    assert scrubbed.tags == ["monkey", PLACEHOLDER, f"{PLACEHOLDER}photography"]
    assert scrubbed.machine_tags == [f"photo:by={PLACEHOLDER}"]


@pytest.mark.parametrize("title", ["CANARY PERSON", "canary\nperson", "(c)Canary Person2016", "CanaryPerson"])
def test_in_any_writing(title):
    scrubbed = photo(title=title)
    scrub(scrubbed)
    assert "anary" not in scrubbed.title.lower()


@pytest.mark.parametrize("written", ["12345678%40N04", "12345678%40n04", "J%C3%B6rg%20Canary"])
def test_as_addresses_write_it(written):
    scrubbed = photo(
        owner_name="Jörg Canary", description=f"https://www.flickr.com/search/?user_id={written}&text=cat"
    )
    scrub(scrubbed)
    assert scrubbed.description == f"https://www.flickr.com/search/?user_id={PLACEHOLDER}&text=cat"


def test_the_true_wording_is_kept_for_sealing():
    scrubbed = photo(title="By Canary Person", tags=["canarypics"], description="nothing here")
    scrub(scrubbed)
    assert scrubbed.scrubbed == {"title": "By Canary Person", "tags": ["canarypics"]}


def test_a_short_name_is_replaced_as_a_whole_word_only():
    scrubbed = photo(owner_name="Al", path_alias=None, title="Al went to Algiers")
    scrub(scrubbed)
    assert scrubbed.title == f"{PLACEHOLDER} went to Algiers"


def test_signs_of_patterns_in_a_name_mean_themselves():
    scrubbed = photo(owner_name="(.*)+ photo [x]", title="by (.*)+ photo [x], taken today")
    scrub(scrubbed)
    assert scrubbed.title == f"by {PLACEHOLDER}, taken today"


def test_words_without_the_owner_stay():
    untouched = photo(title="Macaque", tags=["monkey"])
    scrub(untouched)
    assert (untouched.title, untouched.tags, untouched.scrubbed) == ("Macaque", ["monkey"], None)


def test_a_photo_without_an_owner_stays():
    nobody = Photo(source="flickr", photo_id="1", title="Macaque")
    scrub(nobody)
    assert nobody.title == "Macaque"
