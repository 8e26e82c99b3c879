import pytest

from imagescraper.media.sniff import NotAPhoto, sniff
from tests.media import samples


@pytest.mark.parametrize(
    ("data", "kind"),
    [(samples.jpeg(), "jpg"), (samples.png(), "png"), (samples.gif(), "gif"), (samples.webp(), "webp")],
)
def test_names_the_type_by_content(data, kind):
    assert sniff(data) == kind


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\0\0\n ", "empty"),
        (b"\xef\xbb\xbf\n <!DOCTYPE html><p>gone", "html"),
        (b"<HTML><img src=x>", "html"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "svg"),
        (b'<?xml version="1.0"?><!-- x --><svg >', "svg"),
        (b'<?xml version="1.0"?><rsp stat="fail"/>', "unknown type"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "unknown type"),
        (b"\0\0\0\x18ftypheic", "unknown type"),
        (b"II*\0\x08\0\0\0", "unknown type"),
        (b"RIFF\x10\0\0\0WAVEfmt ", "unknown type"),
        (b"GIF90a" + bytes(20), "unknown type"),
        (bytes(5000), "unknown type"),
    ],
)
def test_says_why_the_rest_is_no_photo(data, reason):
    with pytest.raises(NotAPhoto) as caught:
        sniff(data)
    assert caught.value.reason == str(caught.value) == reason
