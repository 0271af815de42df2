"""What goes with the product by the store's own receipts, and the step from there to a look."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from guide_app.base.money import yuan
from guide_app.catalogue.model import Match
from ui.kit.card import Card
from ui.kit.product_list import stock_text
from ui.kit.text import label


class MatchesCard(Card):
    """Proposes products; hidden where the receipts say nothing."""

    other_asked = Signal(str)
    """The id of the product to look at."""
    look_asked = Signal(str)
    """The id of the product to make a look with."""

    def __init__(self) -> None:
        """Nothing to propose yet."""
        super().__init__("wash", padding=12)
        self.use_body().setSpacing(4)
        self.add(label(self.tr("配着买 · 本店近一年的小票"), "strong", wrap=True))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        self.body.addLayout(self._lines)
        self.hide()

    def show_matches(self, matches: Sequence[Match], now_ms: int, *, shareable: bool) -> None:
        """Propose these, with ages as of `now_ms` (UTC ms); `shareable`: the product itself may be part of a look."""
        while (item := self._lines.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for match in matches:
            self._lines.addWidget(self._line(match, now_ms, shareable=shareable))
        self.setVisible(bool(matches))

    def _line(self, match: Match, now_ms: int, *, shareable: bool) -> QWidget:
        row = match.row
        why = self.tr("买它的 {of} 张小票里 {times} 张也有").format(of=match.of, times=match.times)
        shown = QPushButton(" · ".join((row.name, yuan(row.price_fen), stock_text(row, now_ms))).replace("&", "&&"))
        shown.setProperty("kind", "link")
        shown.setAccessibleDescription(why)
        shown.clicked.connect(lambda: self.other_asked.emit(row.id))
        look = QPushButton(self.tr("做成一套"))
        look.setAccessibleName(self.tr("和{name}做成一套搭配").format(name=row.name))
        look.setProperty("kind", "link")
        look.setEnabled(shareable)
        look.clicked.connect(lambda: self.look_asked.emit(row.id))
        line = QWidget()
        grid = QGridLayout(line)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        grid.addWidget(shown, 0, 0)
        grid.addWidget(look, 0, 2)
        grid.addWidget(label(why, "hint", wrap=True), 1, 0, 1, 3)
        return line
