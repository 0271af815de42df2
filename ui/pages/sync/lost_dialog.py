"""Why a value of ours was overtaken: what either side wrote, which rule decided, and the way back."""

from collections.abc import Mapping
from typing import Literal

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from guide_app.protocol.merge import Rule
from guide_app.sync.queries import LostValue
from ui.kit.buttons import button
from ui.kit.card import Card
from ui.kit.text import label
from ui.pages.sync.needs import LostChange, lost_title, restore_words
from ui.pages.sync.words import field_words, moment, value_words


class LostDialog(QDialog):
    """Shows a change of ours that lost, value by value. `accepted` means: seen, leave it."""

    restored = Signal()

    def __init__(self, parent: QWidget, lost: LostChange, guides: Mapping[str, str], now_ms: int) -> None:
        """`guides` names guides by id; `now_ms` is UTC ms, for the moments."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("为什么被覆盖"))
        self.setMinimumWidth(500)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 18)
        column.setSpacing(10)
        column.addWidget(label(lost_title(lost), "section", wrap=True))
        for value in lost.values:
            column.addWidget(self._card(value, guides, now_ms))
        for rule in dict.fromkeys(value.rule for value in lost.values):
            column.addWidget(label(rule_sentence(rule), "muted", wrap=True))
        heard = self.tr("{time} 得知。本机写的保留 90 天，随时可以恢复。")
        if not lost.restorable:
            heard = self.tr("{time} 得知。这些状态不能退回，需要时另建一条新的。")
        column.addWidget(label(heard.format(time=moment(lost.values[0].at, now_ms)), "hint", wrap=True))
        self.restore = button(restore_words(lost, guides))
        self.restore.setVisible(lost.restorable)
        self.later = button(self.tr("以后再说"))
        self.seen = button(self.tr("知道了"), "primary")
        self.seen.setDefault(True)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 8, 0, 0)
        foot.setSpacing(8)
        foot.addWidget(self.restore)
        foot.addStretch(1)
        foot.addWidget(self.later)
        foot.addWidget(self.seen)
        column.addLayout(foot)
        self.restore.clicked.connect(self._put_back)
        self.later.clicked.connect(self.reject)
        self.seen.clicked.connect(self.accept)
        self.seen.setFocus()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Make room for words that wrap: Qt takes it from the lines between."""
        super().showEvent(event)
        self.resize(self.width(), max(self.height(), self._column.totalHeightForWidth(self.width())))

    def _card(self, value: LostValue, guides: Mapping[str, str], now_ms: int) -> Card:
        card = Card()
        card.add(label(field_words(value.field), "strong"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        who = guides.get(value.by or "") or self.tr("本机")
        sides = (
            (self.tr("本机写的"), value.sent, f"{who} · {moment(value.made_at, now_ms)}"),
            (self.tr("现在"), value.now, self.tr("另一台电脑或总部")),
        )
        for row, (side, held, wrote) in enumerate(sides):
            grid.addWidget(label(side, "hint"), row, 0)
            grid.addWidget(label(value_words(value.field, held, guides), wrap=True, selectable=True), row, 1)
            grid.addWidget(label(wrote, "muted"), row, 2)
        card.body.addLayout(grid)
        return card

    def _put_back(self) -> None:
        self.reject()
        self.restored.emit()


def rule_sentence(rule: Rule | Literal["first"]) -> str:
    """The rule that decided, for somebody who never heard of it."""
    translate = QCoreApplication.translate
    if rule == "further":
        return translate("LostDialog", "规则：只进不退。这一项只能往前走，走得更远的为准，不看先后。")
    if rule == "first":
        return translate("LostDialog", "规则：先合并的为准。别的电脑已把这两位合并，留下那一次的资料；记录一条不少。")
    return translate("LostDialog", "规则：后改的为准。同一项有两处改过，修改时间晚的留下；别的项互不影响。")
