from imagescraper.flickr.licenses import LICENSES


def test_the_order_of_the_newer_licences_is_not_that_of_the_older():
    assert LICENSES[4].slug == "cc-by-2.0"
    assert LICENSES[11].slug == "cc-by-4.0"
    assert LICENSES[1].slug == "cc-by-nc-sa-2.0"
    assert LICENSES[15].slug == "cc-by-nc-sa-4.0"
    assert LICENSES[16].name == "CC BY-NC-ND 4.0"


def test_each_licence_has_a_name_of_its_own():
    assert sorted(LICENSES) == list(range(17))
    assert len({entry.slug for entry in LICENSES.values()}) == 17
