"""The small widgets: plain text always, names for screen readers, edits that save themselves."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPointF, QRect, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.kit.buttons import IconButton, IconTextButton, button
from ui.kit.card import Card, Kpi, KpiStrip
from ui.kit.confirm import ConfirmDialog
from ui.kit.empty import EmptyState
from ui.kit.flow import FlowLayout
from ui.kit.inline import Edited, InlineEdit, InlineText
from ui.kit.paint import face_colour, initial
from ui.kit.painted import Meter
from ui.kit.pill import Pill, PillButton
from ui.kit.text import ElidedLabel, label, plain_tip
from ui.kit.theme import Theme
from ui.kit.toast import Notice, Toast

NASTY = "<b>x</b><img src=x>"


def test_data_is_never_read_as_markup(qtbot: QtBot, theme: Theme) -> None:
    strip = KpiStrip(theme, [Kpi(NASTY, NASTY, NASTY)])
    empty = EmptyState(theme, "gift", NASTY, NASTY, NASTY)
    card = Card()
    card.set_header(NASTY, NASTY)
    made = (label(NASTY), ElidedLabel(NASTY), Pill(NASTY), strip, empty, card)
    labels: list[QLabel] = []
    for widget in made:
        qtbot.addWidget(widget)
        labels += [widget] if isinstance(widget, QLabel) else widget.findChildren(QLabel)
    with_text = [part for part in labels if part.text()]
    assert len(with_text) >= 9
    assert {part.textFormat() for part in with_text} == {Qt.TextFormat.PlainText}


def test_a_tool_tip_shows_markup_as_text() -> None:
    assert plain_tip("王敏") == "王敏"
    assert plain_tip("<b>") == "<span>&lt;b&gt;</span>"


def test_a_long_line_is_cut_and_whole_in_the_tool_tip(qtbot: QtBot) -> None:
    line = ElidedLabel("云感小白鞋 2026 秋 限定 联名款 特别长的名字")
    qtbot.addWidget(line)
    line.resize(80, 20)
    line.show()
    line.grab()
    assert line.toolTip() == line.text()
    assert line.minimumSizeHint().width() < 80


def test_buttons_have_names_and_show_ampersands(qtbot: QtBot, theme: Theme) -> None:
    named = IconButton(theme, "print", "打印")
    with_text = IconTextButton(theme, "copy", "A & B", "primary")
    plain = button("A & B")
    for made in (named, with_text, plain):
        qtbot.addWidget(made)
    assert (named.accessibleName(), named.toolTip()) == ("打印", "打印")
    assert with_text.accessibleName() == plain.accessibleName() == "A & B"
    assert plain.text() == "A && B"
    with pytest.raises(ValueError, match="name"):
        IconButton(theme, "print", "")


def test_a_filter_pill_turns_accent_while_on(qtbot: QtBot, theme: Theme) -> None:
    del theme
    pill = PillButton("37", checkable=True)
    qtbot.addWidget(pill)
    pill.click()
    assert pill.property("tone") == "accent"
    pill.click()
    assert pill.property("tone") == "grey"


def test_figures_are_replaced_in_place(qtbot: QtBot, theme: Theme) -> None:
    strip = KpiStrip(theme, [Kpi("本月业绩", "¥ 1", ratio=0.5), Kpi("今日成交", "¥ 2")])
    qtbot.addWidget(strip)
    strip.show()
    first = strip.tiles[0]
    strip.set_kpis([Kpi("本月业绩", "¥ 9", "目标 ¥10", 0.9)])
    assert strip.tiles == [first]
    assert first.accessibleName() == "本月业绩 ¥ 9 目标 ¥10"


def test_painted_figures_say_themselves_in_words(qtbot: QtBot, theme: Theme) -> None:
    meter = Meter(theme, 0.76)
    qtbot.addWidget(meter)
    meter.show()
    meter.grab()
    assert meter.accessibleName() == "76%"


def test_a_face_keeps_its_colour_and_initial() -> None:
    assert face_colour("陈雅婷") == face_colour("陈雅婷")
    assert [initial(name) for name in ("陈雅婷", " sam", "", "😀x")] == ["陈", "S", "?", "😀"]


def test_chips_break_the_line(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    flow = FlowLayout(box, gap=4)
    chips = [QLabel(str(number)) for number in range(6)]
    for chip in chips:
        chip.setFixedSize(50, 20)
        flow.addWidget(chip)
    assert (flow.heightForWidth(110), flow.heightForWidth(400)) == (68, 20)
    flow.setGeometry(QRect(0, 0, 110, 68))
    assert [(chip.x(), chip.y()) for chip in chips[:3]] == [(0, 0), (54, 0), (0, 24)]
    flow.clear()
    assert flow.count() == 0
    assert flow.heightForWidth(100) == 0


@pytest.fixture(params=[InlineEdit, InlineText])
def field(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[InlineEdit | InlineText]:
    """A field under test in a window with a second place to go."""
    host = QWidget()
    qtbot.addWidget(host)
    column = QVBoxLayout(host)
    made: InlineEdit | InlineText = request.param("备注", "原来")
    column.addWidget(made)
    column.addWidget(InlineEdit("别处"))
    host.show()
    host.activateWindow()
    qtbot.waitUntil(host.isActiveWindow)
    made.setFocus()
    made.selectAll()
    yield made
    host.hide()


def test_leaving_a_field_commits_once(field: InlineEdit | InlineText, qtbot: QtBot) -> None:
    del qtbot
    seen: list[Edited] = []
    field.edited.connect(seen.append)
    QTest.keyClicks(field, "new")
    QTest.keyClick(field, Qt.Key.Key_Tab)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert seen == [Edited("原来", "new")]
    assert field.accessibleName() == "备注"


def test_enter_commits_and_escape_restores(field: InlineEdit | InlineText) -> None:
    seen: list[Edited] = []
    field.edited.connect(seen.append)
    QTest.keyClicks(field, "new")
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, "er")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert seen == [Edited("原来", "new")]


def test_what_is_being_typed_is_not_overwritten_by_a_sync(field: InlineEdit | InlineText) -> None:
    QTest.keyClicks(field, "typing")
    field.set_value("from head office")
    text = field.text() if isinstance(field, InlineEdit) else field.toPlainText()
    assert text == "typing"
    field.restore()
    field.set_value("from head office")
    text = field.text() if isinstance(field, InlineEdit) else field.toPlainText()
    assert text == "from head office"


def test_a_sync_that_changes_nothing_leaves_the_cursor_where_it_was(field: InlineEdit | InlineText) -> None:
    QTest.keyClick(field, Qt.Key.Key_Home)
    QTest.keyClick(field, Qt.Key.Key_Right)
    field.set_value("原来")
    QTest.keyClicks(field, "x")
    field.commit()
    assert (field.text() if isinstance(field, InlineEdit) else field.toPlainText()) == "原x来"
    undoable = field.isUndoAvailable() if isinstance(field, InlineEdit) else field.document().isUndoAvailable()
    assert not undoable, "Ctrl+Z takes back what was saved, not its letters"


def test_a_toast_acts_once_and_stays_while_hovered(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(600, 400)
    host.show()
    toast = Toast(host)
    done: list[int] = []
    toast.show_notice(Notice(NASTY, "撤销", lambda: done.append(1)))
    assert toast.isVisible()
    assert toast._timer.isActive()
    spot = QPointF(1, 1)
    QApplication.sendEvent(toast, QEnterEvent(spot, spot, spot))
    assert not toast._timer.isActive()
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    assert toast._timer.isActive()
    toast.action.click()
    assert done == [1]
    assert not toast.isVisible()
    assert not toast._timer.isActive()
    host.resize(900, 500)
    toast.show_notice(Notice("又一条"))
    assert not toast.action.isVisible()
    assert abs(toast.geometry().center().x() - 450) <= 1
    toast.hide()


def test_only_the_named_button_confirms(qtbot: QtBot, theme: Theme) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    for key, result in ((Qt.Key.Key_Return, 0), (Qt.Key.Key_Escape, 0)):
        dialog = ConfirmDialog(theme, host, "删除客户", NASTY, "删除客户")
        qtbot.addWidget(dialog)
        dialog.open()
        QTest.keyClick(dialog, key)
        assert dialog.result() == result
    dialog = ConfirmDialog(theme, host, "删除客户", NASTY, "删除客户")
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.go.click()
    assert dialog.result() == 1
