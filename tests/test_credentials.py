import json
import os

import pytest

from imagescraper.credentials import BadCredentials, load


def write(path, text, mode=0o600):
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)


def test_no_files_no_secrets(tmp_path):
    assert load(tmp_path) == {}


def test_the_originals_file_is_understood(tmp_path):
    write(
        tmp_path / "credentials.json",
        json.dumps({"FLICKER_KEY": "a", "FLICKER_SECRET": "b", "GOOGLE_VISION_KEY": "c"}),
    )
    assert load(tmp_path) == {"FLICKR_KEY": "a", "FLICKR_SECRET": "b", "GOOGLE_VISION_KEY": "c"}


def test_the_common_spelling_wins(tmp_path):
    write(tmp_path / "credentials.json", json.dumps({"FLICKER_KEY": "old", "FLICKR_KEY": "new"}))
    assert load(tmp_path)["FLICKR_KEY"] == "new"


def test_an_env_file(tmp_path):
    write(tmp_path / ".env", "# keys\n\nFLICKR_KEY=a=b\nexport MONGO_URI='mongodb://localhost'\n")
    assert load(tmp_path) == {"FLICKR_KEY": "a=b", "STORE_URI": "mongodb://localhost"}


def test_the_env_file_wins(tmp_path):
    write(tmp_path / "credentials.json", '{"FLICKR_KEY": "json"}')
    write(tmp_path / ".env", "FLICKR_KEY=env")
    assert load(tmp_path)["FLICKR_KEY"] == "env"


@pytest.mark.skipif(os.name != "posix", reason="file modes mean something on POSIX alone")
@pytest.mark.parametrize("name", ["credentials.json", ".env"])
def test_a_file_that_others_may_read_is_refused(tmp_path, name):
    write(tmp_path / name, "{}", mode=0o644)
    with pytest.raises(BadCredentials, match=f"chmod 600 .*{name}"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("credentials.json", "{", "not JSON"),
        ("credentials.json", "[]", "one object"),
        ("credentials.json", '{"FLICKR_KEY": 1}', "one object"),
        (".env", "FLICKR_KEY=a\nrubbish", "line 2"),
    ],
)
def test_a_malformed_file_is_named(tmp_path, name, text, words):
    write(tmp_path / name, text)
    with pytest.raises(BadCredentials, match=words) as caught:
        load(tmp_path)
    assert name in str(caught.value)
