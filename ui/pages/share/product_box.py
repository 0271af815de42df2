"""Which product a script speaks of: a chip with its name, and a field to find another."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from guide_app.base.money import yuan
from guide_app.catalogue.model import ProductRow
from ui.kit.hit import Hit
from ui.kit.hit_list import HitList
from ui.kit.inline import KeyedField
from ui.kit.pill import PillButton
from ui.kit.theme import Theme
from ui.kit.work import Work

_MOST = 8


class ProductBox(QWidget):
    """`wanted` carries a product's id, empty for none; the page answers with `show_product`."""

    wanted = Signal(str)

    def __init__(self, theme: Theme, work: Work, find: Callable[[str], Sequence[ProductRow]]) -> None:
        """Search by `find` on a reader thread."""
        super().__init__()
        self._work, self._find = work, find
        self.chip = PillButton("", "accent")
        self.chip.hide()
        self.field = KeyedField(self._keys)
        self.field.setAccessibleName(self.tr("哪件商品"))
        self.field.setPlaceholderText(self.tr("找商品: 名称、拼音、货号"))
        self.field.setClearButtonEnabled(True)
        self.hits = HitList(theme, self.field)
        self.hits.setParent(self)
        self.destroyed.connect(self.hits.deleteLater)  # by then it may be the window's child
        self.hits.list.chosen.connect(lambda chosen: self.hits.take(chosen.row, self.fold))
        chips = QHBoxLayout()
        chips.addWidget(self.chip)
        chips.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(chips)
        column.addWidget(self.field)
        self.chip.clicked.connect(lambda: self.wanted.emit(""))
        self.field.textChanged.connect(self._search)

    def show_product(self, name: str) -> None:
        """Show the product chosen; empty for none."""
        self.chip.setVisible(bool(name))
        self.chip.setText(f"{name} ×".replace("&", "&&"))
        self.chip.setAccessibleName(self.tr("不写 {name}").format(name=name))

    def fold(self) -> bool:
        """Close the list and forget the search; whether there was one."""
        was = bool(self.field.text())
        self.field.clear()
        self.hits.hide()
        return was

    def _search(self, text: str) -> None:
        wanted, find = text.strip(), self._find
        if not wanted:
            self.hits.hide()
            return
        self._work.query(lambda _job: find(wanted), owner=self, slot="find", done=partial(self._found, wanted))

    def _found(self, asked: str, rows: Sequence[ProductRow]) -> None:
        if asked == self.field.text().strip() and self.field.hasFocus():
            self.hits.show_hits([self._hit(row) for row in rows[:_MOST]], searched=True)

    def _hit(self, row: ProductRow) -> Hit:
        detail = f"{row.spu} · {yuan(row.chat_price_fen)}"
        return Hit(row.name, detail, "product", command=partial(self.wanted.emit, row.id))

    def _keys(self, event: QKeyEvent) -> bool:
        return self.hits.answers(event, self.fold)
