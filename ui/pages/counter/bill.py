"""The bill: what was bought for, what the coupon takes off, what is to be paid."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit

from guide_app.base.errors import InvalidInputError
from guide_app.base.money import parse_yuan, yuan
from ui.kit.card import Card
from ui.kit.text import label, restyle


class BillCard(Card):
    """Amount and receipt number; `changed` on typing, `entered` on Enter in either."""

    changed = Signal()
    entered = Signal()

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.amount = QLineEdit()
        self.amount.setPlaceholderText(self.tr("如 682.80"))
        self.order = QLineEdit()
        self.order.setPlaceholderText(self.tr("可不填; 填了以后业绩才能按券归属"))
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
        for column, (text, field) in enumerate(
            ((self.tr("应收金额 (元)"), self.amount), (self.tr("小票号"), self.order))
        ):
            field.setAccessibleName(text)
            field.returnPressed.connect(self.entered)
            grid.addWidget(label(text, "hint"), 0, column)
            grid.addWidget(field, 1, column)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        self.use_body().addLayout(grid)
        line = QHBoxLayout()
        line.addWidget(self.hint)
        line.addWidget(self.saved)
        line.addStretch(1)
        line.addWidget(self.payable, 0, Qt.AlignmentFlag.AlignRight)
        self.body.addLayout(line)
        self.amount.textChanged.connect(self._typed)
        self.show_discount(None)

    @property
    def amount_fen(self) -> int | None:
        """What was typed, in fen; None for nothing or what is no amount."""
        try:
            amount = parse_yuan(self.amount.text())
        except InvalidInputError:
            return None
        return amount if amount > 0 else None

    def clear(self) -> None:
        """Ready for the next customer."""
        self.amount.clear()
        self.order.clear()

    def show_discount(self, discount_fen: int | None) -> None:
        """Say what is to be paid when `discount_fen` comes off; None while there is no usable coupon."""
        amount = self.amount_fen
        shown = amount is not None and discount_fen is not None
        if amount is not None and discount_fen is not None:
            self.saved.setText(self.tr("合计 {total} - {off}").format(total=yuan(amount), off=yuan(discount_fen)))
            self.payable.setText(self.tr("应付 {amount}").format(amount=yuan(amount - discount_fen)))
        for part in (self.saved, self.payable):
            part.setVisible(shown)

    def _typed(self, text: str) -> None:
        wrong = bool(text.strip()) and self.amount_fen is None
        self.hint.setText(self.tr("请输入金额, 如 429 或 429.50") if wrong else "")
        self.hint.setVisible(wrong)
        restyle(self.amount, invalid=wrong)
        self.changed.emit()
