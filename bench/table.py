"""The list of clients with a million rows: first paint, a turn of the wheel, a jump anywhere, memory.

The rows are made as they are asked for, so that view and model are measured and not the book; the peer is what Qt
offers ready-made, a QListView over a QStringListModel.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import perf_counter

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QApplication, QListView

from bench.measure import held_mib, options, quantile
from bench.report import Bench, Peer, Target
from guide_app.clients.model import ClientRow, PageKey
from ui.app import app_object
from ui.kit.paged import PagedModel, Source
from ui.kit.rows import ROW_ROLE, RowList
from ui.kit.shot import settle
from ui.kit.theme import load_theme
from ui.kit.work import Work
from ui.pages.clients.book_list import ClientDelegate, describe

_MS = 1000
_SIZE = (760, 700)
_P99 = 0.99
_NOW = 1_795_000_000_000
_HOUR = 3_600_000
_TAGS = (("金卡", "37 码"), ("新客",), ("活跃", "乐福鞋", "高脚背"), ())

_FIRST = Target(most=600)
_WHEEL = Target(most=8)
_JUMP = Target(most=16)
_MEMORY = Target(most=130)


@dataclass(frozen=True, slots=True)
class _Made:
    """So many clients, row n bought n hours ago; the key of a row says its number."""

    count: int

    def row(self, n: int) -> ClientRow:
        """Row `n`."""
        phone = f"138****{n % 10_000:04d}"
        return ClientRow(
            f"{n:08d}", f"顾客{n}", phone, _TAGS[n % 4], _NOW - n * _HOUR, 3, 100 * n, None, "none", False, n
        )

    def page(self, after: PageKey | None, size: int) -> Sequence[ClientRow]:
        """The rows after a key."""
        start = 0 if after is None else after.number + 1
        return [self.row(n) for n in range(start, min(start + size, self.count))]

    def source(self) -> Source[PageKey, ClientRow]:
        """For the list."""
        return Source(
            count=lambda: self.count,
            page=self.page,
            anchors=lambda size: [self.row(n).key for n in range(size - 1, self.count, size)],
            key=lambda row: row.key,
            describe=describe,
        )


def _first_paint(view: RowList, model: PagedModel[PageKey, ClientRow]) -> float:
    began = perf_counter()
    view.setModel(model)
    view.show()
    model.reload()
    while view.row_at(0) is None:
        QApplication.processEvents()
    view.viewport().repaint()
    return (perf_counter() - began) * _MS


def _each(move: Callable[[], object], view: RowList, repeats: int, *, wait: bool) -> list[float]:
    spent = []
    for _ in range(repeats):
        began = perf_counter()
        move()
        view.viewport().repaint()
        row = view.rowAt(view.viewport().height() // 2)
        while wait and view.model().index(row, 0).data(ROW_ROLE) is None:
            QApplication.processEvents()
        if wait:
            view.viewport().repaint()
        spent.append((perf_counter() - began) * _MS)
        QApplication.processEvents()
    return spent


def _ready_made(rows: int) -> float:
    view = QListView()
    view.resize(*_SIZE)
    began = perf_counter()
    model = QStringListModel([f"顾客{n}" for n in range(rows)])
    view.setModel(model)
    view.show()
    QApplication.processEvents()
    view.viewport().repaint()
    spent = (perf_counter() - began) * _MS
    view.close()
    return spent


def main(arguments: Sequence[str] | None = None) -> None:
    """Show, turn, jump."""
    given = options("table", arguments, rows=1_000_000, repeats=150)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = app_object(["bench"], "0")
    bench = Bench("table", given.given, given.out)
    theme = load_theme()
    theme.apply(app)
    deeds, readers = ThreadPoolExecutor(1), ThreadPoolExecutor(2)
    work = Work(deeds, readers)
    view = RowList(ClientDelegate(theme, lambda: _NOW), "clients")
    view.resize(*_SIZE)
    model = PagedModel(work, _Made(given.rows).source())
    try:
        rows = f"{given.rows:,} rows"
        first = _first_paint(view, model)
        settle(work.pending)
        bar, rng = view.verticalScrollBar(), random.Random(1)
        wheel = _each(lambda: bar.setValue(bar.value() + 3 * bar.singleStep()), view, given.repeats, wait=False)
        jump = _each(lambda: bar.setValue(rng.randrange(bar.maximum() + 1)), view, given.repeats, wait=True)
        held = held_mib(os.getpid())
        bench.add(
            f"first rows painted, {rows}",
            first,
            "ms",
            _FIRST,
            Peer("QListView over QStringListModel", _ready_made(given.rows)),
        )
        bench.add("a turn of the wheel, p99", quantile(wheel, _P99), "ms", _WHEEL)
        bench.add("a jump anywhere until its rows are there, p99", quantile(jump, _P99), "ms", _JUMP)
        bench.add("memory of this process (PSS)", held, "MiB", _MEMORY)
    finally:
        view.close()
        work.close()
        deeds.shutdown()
        readers.shutdown()
        theme.release()
    bench.finish()


if __name__ == "__main__":
    main()
