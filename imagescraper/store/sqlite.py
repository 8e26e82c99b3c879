"""The embedded store: one SQLite file, a row a photo, the whole of it as BSON beside the columns that are searched."""

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import bson
from bson.codec_options import CodecOptions

from imagescraper.photo import FIELDS, INDEXED, MERGED
from imagescraper.store.contract import Document, StoreError
from imagescraper.store.evidence import SCHEMA as EVIDENCE
from imagescraper.store.evidence import SqliteEvidence

#: Kept in `user_version`; a file of another version is refused rather than misread.
VERSION = 1

#: Milliseconds that a writer waits for another process's transaction.
BUSY_TIMEOUT = 10_000

#: Rows read at a time while streaming, so that no read holds up the writer's clean-up for long.
PAGE = 500

_TYPES = {"text": "TEXT", "whole number": "INTEGER", "number": "REAL", "time": "INTEGER"}
_UTC_AWARE: CodecOptions[dict[str, Any]] = CodecOptions(tz_aware=True)


def _schema() -> str:
    """Return the tables; the promoted columns and their indexes come from FIELDS."""
    columns = "".join(f", {name} {_TYPES[FIELDS[name].type]}" for name in INDEXED)
    indexes = "".join(f"CREATE INDEX photos_{name} ON photos({name});" for name in INDEXED)
    return f"""
        CREATE TABLE photos(
            rid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, filename TEXT{columns}, doc BLOB NOT NULL
        );
        CREATE TABLE segments(id TEXT PRIMARY KEY, token BLOB NOT NULL);
        CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL);
        CREATE TABLE runs(rid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, record TEXT NOT NULL);
        CREATE TABLE windows(search TEXT NOT NULL, window TEXT NOT NULL, record TEXT NOT NULL,
                             PRIMARY KEY(search, window)) WITHOUT ROWID;
        CREATE TABLE misses(run TEXT NOT NULL, photo TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT NOT NULL,
                            PRIMARY KEY(run, photo)) WITHOUT ROWID;
        {indexes}
        PRAGMA user_version = {VERSION};
    """


