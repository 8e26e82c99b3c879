import pytest

from imagescraper.photo import Photo
from imagescraper.pipelines.geocode import GeocodePipeline


@pytest.fixture(scope="module")
def pipeline():
    return GeocodePipeline()


def located(pipeline, latitude, longitude, accuracy=16):
    photo = Photo(source="flickr", photo_id="1", latitude=latitude, longitude=longitude, accuracy=accuracy)
    return pipeline.process_item(photo)


def test_sandakan_is_in_malaysia(pipeline):
    photo = located(pipeline, 5.8394, 118.1172)
    assert (photo.country_code, photo.country, photo.city) == ("MY", "Malaysia", "Sandakan")
    assert photo.country_uncertain is False
    assert photo.coordinate_uncertainty_m > 0


def test_the_open_sea_is_nowhere(pipeline):
    photo = located(pipeline, 0.0, -140.0)
    assert (photo.country_code, photo.country, photo.city, photo.country_uncertain) == (None, None, None, None)


def test_a_photo_without_a_place_stays_without(pipeline):
    photo = located(pipeline, None, None)
    assert (photo.country, photo.coordinate_uncertainty_m) == (None, None)


async def test_the_borders_are_read_before_the_first_photo(monkeypatch):
    made = GeocodePipeline()
    await made.open_spider()
    monkeypatch.setattr("imagescraper.geo.places.Countries.load", None)
    assert located(made, 5.8394, 118.1172).country_code == "MY"
