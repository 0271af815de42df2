"""Where each tag of a client comes from; a wrong one goes for good, and that can be taken back."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from guide_app.clients.tags import HangingTag
from ui.kit.buttons import button
from ui.kit.card import SectionTitle, row, rule
from ui.kit.pill import Pill
from ui.kit.tag_tones import tag_tone
from ui.kit.text import label
from ui.pages.clients.tag_words import detail_texts, source_text

#: Id, name and reason of a tag that no rule hangs again.
Barred = tuple[str, str, str]


class TagSources(QDialog):
    """Every tag with its source. `dropped` and `wrong` carry a `HangingTag`, `allowed` a bar's id and tag."""

    dropped = Signal(object)
    wrong = Signal(object)
    allowed = Signal(str, str)

    def __init__(self, parent: QWidget, name: str, tags: Sequence[HangingTag], barred: Sequence[Barred]) -> None:
        """`name` is the client's."""
        super().__init__(parent)
        self.setWindowTitle(QCoreApplication.translate("TagSources", "标签来历 · {name}").format(name=name))
        self.resize(560, 460)
        sheet = QWidget()
        self._lines = QVBoxLayout(sheet)
        self._lines.setContentsMargins(2, 2, 10, 2)
        self._lines.setSpacing(8)
        self._show(tags, barred)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(sheet)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(12)
        told = self.tr("客户可以要求看这些标签, 也可以说哪一个不对。说过不对的, 自动规则不再打。")
        column.addWidget(label(told, "hint", wrap=True))
        column.addWidget(area, 1)
        self.close_button = button(self.tr("关闭"), "primary")
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        column.addWidget(row(None, self.close_button))

    def _show(self, tags: Sequence[HangingTag], barred: Sequence[Barred]) -> None:
        for tag in tags:
            self._lines.addWidget(self._tag(tag))
            self._lines.addWidget(rule())
        if not tags:
            self._lines.addWidget(label(self.tr("还没有标签。按 F7 打一个。"), "hint"))
        if barred:
            self._lines.addWidget(SectionTitle(self.tr("说过不对的"), self.tr("自动规则不再打")))
        for bar in barred:
            self._lines.addWidget(self._bar(bar))
        self._lines.addStretch(1)

    def _tag(self, tag: HangingTag) -> QWidget:
        drop = button(self.tr("去掉"), "link")
        drop.setAccessibleName(self.tr("去掉标签 {name}").format(name=tag.name))
        drop.clicked.connect(lambda: self._done(lambda: self.dropped.emit(tag)))
        wrong = button(self.tr("不对, 不再自动加"), "link")
        wrong.setAccessibleName(self.tr("标签 {name} 不对, 不再自动加").format(name=tag.name))
        wrong.clicked.connect(lambda: self._done(lambda: self.wrong.emit(tag)))
        title = QHBoxLayout()
        title.setSpacing(8)
        title.addWidget(Pill(tag.name, "red" if tag.blocks else tag_tone(tag.name)))
        title.addWidget(label(tag.group, "hint"))
        title.addStretch(1)
        title.addWidget(drop)
        title.addWidget(wrong)
        return _lines(title, [source_text(tag), *detail_texts(tag)])

    def _bar(self, bar: Barred) -> QWidget:
        bar_id, name, why = bar
        allow = button(self.tr("收回"), "link")
        allow.setAccessibleName(self.tr("收回: 标签 {name} 不对").format(name=name))
        allow.clicked.connect(lambda: self._done(lambda: self.allowed.emit(bar_id, name)))
        title = QHBoxLayout()
        title.addWidget(Pill(name, "grey"))
        title.addStretch(1)
        title.addWidget(allow)
        return _lines(title, [why] if why else [])

    def _done(self, say: Callable[[], None]) -> None:
        self.accept()
        say()


def _lines(title: QHBoxLayout, said: Sequence[str]) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addLayout(title)
    for text in said:
        column.addWidget(label(text, "muted", wrap=True))
    return holder
