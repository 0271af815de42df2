"""What bringing a file into the book is asked and answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

from guide_app.base.tabular.rejects import RowReject

Verdict = Literal["added", "merged", "unchanged"]


@dataclass(frozen=True, slots=True)
class BringOptions:
    """How a file is meant: `columns` maps titles to field names, `errors` is where refused rows are written."""

    columns: Mapping[str, str] = field(default_factory=dict)
    dry_run: bool = False
    errors: Path | None = None
    encoding: str | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class BringReport:
    """What became of the rows of a file; `rejects` may hold several reasons a row.

    `added` and `merged` count rows that made new records or filled empty fields of those that were there.
    """

    what: Literal["clients", "purchases"]
    source: str
    dry_run: bool
    rows: int
    added: int
    merged: int
    unchanged: int
    rejected: int
    rejects: Sequence[RowReject]
    columns: Mapping[str, str]
    unused: Sequence[str]
    errors: Path | None
    seconds: float


class Watch(Protocol):
    """Somebody watching a long job; `ui.kit.work.Job` is one."""

    def report(self, done: int, total: int) -> None:
        """So many rows are done; `total` 0 means that the number is not known."""
        ...

    def check(self) -> None:
        """Raise whatever ends the job if it shall end; then nothing of it stays."""
        ...


class NobodyWatches:
    """A watch for callers that do not wait."""

    def report(self, done: int, total: int) -> None:
        """Say nothing."""

    def check(self) -> None:
        """Never end."""
