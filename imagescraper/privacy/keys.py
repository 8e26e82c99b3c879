"""The master secrets, and the keys derived from them: one for each use."""

import base64
import binascii
import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SECRET_BYTES = 32


class InvalidKey(Exception):
    """A secret is missing, malformed, readable by others, or not the one that sealed the collection."""


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """One master secret: 32 bytes from which a key for each purpose is derived."""

    secret: bytes

    @classmethod
    def new(cls) -> "Key":
        """Return a key made of fresh random bytes."""
        return cls(os.urandom(SECRET_BYTES))

    @classmethod
    def from_text(cls, text: str) -> "Key":
        """Read a secret in Fernet's form: 32 bytes as URL-safe base64, 44 characters.

        Raises:
            InvalidKey: if it is anything else.

        """
        try:
            secret = base64.b64decode(text.strip(), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            secret = b""
        if len(secret) != SECRET_BYTES:
            raise InvalidKey(
                "a data key is 44 characters of URL-safe base64 (32 bytes), as Fernet.generate_key() makes it"
            )
        return cls(secret)

    def text(self) -> str:
        """Return the secret in Fernet's form."""
        return base64.urlsafe_b64encode(self.secret).decode()

    @property
    def id(self) -> str:
        """Name the key without giving it away: 8 hex digits of a hash."""
        return hashlib.sha256(b"smart-image-scraper key id\0" + self.secret).hexdigest()[:8]

    def derive(self, purpose: str) -> bytes:
        """Return the 32-byte subkey for a purpose (HKDF-SHA256, RFC 5869); no two uses share a key."""
        info = f"smart-image-scraper/{purpose}/1".encode()
        return HKDF(algorithm=SHA256(), length=SECRET_BYTES, salt=None, info=info).derive(self.secret)

    def fernet(self) -> Fernet:
        """Return the Fernet of the subkey that seals fields."""
        return Fernet(base64.urlsafe_b64encode(self.derive("fields")))

    def __repr__(self) -> str:
        """Show the id alone."""
        return f"<Key {self.id}>"


@dataclass(frozen=True, slots=True)
class Keyring:
    """Keys in order: the first one seals, all of them open."""

    keys: tuple[Key, ...]

    @classmethod
    def from_text(cls, text: str) -> "Keyring":
        """Read secrets separated by blanks, line ends or commas.

        Raises:
            InvalidKey: if there is none, or one is malformed.

        """
        words = text.replace(",", " ").split()
        if not words:
            raise InvalidKey("the data key is empty")
        return cls(tuple(Key.from_text(word) for word in words))

    @classmethod
    def from_file(cls, path: Path) -> "Keyring":
        """Read the secrets of a key file.

        Raises:
            InvalidKey: if others may read the file, or it holds no key.

        """
        mode = path.stat().st_mode
        if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise InvalidKey(f"others may read the key file {path}: run chmod 600 {path}")
        return cls.from_text(path.read_text(encoding="ascii", errors="replace"))

    @property
    def first(self) -> Key:
        """The key that seals."""
        return self.keys[0]


def make_key_file(path: Path) -> Keyring:
    """Write a new key to a file that only its owner may read, and return its ring.

    Raises:
        FileExistsError: if something lies there already; a key is never overwritten.

    """
    key = Key.new()
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key.text() + "\n")
        file.flush()
        os.fsync(file.fileno())
    return Keyring((key,))