class SqliteStore(SqliteEvidence):
    """Rows in one SQLite file: one writer at a time, any number of readers, also from other processes (WAL).

    Raises:
        StoreError: if the file cannot be opened, is no store, or is of another version.

    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(
                path, timeout=BUSY_TIMEOUT / 1000, check_same_thread=False, isolation_level=None
            )
            try:
                self._prepare()
            except BaseException:
                self._connection.close()
                raise
        except (OSError, sqlite3.Error) as error:
            raise StoreError(f"cannot open the collection at {path}: {error}") from None

    def _prepare(self) -> None:
        """Make the tables of a new file, refuse a file that is not ours, and say how it is written."""
        # A commit is on the disk when it returns; it cost 3 % of the speed of NORMAL when measured.
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute("PRAGMA secure_delete = ON")
        with self._transaction() as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            if version == 0 and tables == 0:
                for statement in _schema().split(";"):
                    connection.execute(statement)
            elif version != VERSION:
                raise StoreError(f"{self.path} is of version {version}; this program reads version {VERSION}")
            for statement in EVIDENCE.split(";"):
                connection.execute(statement)
        # Kept in the file itself, so that it comes last: a file that is not ours is left as it is.
        self._connection.execute("PRAGMA journal_mode = WAL")

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """Hold the connection for one transaction, which an exception undoes."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def _select(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        """Return the rows of a query."""
        with self._lock:
            return self._connection.execute(statement, values).fetchall()

    def upsert(self, documents: Sequence[Document], apart: Mapping[str, bytes]) -> None:
        """Insert or replace rows in one transaction; merged lists add up; `apart` is sealed segments by `_id`."""
        names = ("id", "filename", *INDEXED, "doc")
        marks = ", ".join("?" * len(names))
        updates = ", ".join(f"{name} = excluded.{name}" for name in names[1:])
        statement = f"INSERT INTO photos({', '.join(names)}) VALUES ({marks}) ON CONFLICT(id) DO UPDATE SET {updates}"  # noqa: S608 -- names come from FIELDS
        with self._transaction() as connection:
            stored = self._stored(connection, [document["_id"] for document in documents])
            rows = [_merged(document, stored.get(document["_id"])) for document in documents]
            connection.executemany(statement, [_values(row) for row in rows])
            connection.executemany("INSERT OR REPLACE INTO segments(id, token) VALUES (?, ?)", list(apart.items()))

    def found_again(self, ids: Iterable[str], found_by: Mapping[str, Sequence[str]]) -> None:
        """Add to the merged lists of rows that are stored already: by what else they were found."""
        with self._transaction() as connection:
            for id_, document in self._stored(connection, list(ids)).items():
                row = _merged({**document, **found_by}, document)
                connection.execute("UPDATE photos SET doc = ? WHERE id = ?", (bson.encode(row), id_))

    def update(self, changes: Mapping[str, Document]) -> None:
        """Set some fields of rows by `_id`, in one transaction; other fields, and ids not stored, are left alone."""
        names = ("filename", *INDEXED, "doc")
        statement = f"UPDATE photos SET {', '.join(f'{name} = ?' for name in names)} WHERE id = ?"  # noqa: S608 -- names come from FIELDS
        with self._transaction() as connection:
            stored = self._stored(connection, list(changes))
            rows = (_values(document | changes[id_]) for id_, document in stored.items())
            connection.executemany(statement, [(*values, id_) for id_, *values in rows])

    def known(self, ids: Iterable[str], *, pictures: bool) -> set[str]:
        """Return which of the ids are stored; with `pictures`, only those whose picture is stored too."""
        condition = " AND filename IS NOT NULL" if pictures else ""
        wanted = list(ids)
        marks = ", ".join("?" * len(wanted))
        return {id_ for (id_,) in self._select(f"SELECT id FROM photos WHERE id IN ({marks}){condition}", wanted)}  # noqa: S608 -- only question marks

    def get(self, id_: str) -> Document | None:
        """Return one row."""
        found = self._select("SELECT doc FROM photos WHERE id = ?", (id_,))
        return bson.decode(found[0][0], _UTC_AWARE) if found else None

    def segments(self, id_: str) -> bytes | None:
        """Return the sealed metadata segments of one photo."""
        found = self._select("SELECT token FROM segments WHERE id = ?", (id_,))
        return found[0][0] if found else None

    def rows(self, fields: Sequence[str] | None = None) -> Iterator[Document]:
        """Stream all rows in the order they were first stored, whole or with `_id` and some fields only."""
        last = 0
        while page := self._select("SELECT rid, doc FROM photos WHERE rid > ? ORDER BY rid LIMIT ?", (last, PAGE)):
            for last, doc in page:  # noqa: B007 -- the last rid is where the next page begins
                row = bson.decode(doc, _UTC_AWARE)
                yield row if fields is None else {name: row.get(name) for name in ("_id", *fields)}

    def count(self) -> int:
        """Return the number of rows."""
        return int(self._select("SELECT count(*) FROM photos")[0][0])

    def put_meta(self, name: str, value: str) -> None:
        """Keep a fact about the collection."""
        with self._transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO meta(name, value) VALUES (?, ?)", (name, value))

    def meta(self, name: str) -> str | None:
        """Return a fact about the collection."""
        found = self._select("SELECT value FROM meta WHERE name = ?", (name,))
        return found[0][0] if found else None

    def put_window(self, search: str, window: str, record: dict[str, Any]) -> None:
        """Insert or replace what is known of a search's window."""
        with self._transaction() as connection:
            values = (search, window, json.dumps(record))
            connection.execute("INSERT OR REPLACE INTO windows(search, window, record) VALUES (?, ?, ?)", values)

    def windows(self, search: str) -> dict[str, dict[str, Any]]:
        """Return what put_window() kept for a search, by window."""
        found = self._select("SELECT window, record FROM windows WHERE search = ?", (search,))
        return {window: json.loads(record) for window, record in found}

    def forget_windows(self, search: str) -> None:
        """Drop what is known of a search's windows."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM windows WHERE search = ?", (search,))

    def put_run(self, run_id: str, record: dict[str, Any]) -> None:
        """Insert or replace the record of a run."""
        statement = "INSERT INTO runs(id, record) VALUES (?, ?) ON CONFLICT(id) DO UPDATE SET record = excluded.record"
        with self._transaction() as connection:
            connection.execute(statement, (run_id, json.dumps(record, ensure_ascii=False)))

    def runs(self) -> list[dict[str, Any]]:
        """Return the records of all runs, the oldest first."""
        return [
            {"_id": id_, **json.loads(text)} for id_, text in self._select("SELECT id, record FROM runs ORDER BY rid")
        ]

    def put_miss(self, run_id: str, photo: str, outcome: str, reason: str) -> None:
        """Keep why a photo that came was not stored."""
        with self._transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO misses VALUES (?, ?, ?, ?)", (run_id, photo, outcome, reason))

    def misses(self, run_id: str) -> list[dict[str, str]]:
        """Return what put_miss() kept for a run."""
        found = self._select("SELECT photo, outcome, reason FROM misses WHERE run = ? ORDER BY photo", (run_id,))
        return [{"photo": photo, "outcome": outcome, "reason": reason} for photo, outcome, reason in found]

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    @staticmethod
    def _stored(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, Document]:
        """Return the rows of these ids by id."""
        marks = ", ".join("?" * len(ids))
        found = connection.execute(f"SELECT id, doc FROM photos WHERE id IN ({marks})", ids)  # noqa: S608 -- only question marks
        return {id_: bson.decode(doc, _UTC_AWARE) for id_, doc in found}


def _merged(document: Document, stored: Document | None) -> Document:
    """Return the document with the merged lists of the stored row added in front, each value once."""
    if stored is None:
        return document
    lists = {name: list(dict.fromkeys([*(stored.get(name) or []), *document[name]])) for name in MERGED}
    return document | lists


def _values(document: Document) -> tuple[Any, ...]:
    """Return the columns of a row: id, filename, the promoted fields, the document itself."""
    promoted = (_plain(document[name]) for name in INDEXED)
    return (document["_id"], document["filename"], *promoted, bson.encode(document))


def _plain(value: Any) -> Any:  # noqa: ANN401 -- any promoted value
    """Return a value as SQLite compares it: times are milliseconds since 1970."""
    return round(value.timestamp() * 1000) if isinstance(value, datetime) else value
