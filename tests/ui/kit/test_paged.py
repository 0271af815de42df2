"""A list of a million rows: what is in sight is fetched by key, and nothing else."""

from collections.abc import Sequence
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.ui.kit.fakes import ManualExecutor
from ui.kit.paged import PagedModel, RowModel, Source
from ui.kit.rows import ROW_ROLE, Chosen, RowDelegate, RowList, paint_two_lines
from ui.kit.theme import Theme
from ui.kit.work import Work

MILLION = 1_000_000


class Numbers:
    """Rows are the even numbers; the key of a row is the number itself."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.first = 0
        self.asked: list[int | None] = []
        self.anchored = 0

    def page(self, after: int | None, size: int) -> Sequence[int]:
        self.asked.append(after)
        begin = self.first if after is None else after + 2
        return range(begin, min(begin + 2 * size, self.first + 2 * self.count), 2)

    def anchors(self, size: int) -> Sequence[int]:
        self.anchored += 1
        return range(self.first + 2 * size - 2, self.first + 2 * self.count, 2 * size)

    def source(self) -> Source[int, int]:
        return Source(
            count=lambda: self.count,
            page=self.page,
            anchors=self.anchors,
            key=lambda row: row,
            describe=lambda row: f"第 {row} 号",
        )


class Plain(RowDelegate):
    def paint_row(self, painter: QPainter, rect: QRectF, row: Any, *, selected: bool) -> None:
        paint_two_lines(painter, rect, str(row), "选中" if selected else "", self.theme)


def settle(executor: ManualExecutor) -> None:
    for _ in range(6):
        executor.run_all()
        QCoreApplication.processEvents()


@pytest.fixture
def numbers() -> Numbers:
    return Numbers(MILLION)


@pytest.fixture
def model(work: Work, numbers: Numbers) -> PagedModel[int, int]:
    return PagedModel(work, numbers.source(), page_size=100)


def at(model: PagedModel[int, int], row: int) -> Any:
    return model.index(row, 0).data(ROW_ROLE)


def test_the_first_page_comes_at_once_and_any_row_after_one_fetch(
    model: PagedModel[int, int], numbers: Numbers, readers: ManualExecutor
) -> None:
    model.reload()
    settle(readers)
    assert model.rowCount() == MILLION
    assert (at(model, 0), at(model, 99)) == (0, 198)
    assert at(model, 777_777) is None
    settle(readers)
    assert at(model, 777_777) == 1_555_554
    assert model.index(777_777, 0).data() == "第 1555554 号"
    assert numbers.asked == [None, 2 * 777_700 - 2]


def test_what_was_scrolled_past_is_not_fetched(
    model: PagedModel[int, int], numbers: Numbers, readers: ManualExecutor
) -> None:
    model.reload()
    settle(readers)
    numbers.asked.clear()
    for row in range(1_000, 900_000, 1_000):
        at(model, row)
    settle(readers)
    assert len(numbers.asked) <= 3
    assert at(model, 899_000) == 1_798_000


def test_pages_far_from_sight_are_forgotten(model: PagedModel[int, int], readers: ManualExecutor) -> None:
    model.reload()
    settle(readers)
    for row in range(0, 10_000, 100):
        at(model, row)
        settle(readers)
    assert len(model._pages) == 24
    assert at(model, 9_900) == 19_800


def test_only_the_first_jump_asks_where_pages_end(
    model: PagedModel[int, int], numbers: Numbers, readers: ManualExecutor
) -> None:
    model.reload()
    settle(readers)
    for row in range(100, 1_000, 50):
        at(model, row)
        at(model, row + 60)  # a screen that spans two pages
        settle(readers)
        assert at(model, row) == 2 * row
    assert numbers.anchored == 0, "scrolling on goes by the last row of each page"
    for row in (500_000, 900_000, 300_000):
        at(model, row)
        settle(readers)
        assert at(model, row) == 2 * row
    assert numbers.anchored == 1
    model.reload()
    settle(readers)
    assert numbers.anchored == 1
    at(model, 700_000)
    settle(readers)
    assert (at(model, 700_000), numbers.anchored) == (1_400_000, 2)


def test_where_pages_end_belongs_to_the_list_that_was_asked(
    model: PagedModel[int, int], numbers: Numbers, readers: ManualExecutor
) -> None:
    model.reload()
    settle(readers)
    at(model, 500_000)
    QCoreApplication.processEvents()
    model.reload()
    numbers.first = -20
    readers.run(1)  # ten new rows on top, and only then where the pages of before ended
    numbers.first = 0
    readers.run(0)
    numbers.first = -20
    QCoreApplication.processEvents()
    at(model, 500_000)
    settle(readers)
    assert at(model, 500_000) == 999_980


def is_asked_again(work: Work, readers: ManualExecutor, source: Source[int, int], broken: list[bool]) -> None:
    """A line far down comes once `source` is whole again, of which the first try failed."""
    failures: list[Any] = []
    work.failed.connect(failures.append)
    model = PagedModel(work, source, page_size=100)
    model.reload()
    settle(readers)
    at(model, 500)
    settle(readers)
    assert len(failures) == 1
    broken[0] = False
    at(model, 500)
    settle(readers)
    assert at(model, 500) == 1000


def test_where_pages_end_is_asked_again_after_it_failed(work: Work, readers: ManualExecutor) -> None:
    numbers, broken = Numbers(1000), [True]
    good = numbers.source()

    def anchors(size: int) -> Sequence[int]:
        if broken[0]:
            raise OSError("disk")
        return numbers.anchors(size)

    is_asked_again(work, readers, Source(good.count, good.page, anchors, good.key), broken)


def test_a_reload_keeps_the_place_and_drops_old_answers(
    model: PagedModel[int, int], numbers: Numbers, readers: ManualExecutor, work: Work
) -> None:
    model.reload()
    settle(readers)
    at(model, 500_000)
    QCoreApplication.processEvents()  # asked for, not yet answered
    numbers.count = 300
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    model.reload()
    settle(readers)
    assert model.rowCount() == 300
    assert resets == []
    assert work.pending() == 0
    assert at(model, 99) == 198


def test_a_page_asked_for_before_a_reload_never_mixes_with_the_new_rows(
    model: PagedModel[int, int], numbers: Numbers, readers: ManualExecutor
) -> None:
    model.reload()
    settle(readers)
    assert at(model, 500) is None
    QCoreApplication.processEvents()
    numbers.first, numbers.count = -20, MILLION + 10  # ten new rows on top
    model.reload()
    readers.run(1)
    readers.run(0)
    settle(readers)
    at(model, 500)
    settle(readers)
    assert at(model, 500) == 980


def test_the_models_keep_qts_rules(
    model: PagedModel[int, int], numbers: Numbers, readers: ManualExecutor, qtmodeltester: ModelTester
) -> None:
    numbers.count = 321
    model.reload()
    settle(readers)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # pytest-qt's own
    numbers.count = 7
    model.reload()
    settle(readers)
    rows: RowModel[str] = RowModel()
    rows.set_rows(("a", "b"))
    qtmodeltester.check(rows)  # type: ignore[no-untyped-call]  # pytest-qt's own
    rows.set_rows(("c",))
    assert rows.index(0, 0).data(ROW_ROLE) == "c"


def test_a_failed_fetch_is_told_and_can_be_tried_again(work: Work, readers: ManualExecutor) -> None:
    numbers = Numbers(1000)
    good = numbers.source()
    broken = [True]

    def page(after: int | None, size: int) -> Sequence[int]:
        if after is not None and broken[0]:
            raise OSError("disk")
        return numbers.page(after, size)

    is_asked_again(work, readers, Source(good.count, page, good.anchors, good.key), broken)


def test_a_list_is_worked_by_keyboard(qtbot: QtBot, theme: Theme) -> None:
    view = RowList(Plain(theme), "号码")
    qtbot.addWidget(view)
    model: RowModel[str] = RowModel()
    model.set_rows([f"r{number}" for number in range(500)])
    view.setModel(model)
    view.resize(400, 300)
    view.show()
    opened: list[Chosen] = []
    moved: list[Chosen] = []
    view.chosen.connect(opened.append)
    view.moved.connect(moved.append)
    QTest.keyClick(view, Qt.Key.Key_End)
    QTest.keyClick(view, Qt.Key.Key_Up)
    QTest.keyClick(view, Qt.Key.Key_Return)
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert opened == [Chosen(498, "r498")]
    assert [chosen.number for chosen in moved] == [499, 498, 0]
    assert view.accessibleName() == "号码"
    view.grab()


def test_rows_on_their_way_are_painted_as_grey_bars(
    qtbot: QtBot, theme: Theme, model: PagedModel[int, int], readers: ManualExecutor
) -> None:
    view = RowList(Plain(theme), "号码")
    qtbot.addWidget(view)
    view.setModel(model)
    view.resize(400, 300)
    view.show()
    model.reload()
    settle(readers)
    view.scrollTo(model.index(600_000, 0))
    grey = view.grab().toImage().pixelColor(40, 150).name()
    seen = {view.grab().toImage().pixelColor(40, y).name().upper() for y in range(300)}
    assert theme.colours.track in seen, grey
    settle(readers)
    assert at(model, 600_000) == 1_200_000
    view.setModel(None)
