"""What the store calls when records change, so that derived tables follow in the same transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import Connection

#: Of a record the words of its names and numbers, and those of its sentences.
Words = tuple[str, str]


class SearchIndex(Protocol):
    """Follows the records (`guide_app.store.search` is the one in use)."""

    def ensure(self, conn: Connection) -> None:
        """Make the derived tables if they are missing or of another version; called when the database is opened."""
        ...

    def changed(self, conn: Connection, kind: str, ids: Sequence[str], fields: frozenset[str] | None = None) -> None:
        """These records were written; their rows stand as they are now. `fields` that changed; None: any may have."""
        ...

    def words(self, kind: str, record: Mapping[str, Any]) -> Words | None:
        """What is derived from a new record alone, made while others are written; None where nothing is. Pure."""
        ...

    def added(self, conn: Connection, words: Mapping[str, Words]) -> None:
        """Records with these ids were written, which nothing referred to before; `words` are those of each."""
        ...

    def owners(self, conn: Connection, kind: str, ids: Sequence[str]) -> list[str]:
        """The clients that these records bear on; asked before records are removed or handed on."""
        ...

    def refresh(self, conn: Connection, client_ids: Sequence[str]) -> None:
        """Records of these clients were removed or handed on, or the clients themselves are gone."""
        ...

    def scrub(self, conn: Connection, kinds: Collection[str]) -> None:
        """Records of these kinds were purged: nothing of them may stay in the derived tables, hidden or not."""
        ...


class NoIndex:
    """Follows nothing: for tools and tests that never search."""

    def ensure(self, conn: Connection) -> None:
        """Nothing to make."""

    def changed(self, conn: Connection, kind: str, ids: Sequence[str], fields: frozenset[str] | None = None) -> None:
        """Nothing follows."""

    def words(self, kind: str, record: Mapping[str, Any]) -> None:
        """None of any."""

    def added(self, conn: Connection, words: Mapping[str, Words]) -> None:
        """Nothing follows."""

    def owners(self, conn: Connection, kind: str, ids: Sequence[str]) -> list[str]:
        """Nobody."""
        del conn, kind, ids
        return []

    def refresh(self, conn: Connection, client_ids: Sequence[str]) -> None:
        """Nothing follows."""

    def scrub(self, conn: Connection, kinds: Collection[str]) -> None:
        """Nothing is held."""
