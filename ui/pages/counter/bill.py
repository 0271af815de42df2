"""The bill: what was bought for, what the coupons take off, what is to be paid."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit

from guide_app.base.errors import InvalidInputError
from guide_app.base.money import parse_yuan, yuan
from guide_app.flows.note_sale import Variant
from guide_app.flows.till import TillLine
from ui.kit.card import Card, row
from ui.kit.text import label, restyle
from ui.kit.theme import Theme
from ui.pages.counter.goods import GoodsTable


class BillCard(Card):
    """Lines or an amount, freight and receipt number; `changed` on typing, `entered` on Enter in any field."""

    changed = Signal()
    entered = Signal()

    def __init__(self, theme: Theme) -> None:
        """Start empty."""
        super().__init__()
        self.goods = GoodsTable(theme)
        self.amount, self.freight, self.order = QLineEdit(), QLineEdit(), QLineEdit()
        self.amount.setPlaceholderText(self.tr("如 682.80"))
        self.freight.setPlaceholderText(self.tr("没有就空着"))
        self.order.setPlaceholderText(self.tr("可不填, 但退货和业绩就对不上"))
        self.order.setToolTip(self.tr("没有小票号的核销, 以后退货对不上它, 券不会退回; 业绩也不按券算。"))
        self.hint = label("", "danger")
        self.hint.hide()
        self.saved = label("")
        self.payable = label("", "figure")
        policy = self.payable.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # so that nothing jumps while typing
        self.payable.setSizePolicy(policy)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        fields = (
            (self.tr("应收金额 (元)"), self.amount, 3),
            (self.tr("运费 (元)"), self.freight, 2),
            (self.tr("小票号"), self.order, 4),
        )
        for column, (text, field, stretch) in enumerate(fields):
            field.setAccessibleName(text)
            field.returnPressed.connect(self.entered)
            grid.addWidget(label(text, "hint"), 0, column)
            grid.addWidget(field, 1, column)
            grid.setColumnStretch(column, stretch)
        self._lines = row(self.goods, margins=(12, 8, 12, 0))
        self._lines.hide()
        self.add_quiet(self._lines)
        self.use_body().addLayout(grid)
        line = QHBoxLayout()
        line.addWidget(self.hint)
        line.addWidget(self.saved)
        line.addStretch(1)
        line.addWidget(self.payable, 0, Qt.AlignmentFlag.AlignRight)
        self.body.addLayout(line)
        self.amount.textChanged.connect(self._typed)
        self.freight.textChanged.connect(self._typed)
        self.goods.changed.connect(self._goods_changed)
        self.show_discount(None)

    @property
    def amount_fen(self) -> int | None:
        """The goods' amount in fen: the lines', or what was typed; None for nothing or what is no amount."""
        lines = self.goods.lines
        if lines:
            return sum(line.amount_fen for line in lines)
        amount = _fen(self.amount)
        return amount or None

    @property
    def freight_fen(self) -> int:
        """The freight in fen; 0 for nothing or what is no amount."""
        return _fen(self.freight) or 0

    @property
    def lines(self) -> tuple[TillLine, ...]:
        """The articles."""
        return self.goods.lines

    @property
    def empty(self) -> bool:
        """Whether nothing was typed or scanned yet."""
        return not (self.lines or self.amount.text() or self.freight.text() or self.order.text())

    def put(self, variant: Variant) -> None:
        """Put an article on the bill; from then on the amount is that of the lines."""
        self.goods.add(variant)

    def clear(self) -> None:
        """Ready for the next customer."""
        self.goods.clear_lines()
        for field in (self.amount, self.freight, self.order):
            field.clear()

    def show_discount(self, discount_fen: int | None, shares: tuple[int, ...] = ()) -> None:
        """Say what is to be paid when `discount_fen` comes off; None while there is no usable coupon."""
        amount = self.amount_fen
        self.goods.show_shares(shares if discount_fen is not None else ())
        shown = amount is not None and (discount_fen is not None or bool(self.lines))
        if amount is not None:
            total, off = amount + self.freight_fen, discount_fen or 0
            text = self.tr("合计 {total} - {off}") if off else self.tr("合计 {total}")
            self.saved.setText(text.format(total=yuan(total), off=yuan(off)))
            self.payable.setText(self.tr("应付 {amount}").format(amount=yuan(total - off)))
        for part in (self.saved, self.payable):
            part.setVisible(shown)

    def _goods_changed(self) -> None:
        lines = self.goods.lines
        self._lines.setVisible(bool(lines))
        self.amount.setReadOnly(bool(lines))
        self.amount.blockSignals(True)  # one change, told once
        if lines:
            self.amount.setText(yuan(sum(line.amount_fen for line in lines)).removeprefix("¥").replace(",", ""))
        else:
            self.amount.clear()  # it was the lines' sum
        self.amount.blockSignals(False)
        self._typed()

    def _typed(self) -> None:
        wrong = [field for field in (self.amount, self.freight) if field.text().strip() and _fen(field) is None]
        wrong += [self.amount] if self.amount.text().strip() and not self.lines and self.amount_fen is None else []
        self.hint.setText(self.tr("请输入金额, 如 429 或 429.50") if wrong else "")
        self.hint.setVisible(bool(wrong))
        for field in (self.amount, self.freight):
            restyle(field, invalid=field in wrong)
        self.changed.emit()


def _fen(field: QLineEdit) -> int | None:
    """What was typed, in fen; None for nothing or what is no amount."""
    try:
        amount = parse_yuan(field.text())
    except InvalidInputError:
        return None
    return amount if amount >= 0 else None
