"""What a finished change announces to whoever shows data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """Kinds and ids of the records that a transaction touched, and who began it (a page's key, `sync`, `cli`)."""

    kinds: frozenset[str]
    ids: frozenset[str]
    origin: str
