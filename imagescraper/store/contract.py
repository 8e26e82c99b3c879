"""What every store can do, whatever holds its rows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

Document = dict[str, Any]

#: Coverages of scores for which no picture was looked at: the label is not known, a service failed, or was not paid.
UNANSWERED = frozenset({"none", "failed", "unpaid"})


class StoreError(Exception):
    """The store cannot be opened or used; the message is for people and holds no secret."""


class Store(Protocol):
    """Rows by `_id`, what is kept apart from them, and the record of runs. Safe to use from several threads."""

    def upsert(self, documents: Sequence[Document], apart: Mapping[str, bytes]) -> None:
        """Insert or replace rows in one transaction; merged lists add up; `apart` is sealed segments by `_id`."""

    def found_again(self, ids: Iterable[str], found_by: Mapping[str, Sequence[str]]) -> None:
        """Add to the merged lists of rows that are stored already: by what else they were found."""

    def update(self, changes: Mapping[str, Document]) -> None:
        """Set some fields of rows by `_id`, in one transaction; other fields, and ids not stored, are left alone."""

    def known(self, ids: Iterable[str], *, pictures: bool) -> set[str]:
        """Return which of the ids are stored; with `pictures`, only those whose picture is stored too."""

    def get(self, id_: str) -> Document | None:
        """Return one row."""

    def segments(self, id_: str) -> bytes | None:
        """Return the sealed metadata segments of one photo."""

    def rows(self, fields: Sequence[str] | None = None) -> Iterator[Document]:
        """Stream all rows in the order they were first stored, whole or with `_id` and some fields only."""

    def count(self) -> int:
        """Return the number of rows."""

    def put_embeddings(self, vectors: Mapping[str, bytes]) -> None:
        """Insert or replace vectors by `_id`."""

    def embeddings(self) -> Iterator[tuple[str, bytes]]:
        """Stream all vectors with their `_id`."""

    def rescore(self, looks: Mapping[str, Document]) -> None:
        """Add scores and annotations to stored rows by `_id`, as `rescored` does."""

    def decide(self, photo: str, label: str, *, accept: bool | None) -> None:
        """Keep what somebody decided about a label on a photo; None takes it back."""

    def decisions(self, label: str) -> dict[str, bool]:
        """Return the decisions about a label by `_id`: accepted or rejected."""

    def put_meta(self, name: str, value: str) -> None:
        """Keep a fact about the collection."""

    def meta(self, name: str) -> str | None:
        """Return a fact about the collection."""

    def put_window(self, search: str, window: str, record: dict[str, Any]) -> None:
        """Insert or replace what is known of a search's window."""

    def windows(self, search: str) -> dict[str, dict[str, Any]]:
        """Return what put_window() kept for a search, by window."""

    def forget_windows(self, search: str) -> None:
        """Drop what is known of a search's windows."""

    def put_run(self, run_id: str, record: dict[str, Any]) -> None:
        """Insert or replace the record of a run."""

    def runs(self) -> list[dict[str, Any]]:
        """Return the records of all runs, the oldest first."""

    def put_miss(self, run_id: str, photo: str, outcome: str, reason: str) -> None:
        """Keep why a photo that came was not stored."""

    def misses(self, run_id: str) -> list[dict[str, str]]:
        """Return what put_miss() kept for a run."""

    def close(self) -> None:
        """Let go of the store."""


def rescored(row: Document, look: Document) -> Document:
    """Return a row with new scores and annotations.

    A score replaces that of the same label, unless the new one is no answer.
    """
    scores = {score["label"]: score for score in row["scores"]}
    for score in look["scores"]:
        if score["coverage"] not in UNANSWERED or score["label"] not in scores:
            scores[score["label"]] = score
    annotations = look.get("annotations") or row.get("annotations")
    return row | {"scores": list(scores.values()), "annotations": annotations}
