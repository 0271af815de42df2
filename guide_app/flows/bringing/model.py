"""What bringing a file into the book is asked and answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

from guide_app.base.tabular.rejects import RowReject

Verdict = Literal["added", "merged", "unchanged"]
#: What becomes of a field that the book and the file fill differently; `both` is for phones.
Keep = Literal["mine", "theirs", "both"]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of which the book says `mine` and the file `theirs`, both as text."""

    field: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Known:
    """A person of the file who is in the book: her rows, her record, what differs.

    With `same` False only the WeChat agrees and the phones differ: she counts as another person unless it is chosen
    what becomes of the phone.
    """

    rows: tuple[int, ...]
    client_id: str
    name: str
    same: bool
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class BringOptions:
    """How a file is meant: `columns` maps titles to field names, `errors` is where refused rows are written.

    `choices` says for a row (its number; of several about one person the first) what becomes of fields in which the
    book says something else; a field without a choice stays as the book has it.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    dry_run: bool = False
    errors: Path | None = None
    encoding: str | None = None
    sheet: str | None = None
    separator: str | None = None
    choices: Mapping[int, Mapping[str, Keep]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BringReport:
    """What became of the rows of a file; `rejects` may hold several reasons a row.

    `doubled` are pairs of rows about one person that say different things: `mine` is the earlier row's, which stands.

    `left_out` are fields of rows that were taken, which need a consent before they may be kept.

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
    known: Sequence[Known] = ()
    doubled: Sequence[Known] = ()
    left_out: Sequence[RowReject] = ()


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
