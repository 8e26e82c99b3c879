"""Where rows lie: one contract, and `open_store(uri)` for the address of a store."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from imagescraper.store.contract import Document, Store, StoreError
from imagescraper.store.sqlite import SqliteStore

__all__ = ["Document", "Store", "StoreError", "open_store"]


def open_store(uri: str, *, create: bool = True) -> Store:
    """Open the store at an address: `sqlite:///relative.sqlite`, `sqlite:////absolute.sqlite`.

    Raises:
        StoreError: if the address is not understood, or the store is not there and `create` is false.

    """
    parts = urlsplit(uri)
    if parts.scheme != "sqlite" or parts.netloc or len(parts.path) < 2:
        raise StoreError(
            f"STORE_URI: no store for {parts.scheme or 'an address without'}://; write sqlite:///collection/photos.sqlite"
        )
    path = Path(unquote(parts.path[1:]))
    if not create and not path.exists():
        raise StoreError(f"there is no collection at {path}; scrapy crawl makes one")
    return SqliteStore(path)
