"""A stable, keyed name for an owner, so that photos can be grouped by owner without knowing who it is."""

import hashlib
import hmac

from imagescraper.privacy.keys import Key


class Pseudonyms:
    """Names owners by HMAC-SHA256, cut to 128 bits (1e8 owners collide with a chance of 1.5e-23).

    The key matters: an unkeyed hash of a Flickr id falls to trying all ids in under an hour.
    """

    def __init__(self, key: Key) -> None:
        self._key = key.derive("owners")

    def of(self, owner: str) -> str:
        """Return 32 hex digits for an owner's id; upper and lower case are the same owner."""
        message = b"owner\0" + owner.strip().lower().encode()
        return hmac.new(self._key, message, hashlib.sha256).hexdigest()[:32]
