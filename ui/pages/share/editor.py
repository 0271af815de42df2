"""改版式: elements at the left, the real poster in the middle, properties at the right; all by keyboard."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from guide_app.base.errors import GuideError
from guide_app.protocol.poster_layers import Layer, Template
from guide_app.sharing.content import PosterContent
from guide_app.sharing.drawing import Box
from guide_app.sharing.editing import Editing, Element, bring, export
from ui.kit.buttons import button
from ui.kit.card import row
from ui.kit.confirm import ConfirmDialog
from ui.kit.errors import Failure, present
from ui.kit.i18n import say
from ui.kit.poster.render import PosterRenderer
from ui.kit.problems import error_words
from ui.kit.text import label, restyle
from ui.kit.theme import Theme
from ui.kit.work import Job, Work
from ui.pages.share.editor_form import ElementForm
from ui.pages.share.editor_new import NEW_ELEMENTS
from ui.pages.share.editor_proof import Proof, prove
from ui.pages.share.editor_words import element_words, kind_words, problem_words
from ui.pages.share.handout import write_file
from ui.pages.share.stage import PosterView

_SIZE, _FRAME = QSize(1080, 700), QSize(16, 48)
"""How large it opens, and what a window's frame needs of a screen that has no more."""
_MOST_TOLD = 4

AskFile = Callable[[QWidget, str, str, Callable[[Path], None]], None]
"""Asks for a file (parent, title, proposed name or empty to open one) and calls back unless cancelled."""


@dataclass(frozen=True, slots=True)
class EditorOrder:
    """What is edited: a template, what it must keep to (None for a draft of head office's), what the poster says.

    `own_name` is the store's template that a kept version belongs to; empty for a new one.
    """

    template: Template
    base: Template | None
    content: PosterContent
    own_name: str = ""


