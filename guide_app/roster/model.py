"""Guides of the store, and the rule for wrong PINs. Pure."""

from __future__ import annotations

from dataclasses import dataclass

#: After this many wrong PINs in a row a guide's PIN is refused for LOCK_MS, whoever types.
TRIES = 5
LOCK_MS = 60_000


@dataclass(frozen=True, slots=True)
class GuideRow:
    """A guide of this store. `ready`: she has a PIN and can act here."""

    id: str
    no: int
    number: str
    name: str
    role: str
    ready: bool


@dataclass(frozen=True, slots=True)
class StoreRow:
    """A store of the brand."""

    id: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Tries:
    """Wrong PINs in a row, and when the last was typed (UTC ms)."""

    wrong: int = 0
    at: int = 0

    def locked_for(self, now_ms: int) -> int:
        """Milliseconds until another try is allowed; 0 if it is now."""
        return max(0, self.at + LOCK_MS - now_ms) if self.wrong >= TRIES else 0

    def after(self, *, right: bool, now_ms: int) -> Tries:
        """The count after a try."""
        return Tries() if right else Tries(self.wrong + 1, now_ms)
