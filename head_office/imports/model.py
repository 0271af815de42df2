"""What an import is asked, what it answers, and the parts that every kind of import is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Generic, Literal, Protocol, TypeVar

from sqlalchemy import Connection, Engine

from guide_app.base.clock import Clock
from guide_app.base.tabular.fields import Field, Reading
from guide_app.base.tabular.rejects import RowReject
from head_office.imports.ledger import Ledger
from head_office.store.secret import OfficeSecret

What = Literal["stores", "guides", "catalogue", "coupons", "stock", "clients", "purchases", "targets"]
#: What became of a record that was not refused.
Verdict = Literal["added", "changed", "unchanged"]

T = TypeVar("T")


class Services(Protocol):
    """What an import works with."""

    @property
    def engine(self) -> Engine:
        """The office's database."""
        ...

    @property
    def secret(self) -> OfficeSecret:
        """The office's secret, for the keyed hashes of persons."""
        ...

    @property
    def clock(self) -> Clock:
        """The present."""
        ...


@dataclass(frozen=True, slots=True)
class ImportServices:
    """`Services` for callers that have nothing of the kind yet."""

    engine: Engine
    secret: OfficeSecret
    clock: Clock


@dataclass(frozen=True, slots=True)
class Options:
    """How a file is meant.

    `columns` maps titles to field names, a column to be left out to an empty one. `store` is the store's code for all
    rows; `store_by` the title of the column that names it by code or name. `errors` is where refused rows are written,
    `pictures` the folder of picture files (default: beside the file). For purchases: `currency` (ISO 4217, two
    decimals), `adjustments` (how order numbers of mere bookings begin), `new_clients` (make clients for member numbers
    nobody knows). `as_of` (UTC ms) is when stock was counted (default: when the file was written).
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    dry_run: bool = False
    errors: Path | None = None
    store: str = ""
    store_by: str = ""
    encoding: str | None = None
    sheet: str | None = None
    pictures: Path | None = None
    currency: str = "CNY"
    adjustments: str = ""
    new_clients: bool = False
    as_of: int | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: `done` of `total` rows (None while the file is still being read)."""

    step: Literal["read", "write"]
    done: int
    total: int | None


ProgressCallback = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a record was refused once the database had been asked."""

    field: str
    value: str
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Unit(Generic[T]):
    """What one natural key of the file makes, whole: the rows it came from, and how many records it may write.

    `amount` is what its rows add up to in the import's measure. Units of different groups never share a transaction.
    """

    rows: tuple[int, ...]
    record: T
    weight: int = 1
    amount: Decimal = Decimal(0)
    group: int = 0


@dataclass(frozen=True, slots=True)
class Sums:
    """The import's control total. `measure` is `fen` or `pieces`; `unreadable` rows have no figure to add."""

    measure: str
    file: Decimal
    added: Decimal
    changed: Decimal
    unchanged: Decimal
    rejected: Decimal
    unreadable: int

    @property
    def reconciled(self) -> bool:
        """Whether what was taken and what was not add up to what the file says."""
        return self.file == self.added + self.changed + self.unchanged + self.rejected


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. Row counts are rows of the file; `records` counts what the rows made, by verdict.

    `layout` names the known export that was recognised; `columns` are the fields by title, `unused` the other titles.
    """

    what: What
    source: str
    sheet: str | None
    layout: str
    dry_run: bool
    rows: int
    added: int
    changed: int
    unchanged: int
    rejected: int
    records: Mapping[str, int]
    sums: Sums | None
    currency: str
    columns: Mapping[str, str]
    unused: Sequence[str]
    rejects: Sequence[RowReject]
    notes: Sequence[str]
    errors: Path | None
    seconds: float


class Importer(Protocol[T]):
    """One kind of import. `fields` are the columns it knows, `measure` what its control total counts."""

    @property
    def fields(self) -> Sequence[Field]:
        """The columns it knows."""
        ...

    @property
    def measure(self) -> str:
        """`fen`, `pieces`, or empty for no control total."""
        ...

    @property
    def tables(self) -> Sequence[str]:
        """The tables it fills."""
        ...

    def gather(self, reading: Reading, ledger: Ledger) -> list[Unit[T]]:
        """Join rows to records by rules alone; what cannot be taken goes to the ledger."""
        ...

    def take(self, connection: Connection, units: Sequence[Unit[T]]) -> list[Verdict | Problem]:
        """Write the records in one transaction of the caller; one verdict a unit. May be run again from the start."""
        ...

    def finish(self) -> Sequence[str]:
        """What is left to do after the last transaction; returns sentences for the report."""
        ...
