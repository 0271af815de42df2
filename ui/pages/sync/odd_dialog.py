"""收到但放不进来的记录: which they are and why each could not be taken in."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from guide_app.protocol.scopes import Scope
from guide_app.sync.health import OddRecord
from ui.kit.buttons import button
from ui.kit.card import Card
from ui.kit.stack import LineStack
from ui.kit.text import ElidedLabel, label
from ui.pages.sync.needs import scope_words
from ui.pages.sync.words import field_words

_LINE_HEIGHT = 54
_MOST_LINES = 6


class OddDialog(QDialog):
    """Lists them; they can be exported, and nothing else: only head office or a newer program can mend them."""

    export_asked = Signal()

    def __init__(self, parent: QWidget, odd: Sequence[OddRecord], stores: Mapping[Scope, str]) -> None:
        """Show `odd`; `stores` names the stores held by scope."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("收到但放不进来的记录"))
        self.setMinimumWidth(520)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 18)
        column.setSpacing(10)
        column.addWidget(label(self.tr("收到但放不进来的记录"), "section"))
        told = self.tr("这些记录原样留着，其余的照常同步。总部改正或升级导购台之后会自动放进来。")
        column.addWidget(label(told, "muted", wrap=True))
        self.lines = LineStack(self.tr("收到但放不进来的记录"))
        self.lines.set_lines([_line(one, stores) for one in odd])
        self.lines.setFixedHeight(min(len(odd), _MOST_LINES) * _LINE_HEIGHT)
        frame = Card()
        frame.fill(self.lines)
        column.addWidget(frame)
        self.export = button(self.tr("导出…"))
        self.close_button = button(self.tr("知道了"), "primary")
        self.close_button.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addWidget(self.export)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        column.addLayout(buttons)
        self.export.clicked.connect(self.export_asked)
        self.close_button.clicked.connect(self.accept)
        self.close_button.setFocus()


def odd_words(odd: OddRecord) -> str:
    """Why a record could not be taken in."""
    translate = QCoreApplication.translate
    name = odd.detail.rpartition("$.")[2].strip("`.") if "$." in odd.detail else ""
    if name:
        return translate("OddDialog", "「{field}」的内容不合规则").format(field=field_words(name))
    return translate("OddDialog", "内容不合规则")


def _line(odd: OddRecord, stores: Mapping[Scope, str]) -> QWidget:
    what = " · ".join(part for part in (field_words(odd.kind), odd.about) if part)
    made = QWidget()
    made.setFixedHeight(_LINE_HEIGHT - 1)
    column = QVBoxLayout(made)
    column.setContentsMargins(14, 7, 14, 7)
    column.setSpacing(1)
    column.addWidget(ElidedLabel(what, "strong"))
    column.addWidget(ElidedLabel(f"{odd_words(odd)} · {scope_words(odd.scope, stores)} seq {odd.seq:,}", "muted"))
    return made
