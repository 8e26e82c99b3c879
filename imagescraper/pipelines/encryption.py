"""Seals what is personal; after this stage the photo holds no clear personal value."""

import asyncio
import logging
from pathlib import Path
from typing import Self

from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from imagescraper.exceptions import PhotoLost, WrongUse
from imagescraper.extensions.ledger import LedgerExtension
from imagescraper.photo import Photo
from imagescraper.privacy.keys import InvalidKey, Keyring, make_key_file
from imagescraper.privacy.vault import SealBroken, Vault
from imagescraper.store import Store

#: The name under which a store keeps the token that only its own key opens.
KEY_CHECK = "key_check"

logger = logging.getLogger(__name__)


class EncryptionPipeline:
    """Seals the sensitive fields with Fernet and makes sure that they open again."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Get the data key, and make sure that it is this collection's.

        Raises:
            WrongUse: if the key is missing, malformed, readable by others, or another collection's.

        """
        try:
            return cls(open_vault(crawler.settings, LedgerExtension.of(crawler).store))
        except (InvalidKey, OSError) as error:
            raise WrongUse(str(error)) from None

    async def process_item(self, photo: Photo) -> Photo:
        """Seal the photo and drop what no later stage needs.

        Raises:
            PhotoLost: if a sealed value does not open to what it was.

        """
        try:
            await asyncio.to_thread(self._vault.seal, photo)
        except SealBroken as error:
            raise PhotoLost(str(error)) from None
        photo.forget()
        return photo


def open_vault(settings: BaseSettings, store: Store) -> Vault:
    """Return the vault of a collection: its key is checked, or made when the collection is new.

    Raises:
        InvalidKey: if the key is malformed, readable by others, or not this collection's.

    """
    check = store.meta(KEY_CHECK)
    path = Path(settings["SECRET_KEY_FILE"])
    if settings["SECRET_KEY"]:
        keyring = Keyring.from_text(settings["SECRET_KEY"])
    elif path.exists():
        keyring = Keyring.from_file(path)
    elif check:
        wanted = check.partition(":")[0]
        raise InvalidKey(f"this collection was sealed with key {wanted}: give it as SECRET_KEY, or as the file {path}")
    else:
        keyring = make_key_file(path)
        logger.warning(
            "A new data key lies in %s, readable by you alone. Keep a copy elsewhere: "
            "whoever loses it loses the owners' names, the EXIF data and all else that is sealed",
            path.resolve(),
        )
    vault = Vault(keyring)
    if check:
        vault.verify(check)
    else:
        store.put_meta(KEY_CHECK, vault.check_token())
    return vault
