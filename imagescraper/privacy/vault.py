"""Seals what is personal, and opens it again for those who hold the key."""

import json
from typing import Any

from cryptography.fernet import InvalidToken

from imagescraper.photo import FIELDS, SEALED, Photo
from imagescraper.privacy.keys import InvalidKey, Keyring
from imagescraper.privacy.pseudonyms import Pseudonyms
from imagescraper.privacy.scrub import scrub

#: First byte of what is sealed, so that its form can change one day.
VERSION = b"\x01"

CHECK_ROW = "key check"


class SealBroken(Exception):
    """A token does not open, or belongs to another row or field."""


class Vault:
    """Seals and opens single values with Fernet.

    A token reads `<key id>:<Fernet token>`. What Fernet encrypts begins with the row's id and the field's name,
    because a bare token would still open after being moved to another row.
    """

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring
        self._fernets = {key.id: key.fernet() for key in keyring.keys}
        self._pseudonyms = Pseudonyms(keyring.first)

    def seal_value(self, row: str, field: str, value: Any) -> str:  # noqa: ANN401 -- any JSON value, or bytes
        """Return the token of a JSON-safe value or of bytes, bound to its row and field."""
        body = b"b" + value if isinstance(value, bytes) else b"j" + json.dumps(value, ensure_ascii=False).encode()
        key = self._keyring.first
        return f"{key.id}:{self._fernets[key.id].encrypt(_context(row, field) + body).decode()}"

    def open_value(self, row: str, field: str, token: str) -> Any:  # noqa: ANN401 -- whatever was sealed
        """Return the value of a token.

        Raises:
            InvalidKey: if the ring lacks the token's key.
            SealBroken: if the token is damaged or belongs to another row or field.

        """
        key_id, _, fernet_token = token.partition(":")
        if key_id not in self._fernets:
            raise InvalidKey(f"{row}: {field} was sealed with key {key_id}, which is not among the keys given")
        try:
            clear = self._fernets[key_id].decrypt(fernet_token)
        except (InvalidToken, ValueError):  # a ValueError where it is not even ASCII
            raise SealBroken(f"{row}: the seal of {field} is broken") from None
        context = _context(row, field)
        if not clear.startswith(context):
            raise SealBroken(f"{row}: {field} holds a token of another row or field")
        kind, body = clear[len(context) : len(context) + 1], clear[len(context) + 1 :]
        return body if kind == b"b" else json.loads(body)

    def seal(self, photo: Photo) -> Photo:
        """Seal every sensitive field of a photo in place, and return it.

        The owner gets a pseudonym and is taken out of the photo's words first. Each token is opened again and
        compared, and only when all agree is a clear value replaced.

        Raises:
            SealBroken: if a token does not give back its value.

        """
        if photo.owner:
            photo.owner_key = self._pseudonyms.of(photo.owner)
        scrub(photo)
        tokens: dict[str, str] = {}
        for name in SEALED:
            value = getattr(photo, name)
            if value is None:
                continue
            token = self.seal_value(photo.id, name, value)
            if self.open_value(photo.id, name, token) != value:
                raise SealBroken(f"{photo.id}: {name} did not come back as it was sealed")
            tokens[name] = token
        for name, token in tokens.items():
            setattr(photo, name, token.encode() if FIELDS[name].apart else token)
        return photo

    def open(self, document: dict[str, Any]) -> dict[str, Any]:
        """Return a stored row with its sealed fields opened.

        Raises:
            InvalidKey: if the ring lacks a token's key.
            SealBroken: if a token is damaged or was moved.

        """
        row = document["_id"]
        opened = {
            name: self.open_value(row, name, document[name]) for name in SEALED if isinstance(document.get(name), str)
        }
        return document | opened

    def check_token(self) -> str:
        """Return the token by which a store recognises its key."""
        return self.seal_value(CHECK_ROW, "key", self._keyring.first.id)

    def verify(self, check_token: str) -> None:
        """Make sure that this ring opens the store that kept this token.

        Raises:
            InvalidKey: naming the key that is wanted.

        """
        try:
            self.open_value(CHECK_ROW, "key", check_token)
        except (InvalidKey, SealBroken):
            wanted = check_token.partition(":")[0]
            given = ", ".join(key.id for key in self._keyring.keys)
            raise InvalidKey(f"this collection was sealed with key {wanted}, but the key given is {given}") from None


def _context(row: str, field: str) -> bytes:
    """Return what a sealed value begins with: version, row, field, and an end mark."""
    return VERSION + f"{row}|{field}".encode() + b"\0"
