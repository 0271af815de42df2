"""改版式 by keyboard: the real poster follows, what head office locked stays, who may not hears why."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QLineEdit, QWidget

from guide_app.base.actor import Actor
from guide_app.flows.desk import Desk
from guide_app.protocol.poster_layers import Symbol
from guide_app.sharing.editing import export
from tests.helpers.book import LI, LOAFER, actor
from tests.helpers.window import Shown
from tests.ui.pages.conftest import Open
from ui.kit.poster.maker import PosterMaker
from ui.kit.toast import Notice
from ui.pages.share.editor import TemplateEditor
from ui.pages.share.page import SharePage

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def manager() -> Actor:
    return replace(actor(), guide_id=LI, guide_no=2, name="李娜", number="0300", role="store_manager")


@pytest.fixture
def shown(open_pages: Open, desk: Desk) -> Iterator[Shown]:
    yield open_at(open_pages, desk, manager)
    QGuiApplication.clipboard().clear()


def open_at(open_pages: Open, desk: Desk, acting: Callable[[], Actor]) -> Shown:
    maker = PosterMaker()
    shown = open_pages(share=lambda context: SharePage(context, desk, acting, maker, lambda _sha: None))
    shown.go("share", product=LOAFER)
    page = shown.page(SharePage)
    page.side.templates.choose("a4")
    shown.settle()
    page.finder.search.setFocus()
    return shown


def editor_of(shown: Shown) -> TemplateEditor:
    shown.press(Qt.Key.Key_E, control=True)
    shown.settle()
    editor = shown.page(SharePage).bench.editor
    assert editor is not None
    editor.list.setFocus()
    return editor


def title_line(editor: TemplateEditor) -> tuple[int, ...]:
    return next(e.path for e in editor.editing.elements() if e.layer.box == (14.0, 168.0, 182.0, 37.0))


def key(widget: QWidget, code: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, code, modifier)


def test_a_manager_moves_an_element_and_keeps_a_version(shown: Shown, desk: Desk) -> None:
    editor = editor_of(shown)
    shown.settle()
    assert editor.proof is not None
    assert editor.proof.good
    before = editor.view.image
    path = title_line(editor)
    editor.choose(path)
    key(editor.list, Qt.Key.Key_Up, ALT)
    shown.settle()
    assert editor.editing.template.layers[path[0]].box == (14.0, 167.0, 182.0, 37.0)
    assert editor.view.image != before
    assert editor.save.isEnabled()
    key(editor, Qt.Key.Key_S, CONTROL)
    shown.settle()
    own = [m for m in desk.materials.centre(PosterMaker().shipped).materials.values() if m.origin == "store"]
    assert [(m.base, m.version, m.template.layers[path[0]].box) for m in own] == [("a4", 1, (14.0, 167.0, 182.0, 37.0))]
    page = shown.page(SharePage)
    assert own[0].name in page.side.templates.offered  # at once, and on the store's other PCs by sync
    page.side.templates.choose(own[0].name)
    shown.settle()
    assert page.easel.finished is not None


def test_a_version_of_the_stores_own_is_taken_back_and_comes_again_by_undo(shown: Shown, desk: Desk) -> None:
    shipped, page = PosterMaker().shipped, shown.page(SharePage)
    title = msgspec.structs.replace(shipped["a4"], title="店庆")
    name = desk.materials.save(shipped, "a4", title, manager())
    page.refresh()
    shown.settle()
    page.side.templates.choose(name)
    shown.settle()
    editor = editor_of(shown)
    editor.withdraw.click()
    shown.settle()
    assert name not in page.side.templates.offered
    assert page.side.templates.current in page.side.templates.offered
    shown.context.undo.undo()
    shown.settle()
    assert name in desk.materials.centre(shipped).materials


def test_steps_are_undone_and_done_again_by_keys(shown: Shown) -> None:
    editor = editor_of(shown)
    path = title_line(editor)
    editor.choose(path)
    before = editor.editing.template
    key(editor.list, Qt.Key.Key_Right, ALT)
    key(editor.list, Qt.Key.Key_D, CONTROL)
    key(editor, Qt.Key.Key_Z, CONTROL)
    key(editor, Qt.Key.Key_Z, CONTROL)
    assert editor.editing.template == before
    key(editor, Qt.Key.Key_Y, CONTROL)
    assert editor.editing.template.layers[path[0]].box == (15.0, 168.0, 182.0, 37.0)


def test_a_property_typed_in_changes_the_poster(shown: Shown) -> None:
    editor = editor_of(shown)
    editor.choose((*title_line(editor), 0))
    text = editor.form.fields["text"]
    assert isinstance(text, QLineEdit)
    text.setText("店庆 {product}")
    key(text, Qt.Key.Key_Return)
    shown.settle()
    proof = editor.proof
    assert proof is not None
    assert any("店庆" in getattr(command, "text", "") for command in proof.drawing.commands)


def test_a_manager_at_the_keyboard_alone(shown: Shown, desk: Desk) -> None:
    """From the list into the fields and back; a field that is stepped stays; work is not lost by Esc or a refusal."""
    editor = editor_of(shown)
    shown.settle()
    path = title_line(editor)
    editor.choose(path)
    key(editor.list, Qt.Key.Key_Return)
    left = editor.form.fields["x"]
    assert editor.focusWidget() is left
    for times in (1, 2, 3):  # the field that tells of a key press is there for the next one
        key(left, Qt.Key.Key_Up)
        assert editor.editing.template.layers[path[0]].box == (14.0 + times / 2, 168.0, 182.0, 37.0)
    assert editor.form.fields["x"] is left
    key(editor, Qt.Key.Key_Z, CONTROL)
    assert isinstance(left, QDoubleSpinBox)
    assert left.value() == 15.0
    width = editor.form.fields["width"]
    assert isinstance(width, QDoubleSpinBox)
    width.setFocus()
    width.selectAll()
    QTest.keyClicks(width, "0")
    key(width, Qt.Key.Key_Return)
    assert "「宽」不能是「0」, 可以是: 大于 0 的数。" in editor.said.text()
    assert width.value() == 182.0
    key(width, Qt.Key.Key_Escape)
    assert editor.focusWidget() is editor.list
    key(editor.list, Qt.Key.Key_Escape)
    assert editor.asking is not None
    assert editor.asking.focusWidget() is editor.asking.stop  # Enter goes back, too
    key(editor.asking, Qt.Key.Key_Escape)
    assert editor.isVisible()
    editor.activateWindow()
    shown.bot.waitUntil(editor.isActiveWindow)
    shown.settle()
    desk.db.apply(lambda applier: applier.conn.exec_driver_sql("CREATE TRIGGER full BEFORE INSERT ON own_template "
                                                               "BEGIN SELECT raise(ABORT, 'full'); END"))  # fmt: skip
    key(editor, Qt.Key.Key_S, CONTROL)
    shown.settle()
    assert editor.isVisible()  # it could not be kept: the work is where it was, and may be kept again
    assert "宽" not in editor.said.text(), editor.said.text()
    assert editor.save.isEnabled()
    desk.db.apply(lambda applier: applier.conn.exec_driver_sql("DROP TRIGGER full"))
    key(editor, Qt.Key.Key_S, CONTROL)
    shown.settle()
    assert shown.page(SharePage).bench.editor is None


def test_colours_and_names_are_in_words_and_either_may_be_typed(shown: Shown) -> None:
    editor = editor_of(shown)
    path = (*title_line(editor), 0)
    words = [editor.list.item(n).text() for n in range(editor.list.count())]
    assert not any("{" in line or "brand" in line for line in words)
    editor.choose(())
    key(editor.list, Qt.Key.Key_Return)
    assert {made.accessibleName() for made in editor.form.fields.values()} >= {"背景上段", "正文", "二维码底色"}
    editor.choose(path)
    colour, text = editor.form.fields["colour"], editor.form.fields["text"]
    assert isinstance(colour, QComboBox)
    assert isinstance(text, QLineEdit)
    assert (colour.currentText(), text.text()) == ("正文", "{商品名}")
    for typed, meant in (("次要文字", "ink_soft"), ("#0E7C66", "#0E7C66"), ("ink_faint", "ink_faint")):
        colour.setFocus()
        colour.setEditText(typed)
        key(colour.lineEdit() or colour, Qt.Key.Key_Return)
        layer = editor.editing.elements()[words.index(editor.list.currentItem().text()) - 1].layer
        assert getattr(layer, "colour", "") == meant
    assert colour.currentText() == "浅淡文字"
    text.setFocus()
    text.setText("{商品名} {article} {价钱}")
    key(text, Qt.Key.Key_Return)
    shown.settle()
    item = editor.element
    assert item is not None
    assert getattr(item.layer, "text", "") == "{product} {article} {价钱}"
    assert text.text() == "{商品名} {货号} {价钱}"
    assert "花括号里的名字不认识 (文字 · 商品名 货号 价钱: 内容)" in editor.told.text()
    assert not editor.save.isEnabled()


def test_what_head_office_locked_does_not_move_and_the_editor_says_so(shown: Shown) -> None:
    editor = editor_of(shown)
    symbol = next(e for e in editor.editing.elements() if isinstance(e.layer, Symbol))
    editor.choose(symbol.path)
    assert "总部锁定" in editor.list.currentItem().text()
    assert "门店不能移动或修改" in editor.said.text()  # told before anything is tried
    key(editor.list, Qt.Key.Key_Left, ALT)
    key(editor.list, Qt.Key.Key_Delete)
    assert "总部锁定" in editor.said.text()
    assert not editor.editing.changed
    assert not any(made.isEnabled() for made in editor.form.fields.values())


def test_in_a_narrow_window_what_is_said_of_a_template_comes_to_rest(shown: Shown) -> None:
    editor = editor_of(shown)
    editor.add.menu().actions()[0].trigger()
    for width in range(700, 1000, 60):
        editor.resize(width, 500)
        shown.settle()
    assert editor.proof is not None
    assert editor.told.text()


def test_covering_the_symbol_cannot_be_kept(shown: Shown) -> None:
    editor = editor_of(shown)
    editor.add.menu().actions()[0].trigger()
    for name, value in (("x", 140), ("y", 210), ("width", 40)):
        field = editor.form.fields[name]
        assert isinstance(field, QDoubleSpinBox)
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, str(value))
        key(field, Qt.Key.Key_Return)
    shown.settle()
    box = editor.editing.template.layers[-1].box
    assert box is not None
    assert box[:3] == (140.0, 210.0, 40.0)
    assert not editor.save.isEnabled()
    assert "盖住了总部锁定的部分" in editor.told.text()
    assert "二维码被其他内容挡住" in editor.told.text()


def test_a_template_leaves_as_a_file_and_comes_back(shown: Shown, tmp_path: Path) -> None:
    editor = editor_of(shown)
    file = tmp_path / "a4.json"
    editor._ask_file = lambda _parent, _title, _name, then: then(file)
    key(editor, Qt.Key.Key_S, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    body = json.loads(file.read_text("utf-8"))
    assert file.read_bytes() == export(editor.editing.template)
    file.write_text(json.dumps({**body, "title": "从文件来"}), "utf-8")
    key(editor, Qt.Key.Key_O, CONTROL)
    assert editor.editing.template.title == "从文件来"
    file.write_text("{}", "utf-8")
    key(editor, Qt.Key.Key_O, CONTROL)
    assert "版式文件" in editor.said.text()
    assert editor.editing.template.title == "从文件来"


def test_a_draft_of_head_offices_may_move_the_symbol_but_stays_a_file(shown: Shown) -> None:
    shown.press(Qt.Key.Key_E, control=True, shift=True)
    shown.settle()
    editor = shown.page(SharePage).bench.editor
    assert editor is not None
    editor.list.setFocus()
    symbol = next(e for e in editor.editing.elements() if isinstance(e.layer, Symbol))
    editor.choose(symbol.path)
    key(editor.list, Qt.Key.Key_Left, ALT)
    assert editor.editing.changed
    assert not editor.save.isVisible()


def test_a_guide_hears_why_she_may_not(open_pages: Open, desk: Desk) -> None:
    shown = open_at(open_pages, desk, actor)
    page = shown.page(SharePage)
    heard: list[Notice] = []
    page.notice.connect(heard.append)
    shown.press(Qt.Key.Key_E, control=True)
    shown.settle()
    assert page.bench.editor is None
    assert "店长" in heard[-1].text
