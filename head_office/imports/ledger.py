"""Keeps count of every row of a file: read, taken, refused; and of the control total, exactly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from guide_app.base.tabular.rejects import RowReject


class Ledger:
    """The books of one import. What was read must in the end be what was taken plus what was refused."""

    def __init__(self) -> None:
        self.read = 0
        self.rows: Counter[str] = Counter()
        self.records: Counter[str] = Counter()
        self.rejects: dict[int, Sequence[RowReject]] = {}
        self.file = Decimal(0)
        self.unreadable = 0
        self.amounts: dict[str, Decimal] = dict.fromkeys(("added", "changed", "unchanged", "rejected"), Decimal(0))

    def see(self, amount: Decimal | None = None) -> None:
        """A row was read; `amount` is its figure, None if it has none that can be read."""
        self.read += 1
        if amount is None:
            self.unreadable += 1
        else:
            self.file += amount

    def take(self, verdict: str, rows: Sequence[int], amount: Decimal) -> None:
        """These rows made one record that was added, changed or found unchanged."""
        self.rows[verdict] += len(rows)
        self.records[verdict] += 1
        self.amounts[verdict] += amount

    def refuse(self, rejects: Mapping[int, Sequence[RowReject]], amount: Decimal = Decimal(0)) -> None:
        """These rows were refused, for these reasons; `amount` is what they come to together."""
        self.rejects.update(rejects)
        self.rows["rejected"] += len(rejects)
        self.amounts["rejected"] += amount
