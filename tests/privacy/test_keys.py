import os

import pytest
from cryptography.fernet import Fernet

from imagescraper.privacy.keys import InvalidKey, Key, Keyring, make_key_file


def test_a_fernet_key_is_a_data_key():
    text = Fernet.generate_key().decode()
    assert Key.from_text(text).text() == text


@pytest.mark.parametrize("text", ["", "short", "x" * 44, "é" * 44, "A" * 40])
def test_anything_else_is_refused(text):
    with pytest.raises(InvalidKey, match="44 characters"):
        Key.from_text(text)


def test_the_id_and_the_repr_give_nothing_away():
    key = Key.new()
    assert len(key.id) == 8
    assert key.text() not in repr(key)
    assert key.id == Key.from_text(key.text()).id != Key.new().id


def test_each_purpose_has_its_own_key():
    key = Key.new()
    assert len({key.derive("fields"), key.derive("owners"), key.secret}) == 3
    assert len(key.derive("fields")) == 32


def test_the_first_of_several_seals():
    old, new = Key.new(), Key.new()
    ring = Keyring.from_text(f"{new.text()},\n{old.text()}\n")
    assert ring.first == new
    assert ring.keys == (new, old)


def test_an_empty_text_holds_no_key():
    with pytest.raises(InvalidKey, match="empty"):
        Keyring.from_text(" ,\n")


def test_a_made_file_is_for_its_owner_alone(tmp_path):
    path = tmp_path / "keys" / "secret.key"
    ring = make_key_file(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert Keyring.from_file(path) == ring


def test_a_key_is_never_overwritten(tmp_path):
    path = tmp_path / "secret.key"
    make_key_file(path)
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        make_key_file(path)
    assert path.read_bytes() == before


@pytest.mark.skipif(os.name != "posix", reason="file modes mean something on POSIX alone")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_a_file_that_others_may_read_is_refused(tmp_path, mode):
    path = tmp_path / "secret.key"
    make_key_file(path)
    path.chmod(mode)
    with pytest.raises(InvalidKey, match="chmod 600"):
        Keyring.from_file(path)
