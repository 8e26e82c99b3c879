import pytest

from imagescraper.flickr.hosts import is_picture_address

API = "https://api.flickr.com/services/rest/"


@pytest.mark.parametrize(
    "address",
    [
        "https://live.staticflickr.com/65535/1_2_o.jpg",
        "https://farm8.staticflickr.com/7085/1_2_b.jpg",
        "https://farm66.static.flickr.com/7085/1_2_b.jpg",
    ],
)
def test_flickrs_own_hosts(address):
    assert is_picture_address(address, API)


@pytest.mark.parametrize(
    "address",
    [
        "http://live.staticflickr.com/65535/1_2_o.jpg",
        "file:///etc/passwd",
        "data:text/html,x",
        "https://live.staticflickr.com.evil.example/1.jpg",
        "https://live.staticflickr.com@evil.example/1.jpg",
        "https://someone:secret@live.staticflickr.com/1.jpg",
        "https://127.0.0.1/1.jpg",
        "https://2130706433/1.jpg",
        "https://[::1]/1.jpg",
        "https://live.staticflickr.com:8443/1.jpg",
        "https://live.staticflickr.com:port/1.jpg",
        "https://www.flickr.com/1.jpg",
        "",
    ],
)
def test_nothing_else(address):
    assert not is_picture_address(address, API)


def test_a_local_api_serves_its_own_pictures_and_no_others():
    api = "http://127.0.0.1:8123/services/rest/"
    assert is_picture_address("http://127.0.0.1:8123/static/1.jpg", api)
    assert not is_picture_address("http://127.0.0.1:8124/static/1.jpg", api)
    assert not is_picture_address("https://live.staticflickr.com/1.jpg", api)
