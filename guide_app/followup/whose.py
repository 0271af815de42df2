"""Of whom signals are read: of the whole book, or of one client, by her indexes."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from sqlalchemy import Connection

#: Of clients (ids), those who want no marketing at a moment (UTC ms).
Objectors = Callable[[Connection, Collection[str], int], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Whose:
    """One client by her id; None: everybody in the book."""

    client_id: str | None = None

    def only(self, column: str) -> str:
        """SQL to append to a WHERE so that `column` is hers; its parameter `:only` comes with `given`."""
        return "" if self.client_id is None else f" AND {column} = :only"

    def given(self, **params: object) -> dict[str, object]:
        """The parameters of a statement that `only` stands in."""
        return {**params, "only": self.client_id}


EVERYBODY = Whose()
