"""What is learned from, in the embedded store: how the classifier saw each photo, and what people decided about it."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from sqlite3 import Connection
from typing import Any

import bson

from imagescraper.store.contract import Document, rescored

SCHEMA = """
    CREATE TABLE IF NOT EXISTS embeddings(rid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, vector BLOB NOT NULL);
    CREATE TABLE IF NOT EXISTS decisions(label TEXT NOT NULL, photo TEXT NOT NULL, accepted INTEGER NOT NULL,
                                         decided TEXT NOT NULL, PRIMARY KEY(label, photo)) WITHOUT ROWID;
"""

#: Vectors read at a time while streaming: 5 MB.
PAGE = 2000


class SqliteEvidence(ABC):
    """The part of the embedded store that scorers and learning use."""

    @abstractmethod
    def _transaction(self) -> AbstractContextManager[Connection]: ...

    @abstractmethod
    def _select(self, statement: str, values: Sequence[Any] = ()) -> list[Any]: ...

    @staticmethod
    @abstractmethod
    def _stored(connection: Connection, ids: Sequence[str]) -> dict[str, Document]: ...

    def put_embeddings(self, vectors: Mapping[str, bytes]) -> None:
        """Insert or replace vectors by `_id`."""
        statement = (
            "INSERT INTO embeddings(id, vector) VALUES (?, ?) ON CONFLICT(id) DO UPDATE SET vector = excluded.vector"
        )
        with self._transaction() as connection:
            connection.executemany(statement, list(vectors.items()))

    def embeddings(self) -> Iterator[tuple[str, bytes]]:
        """Stream all vectors with their `_id`."""
        last, statement = 0, "SELECT rid, id, vector FROM embeddings WHERE rid > ? ORDER BY rid LIMIT ?"
        while page := self._select(statement, (last, PAGE)):
            for last, id_, vector in page:  # noqa: B007 -- the last rid is where the next page begins
                yield id_, vector

    def rescore(self, looks: Mapping[str, Document]) -> None:
        """Add scores and annotations to stored rows; a score replaces that of the same label."""
        with self._transaction() as connection:
            for id_, row in self._stored(connection, list(looks)).items():
                doc = bson.encode(rescored(row, looks[id_]))
                connection.execute("UPDATE photos SET doc = ? WHERE id = ?", (doc, id_))

    def decide(self, photo: str, label: str, *, accept: bool | None) -> None:
        """Keep what somebody decided about a label on a photo; None takes it back."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM decisions WHERE label = ? AND photo = ?", (label, photo))
            if accept is not None:
                moment = datetime.now(UTC).isoformat(timespec="seconds")
                connection.execute("INSERT INTO decisions VALUES (?, ?, ?, ?)", (label, photo, accept, moment))

    def decisions(self, label: str) -> dict[str, bool]:
        """Return the decisions about a label by `_id`: accepted or rejected."""
        found = self._select("SELECT photo, accepted FROM decisions WHERE label = ? ORDER BY photo", (label,))
        return {photo: bool(accepted) for photo, accepted in found}
