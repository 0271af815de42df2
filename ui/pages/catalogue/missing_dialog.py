"""What was asked for and not there: how often, last when, who waits for it, and whether it is here by now."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from guide_app.catalogue.missing import MissingRow
from ui.kit.ages import age_text
from ui.kit.i18n import counted
from ui.kit.text import label

_LINE = QSize(100, 46)


class MissingDialog(QDialog):
    """Lists missing sizes; Enter opens the product of one."""

    chosen = Signal(str)
    """The id of a product."""

    def __init__(self, parent: QWidget, rows: Sequence[MissingRow], now_ms: int) -> None:
        """`now_ms` is UTC ms, for the ages."""
        super().__init__(parent)
        self._now_ms = now_ms
        self.setWindowTitle(self.tr("缺货登记"))
        self.setMinimumSize(560, 420)
        column = QVBoxLayout(self)
        told = self.tr("近 30 天有人要而没有货的尺码。到货的在最前; 回车打开商品。")
        column.addWidget(
            label(told if rows else self.tr("近 30 天没有缺货登记。在商品页按 F8 记一笔。"), "hint", wrap=True)
        )
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("缺货登记"))
        for row in rows:
            item = QListWidgetItem(self._text(row))
            item.setData(Qt.ItemDataRole.UserRole, row.product_id)
            item.setSizeHint(_LINE)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(self._choose)
        column.addWidget(self.list, 1)
        buttons = QDialogButtonBox()
        buttons.addButton(self.tr("关闭"), QDialogButtonBox.ButtonRole.RejectRole).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.list.setFocus()

    def _text(self, row: MissingRow) -> str:
        which = " ".join(filter(None, (row.name or row.spu, row.colour, row.size)))
        asked = counted(
            self.tr("要过 {times} 次, 最近 {age}").format(times=row.times, age=age_text(row.at, self._now_ms))
        )
        parts = [asked]
        if row.waiting:
            parts.append(self.tr("{count} 位客户等通知").format(count=row.waiting))
        if row.available:
            here = self.tr("现有 {count} 件, {age}")
            parts.append(here.format(count=row.available, age=age_text(row.as_of, self._now_ms)))
        return f"{which}\n{' · '.join(parts)}"

    def _choose(self, item: QListWidgetItem) -> None:
        self.accept()
        self.chosen.emit(str(item.data(Qt.ItemDataRole.UserRole)))
