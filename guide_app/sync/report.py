"""What a round of sync did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from guide_app.protocol.scopes import Scope


@dataclass(frozen=True, slots=True)
class ScopeState:
    """A scope after a round. `equal` is None while the office has not said its digest for `seq`."""

    scope: Scope
    seq: int
    held_digest: str
    office_digest: str
    equal: bool | None
    n_live: int


@dataclass(frozen=True, slots=True)
class SyncReport:
    """One round: changes handed in, records taken over, refusals, edits that lost fields, seconds, scopes.

    `repaired` names scopes whose digest differed and that were read anew.
    """

    pushed: int
    pulled: int
    rejected: int
    merged: int
    seconds: float
    scopes: tuple[ScopeState, ...]
    repaired: tuple[Scope, ...] = ()

    @property
    def needs_attention(self) -> bool:
        """Whether somebody should look: refusals, lost fields, or scopes that still differ."""
        return bool(self.rejected or self.merged) or any(scope.equal is False for scope in self.scopes)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a round is: `done` of `total` (0: unknown) changes handed in, or records taken over."""

    phase: Literal["push", "pull"]
    done: int
    total: int