class TemplateEditor(QDialog):
    """Edits one template. `kept` carries the template when 存为新版本 is pressed and nothing speaks against it.

    Whoever keeps it says how that went: `accept`, or `refuse`, which leaves the work where it is. `withdrawn`: the
    newest version of a template of the store's own is to be taken back.
    """

    kept = Signal(object)
    withdrawn = Signal()

    def __init__(
        self, parent: QWidget, theme: Theme, work: Work, renderer: PosterRenderer, order: EditorOrder, ask_file: AskFile
    ) -> None:
        """Nothing is written before `kept`."""
        super().__init__(parent)
        self._work, self._renderer, self._order, self._ask_file = work, renderer, order, ask_file
        self._theme = theme
        self.editing = Editing(order.template, order.base)
        self._left = order.template  # as it last left the editor: nothing is lost by closing it then
        self._saving = False
        self.asking: ConfirmDialog | None = None
        self.proof: Proof | None = None
        self._elements: list[Element] = []
        free = order.base is None
        self.setWindowTitle(self.tr("改版式 · 总部草稿") if free else self.tr("改版式"))
        self.resize(_SIZE.boundedTo(parent.screen().availableSize() - _FRAME))
        self.list = QListWidget()
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(self.tr("版式里的各项"))
        self.form = ElementForm()
        self.view = PosterView(theme)
        self.told = label("", "hint", wrap=True)
        self.said = label("", "danger", wrap=True)
        self.add = button(self.tr("添加"))
        self.undo = button(self.tr("撤销"), tip="Ctrl+Z")
        self.redo = button(self.tr("重做"), tip="Ctrl+Y")
        self.bring = button(self.tr("导入…"), tip="Ctrl+O")
        self.export = button(self.tr("导出…"), tip="Ctrl+Shift+S")
        self.save = button(self.tr("存为新版本"), "primary", tip="Ctrl+S")
        self.save.setVisible(not free)
        self.withdraw = button(self.tr("收回这一版"))
        self.withdraw.setVisible(bool(order.own_name))
        self.close_button = button(self.tr("关闭"))
        self._lay_out()
        self._connect()
        self._show(0)
        self.form.prepare(self.editing.template, self._elements, free=free)

    # -- building ----------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        left.addWidget(row(self.add, self.undo, self.redo, None, margins=(0, 0, 0, 0)))
        keys = self.tr("Enter 改属性, Esc 回到列表 · Alt+方向键移动 · Ctrl+↑↓ 换层 · Ctrl+D 复制 · Del 删除")
        hint = label(keys, "hint", wrap=True)
        left.addWidget(hint)
        middle = QVBoxLayout()
        middle.addWidget(self.view, 1)
        middle.addWidget(self.told)
        middle.addWidget(self.said)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.form)
        area.setMinimumWidth(290)
        columns = QHBoxLayout()
        columns.setSpacing(14)
        columns.addLayout(left, 5)
        columns.addLayout(middle, 8)
        columns.addWidget(area, 5)
        down = QVBoxLayout(self)
        down.setContentsMargins(18, 16, 18, 14)
        down.addLayout(columns, 1)
        down.addWidget(
            row(self.bring, self.export, self.withdraw, None, self.close_button, self.save, margins=(0, 6, 0, 0))
        )

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._chosen)
        self.list.itemActivated.connect(lambda _item: self.form.focus_first())
        self.form.wanted.connect(self._set)
        self.view.resized.connect(self._paint)
        self.close_button.clicked.connect(self.reject)
        self.withdraw.clicked.connect(self._withdraw)
        menu = QMenu(self.add)
        for make in NEW_ELEMENTS:
            menu.addAction(kind_words(make(self.editing.template)), partial(self._add, make))
        self.add.setMenu(menu)
        for keys, made, deed in (
            ("Ctrl+Z", self.undo, self._undo),
            ("Ctrl+Y", self.redo, self._redo),
            ("Ctrl+O", self.bring, self._ask_import),
            ("Ctrl+Shift+S", self.export, self._ask_export),
            ("Ctrl+S", self.save, self._save),
        ):
            made.setAutoDefault(False)
            made.clicked.connect(deed)
            QShortcut(QKeySequence(keys), self).activated.connect(deed)
        self.add.setAutoDefault(False)
        self.close_button.setAutoDefault(False)
        for keys, step in (
            ("Delete", self._remove),
            ("Ctrl+D", self._copy),
            ("Ctrl+Up", partial(self._reorder, -1)),
            ("Ctrl+Down", partial(self._reorder, 1)),
            *((f"Alt+{way}", partial(self._move, dx, dy)) for way, dx, dy in _WAYS),
            *((f"Alt+Shift+{way}", partial(self._move, dx / 10, dy / 10)) for way, dx, dy in _WAYS),
        ):
            shortcut = QShortcut(QKeySequence(keys), self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(step)

    # -- showing -----------------------------------------------------------------------------------------

    @property
    def element(self) -> Element | None:
        """The element chosen; None for the template itself, which is the list's first line."""
        place = self.list.currentRow() - 1
        return self._elements[place] if 0 <= place < len(self._elements) else None

    def choose(self, path: tuple[int, ...]) -> None:
        """Choose an element as if by arrow keys."""
        places = [element.path for element in self._elements]
        self.list.setCurrentRow(places.index(path) + 1 if path in places else 0)

    def _show(self, chosen: int | None = None) -> None:
        """Show everything as it is now; the line chosen stays chosen unless `chosen` says which."""
        place = self.list.currentRow() if chosen is None else chosen
        self._elements = self.editing.elements()
        self.list.blockSignals(True)
        self.list.clear()
        self.list.addItem(self.tr("版式 · 名称和颜色"))
        for element in self._elements:
            words = element_words(element.layer)
            if element.locked:
                words = self.tr("{element} (总部锁定)").format(element=words)
            self.list.addItem(QListWidgetItem("    " * (len(element.path) - 1) + words))
        self.list.setCurrentRow(max(0, min(place, self.list.count() - 1)))
        self.list.blockSignals(False)
        self.undo.setEnabled(self.editing.changed)
        self.redo.setEnabled(self.editing.undone)
        self._chosen()

    def _chosen(self, _row: int = 0) -> None:
        element = self.element
        locked = element is not None and element.locked
        self._say(self.tr("总部锁定了这一项, 门店不能移动或修改。") if locked else "", role="hint")
        self.form.show_element(self.editing.template, element, free=self.editing.base is None)
        self._prove()

    def _prove(self) -> None:
        self.proof = None
        self._tell()
        self._paint()

    def _paint(self) -> None:
        """Paint and prove for the room there is; another room alone takes nothing back of what was said.

        Words that came and went with it would change the room again, without end.
        """
        renderer, template, content = self._renderer, self.editing.template, self._order.content
        element = self.element
        marked = Box(*element.layer.box) if element is not None and element.layer.box is not None else None
        room, ratio = self.view.room(), self.view.devicePixelRatioF()

        def paint(job: Job) -> Proof:
            return prove(renderer, template, content, marked, room, ratio, job)

        self._work.query(paint, owner=self, slot="proof", done=self._proved, failed=self._unproved)

    def _proved(self, proof: Proof) -> None:
        self.proof = proof
        self.view.show_image(proof.image)
        self.view.setAccessibleDescription(proof.drawing.alternative)
        self._tell()

    def _unproved(self, failure: Failure) -> None:
        self.view.show_words(failure.sentence)

    def _tell(self) -> None:
        """Say whether this may be kept, and if not, why."""
        template, base = self.editing.template, self.editing.base
        found = [problem_words(problem, template, base) for problem in self.editing.problems()]
        proof = self.proof
        if proof is not None and proof.refusal is not None:
            found.append(error_words(proof.refusal).sentence)
        self.save.setEnabled(proof is not None and not found and self.editing.changed and not self._saving)
        if found:
            restyle(self.told, role="danger")
            more = self.tr(" 等 {count} 处").format(count=len(found)) if len(found) > _MOST_TOLD else ""
            self.told.setText("; ".join(found[:_MOST_TOLD]) + more)
            return
        restyle(self.told, role="hint")
        if proof is None:
            self.told.setText(self.tr("正在自检二维码…"))
            return
        words = self.tr("二维码已自检可识别 · 海报检查 {points} 分").format(points=proof.score.points)
        why = ", ".join(say(one.words) for one in proof.score.findings)
        self.told.setText(f"{words}: {why}" if why else words)

    def _say(self, words: str, role: str = "danger") -> None:
        """A sentence about the last deed, or about what is chosen."""
        restyle(self.said, role=role)
        self.said.setText(words)

    # -- closing -----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc leads from the fields to the list, and from there out."""
        focus = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape and focus is not None and self.form.isAncestorOf(focus):
            self.list.setFocus(Qt.FocusReason.BacktabFocusReason)
            return
        super().keyPressEvent(event)

    def reject(self) -> None:
        """Close; ask first where work would be lost. While it is being kept, the answer closes it or says why not."""
        if self._saving:
            return
        if self.editing.template in (self._left, self._order.template):
            super().reject()
            return
        words = self.tr("这些修改还没有存为新版本, 也没有导出, 关掉就没有了。")
        self.asking = ConfirmDialog(self._theme, self, self.tr("放弃修改？"), words, self.tr("放弃修改"))
        self.asking.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.asking.accepted.connect(super().reject)
        self.asking.open()

    def refuse(self, failure: Failure) -> None:
        """It could not be kept: say why, and leave the work where it is."""
        self._saving = False
        self._tell()
        self._say(f"{failure.sentence} {failure.way_out}".strip())

    # -- deeds -------------------------------------------------------------------------------------------

    def _try(self, deed: Callable[[], object]) -> bool:
        """Do it, or say why not. Whether it was done."""
        try:
            deed()
        except GuideError as e:
            failure = present(e)
            self._show()
            self._say(f"{failure.sentence} {failure.way_out}".strip())
            return False
        return True

    def _set(self, path: tuple[int, ...], fields: dict[str, object]) -> None:
        if self._try(lambda: self.editing.set(path, **fields)):
            self._show()

    def _undo(self) -> None:
        self.editing.undo()
        self._show()

    def _redo(self) -> None:
        self.editing.redo()
        self._show()

    def _move(self, dx: float, dy: float) -> None:
        element = self.element
        step = 1.0 if self.editing.template.unit == "mm" else 10.0
        if element is not None and self._try(lambda: self.editing.move(element.path, dx * step, dy * step)):
            self._show()

    def _reorder(self, by: int) -> None:
        element = self.element
        if element is None or len(element.path) > 1:
            return
        number = element.path[0]
        if self._try(lambda: self.editing.reorder(number, by)):
            self._show()
            self.choose((max(0, min(len(self.editing.template.layers) - 1, number + by)),))

    def _copy(self) -> None:
        element = self.element
        if element is not None and self._try(lambda: self.editing.copy(element.path[0])):
            self._show()
            self.choose((element.path[0] + 1,))

    def _remove(self) -> None:
        element = self.element
        if element is None:
            return
        if len(element.path) > 1:
            self._say(self.tr("组里的单项不能删; 可以删整组, 或把它的内容清空。"))
        elif self._try(lambda: self.editing.remove(element.path[0])):
            self._show()

    def _add(self, make: Callable[[Template], Layer]) -> None:
        number = self.editing.add(make(self.editing.template))
        self._show()
        self.choose((number,))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        if self.save.isEnabled():
            self._saving = True
            self.save.setEnabled(False)
            self.kept.emit(self.editing.template)

    def _withdraw(self) -> None:
        self.withdrawn.emit()
        self.done(0)

    # -- files -------------------------------------------------------------------------------------------

    def _ask_import(self) -> None:
        self._ask_file(self, self.tr("导入版式"), "", self._import)

    def _import(self, path: Path) -> None:
        def read() -> None:
            self.editing.replace(bring(path.read_bytes(), self.editing.template.name))

        try:
            done = self._try(read)
        except OSError as e:
            self._say(self.tr("打不开「{file}」: {why}").format(file=path.name, why=e.strerror))
            return
        if done:
            self._show(0)

    def _ask_export(self) -> None:
        self._ask_file(self, self.tr("导出版式"), f"{self.editing.template.name}.json", self._export)

    def _export(self, path: Path) -> None:
        try:
            write_file(path, export(self.editing.template))
        except OSError as e:
            self._say(self.tr("写不进「{file}」: {why}").format(file=path.name, why=e.strerror))
            return
        self._left = self.editing.template
        self._say(self.tr("已导出「{file}」").format(file=path.name), role="hint")


_WAYS = (("Left", -1.0, 0.0), ("Right", 1.0, 0.0), ("Up", 0.0, -1.0), ("Down", 0.0, 1.0))
