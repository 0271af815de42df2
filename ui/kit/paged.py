"""List models: a plain one over a tuple, and a windowed one that fetches pages by key, never by OFFSET.

The windowed model shows a first page at once and scrolls on by each page's last key. For the first jump it learns the
key before every page start in one pass (`anchors`), and from then on jumps anywhere with one indexed read. Pages far
from sight are forgotten.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal

from ui.kit.rows import ROW_ROLE
from ui.kit.work import Job, Work

K = TypeVar("K")
T = TypeVar("T")

_Index = QModelIndex | QPersistentModelIndex
_TEXT_ROLES = (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole))
_NOWHERE = QModelIndex()
_KEPT_PAGES = 24


class RowModel(QAbstractListModel, Generic[T]):
    """Rows that are all in memory; for lists of up to some thousand."""

    def __init__(self, describe: Callable[[T], str] = str) -> None:
        """`describe` says a row in words for screen readers."""
        super().__init__()
        self._rows: tuple[T, ...] = ()
        self._describe = describe

    @property
    def rows(self) -> tuple[T, ...]:
        """All rows."""
        return self._rows

    def set_rows(self, rows: Sequence[T]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """How many rows; none below a row."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Return the row's object under `ROW_ROLE`, its words under the text roles."""
        if not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        return row if role == ROW_ROLE else self._describe(row) if role in _TEXT_ROLES else None


@dataclass(frozen=True, slots=True)
class Source(Generic[K, T]):
    """Where a windowed list comes from. All but `key` and `describe` run on a reader thread.

    `count()` is the number of rows; `page(after, n)` are the first n rows after key `after` (None: from the start)
    in list order; `anchors(n)` are the keys of rows n-1, 2n-1, … (the last row of each full page);
    `key(row)` is a row's key, unique and in list order; `describe(row)` says it in words.
    """

    count: Callable[[], int]
    page: Callable[[K | None, int], Sequence[T]]
    anchors: Callable[[int], Sequence[K]]
    key: Callable[[T], K]
    describe: Callable[[T], str] = str


class PagedModel(QAbstractListModel, Generic[K, T]):
    """A window onto any number of rows. `loaded` tells after each (re)load that count and first page are there."""

    loaded = Signal()

    def __init__(self, work: Work, source: Source[K, T], page_size: int = 100) -> None:
        """Fetch through `work`, `page_size` rows at a time; nothing is fetched before `reload`."""
        super().__init__()
        self._work = work
        self._source = source
        self._size = page_size
        self._count = 0
        self._pages: OrderedDict[int, Sequence[T]] = OrderedDict()
        self._starts: dict[int, K | None] = {0: None}
        self._wanted: list[int] = []
        self._fetching = False
        self._asked_anchors = False
        self._generation = 0
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._fetch)

    def set_source(self, source: Source[K, T]) -> None:
        """Show other rows, e.g. for another filter, from the top."""
        self._source = source
        self.reload()

    def reload(self) -> None:
        """Read count and first page again; scroll position and current row number stay."""
        source, size = self._source, self._size

        def outline(_job: Job) -> tuple[int, Sequence[T]]:
            return source.count(), source.page(None, size)

        self._work.query(outline, owner=self, slot="outline", done=self._begin)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """How many rows; none below a row."""
        return 0 if parent.isValid() else self._count

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Return the row's object under `ROW_ROLE` (None while it is fetched), its words under the text roles."""
        if role != ROW_ROLE and role not in _TEXT_ROLES:
            return None
        number, offset = divmod(index.row(), self._size)
        page = self._pages.get(number)
        if page is None:
            self._want(number)
            return None
        if offset >= len(page):
            return None
        return page[offset] if role == ROW_ROLE else self._source.describe(page[offset])

    def _begin(self, outline: tuple[int, Sequence[T]]) -> None:
        count, first = outline
        self._generation += 1
        self._pages.clear()
        self._pages[0] = first
        self._starts = {0: None}
        if first:
            self._starts[1] = self._source.key(first[-1])
        self._wanted.clear()
        self._asked_anchors = False
        self._resize(count)
        if count:
            self.dataChanged.emit(self.index(0, 0), self.index(count - 1, 0))
        self.loaded.emit()

    def _resize(self, count: int) -> None:
        before = self._count
        if count > before:
            self.beginInsertRows(_NOWHERE, before, count - 1)
            self._count = count
            self.endInsertRows()
        elif count < before:
            self.beginRemoveRows(_NOWHERE, count, before - 1)
            self._count = count
            self.endRemoveRows()

    def _ask_anchors(self) -> None:
        """Once for each time the list is read: the pass goes through all of it."""
        if self._asked_anchors:
            return
        self._asked_anchors = True
        anchors, size = self._source.anchors, self._size
        self._work.query(
            lambda _job: anchors(size),
            owner=self,
            slot="anchors",
            done=partial(self._learn, self._generation),
            failed=self._no_anchors,
        )

    def _learn(self, generation: int, anchors: Sequence[K]) -> None:
        if generation == self._generation:
            self._starts.update(enumerate(anchors, start=1))
        self._fetch()

    def _no_anchors(self, failure: object) -> None:
        self._asked_anchors = False
        self._wanted.clear()
        self._work.failed.emit(failure)

    def _want(self, number: int) -> None:
        if number not in self._wanted:
            self._wanted.append(number)
            del self._wanted[:-3]  # what was scrolled past is no longer wanted
            self._later.start()

    def _fetch(self) -> None:
        if self._fetching:
            return
        ready = [number for number in self._wanted if number in self._starts]
        if not ready:
            if self._wanted:
                self._ask_anchors()
            return
        self._fetching = True
        page, size, starts = self._source.page, self._size, {number: self._starts[number] for number in ready}
        self._work.query(
            lambda _job: {number: page(after, size) for number, after in starts.items()},
            owner=self,
            done=partial(self._arrive, self._generation),
            failed=self._failed,
        )

    def _failed(self, failure: object) -> None:
        self._fetching = False
        self._wanted.clear()
        self._work.failed.emit(failure)

    def _arrive(self, generation: int, pages: dict[int, Sequence[T]]) -> None:
        self._fetching = False
        if generation == self._generation:
            for number, rows in pages.items():
                self._keep(number, rows)
        self._fetch()

    def _keep(self, number: int, rows: Sequence[T]) -> None:
        self._pages[number] = rows
        if number in self._wanted:
            self._wanted.remove(number)
        if rows:
            self._starts[number + 1] = self._source.key(rows[-1])
        while len(self._pages) > _KEPT_PAGES:
            self._pages.popitem(last=False)
        first = number * self._size
        last = min(first + self._size, self._count) - 1
        if first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, 0))
