"""The collection that is shown: its store, its columns, and how both are read anew."""

import logging
import threading

from dashboard.catalog import Catalog
from dashboard.settings import Settings
from imagescraper.photo import SEALED, Photo
from imagescraper.store import Store, StoreError, open_store

#: Stands in a photo where a sealed value is stored; the token itself goes nowhere.
SEAL = "sealed"

_log = logging.getLogger(__name__)


class Collection:
    """The photos of one store; safe to use from several threads.

    `problem` says for people why there is nothing to show, and is None while all is well.
    """

    def __init__(self, settings: Settings) -> None:
        self.images = settings.images.resolve()
        self.catalog = Catalog.of(())
        self.problem: str | None = None
        self._uri = settings.store_uri
        self._store: Store | None = None
        self._lock = threading.Lock()
        self.reload()

    def reload(self) -> None:
        """Read the collection anew; until that is done, and if it fails, the columns stay what they were."""
        try:
            store, catalog = _opened(self._uri)
        except StoreError as error:
            self.problem = str(error)
        except Exception:
            # Whatever a store of any kind does with a damaged file, the page must say so rather than break.
            _log.exception("the collection cannot be read")
            self.problem = "the collection cannot be read; the log of the dashboard says why"
        else:
            with self._lock:
                outgoing, self._store = self._store, store
                self.catalog, self.problem = catalog, None
            if outgoing is not None:
                outgoing.close()

    def photo(self, id_: str) -> Photo | None:
        """Return one photo, SEAL in place of whatever is sealed in it."""
        with self._lock:
            document = self._store.get(id_) if self._store else None
        if document is None:
            return None
        sealed = {name: SEAL for name in SEALED if document.get(name) is not None}
        return Photo.from_document(document | sealed)

    def photos(self, ids: list[str]) -> list[Photo]:
        """Return those of some photos that are still stored, in the same order."""
        return [photo for photo in map(self.photo, ids) if photo is not None]

    def close(self) -> None:
        """Let go of the store."""
        with self._lock:
            if self._store is not None:
                self._store.close()
                self._store = None


def _opened(uri: str) -> tuple[Store, Catalog]:
    """Return a store and its columns; a store that cannot be read is closed again."""
    store = open_store(uri, create=False)
    try:
        return store, Catalog.load(store)
    except Exception:
        store.close()
        raise
