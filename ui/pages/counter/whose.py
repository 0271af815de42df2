"""这单算谁的, 为什么: of the bill in hand, and of the sales that head office has judged."""

import json
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from guide_app.flows.till import Reckoned
from guide_app.performance.queries import AttributionRow
from ui.kit.card import Card, row
from ui.kit.stack import LineStack
from ui.kit.text import label
from ui.pages.counter.lines import AttributionLine
from ui.pages.counter.why import why


class WhoseCard(Card):
    """The outlook for the bill at the top, judged sales below; `order_typed` when another receipt is asked for."""

    order_typed = Signal()

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.set_header(self.tr("这单算谁的, 为什么"))
        self.order = QLineEdit()
        self.order.setPlaceholderText(self.tr("按小票号查"))
        self.order.setAccessibleName(self.tr("按小票号查归属"))
        self.order.setClearButtonEnabled(True)
        self.order.textChanged.connect(lambda _text: self.order_typed.emit())
        self.whose, self.rule = label("", "strong"), label("", "tiny", wrap=True)
        self.others = label("", "hint", wrap=True)
        self._now = QWidget()
        column = QVBoxLayout(self._now)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(2)
        for part in (self.whose, self.rule, self.others):
            column.addWidget(part)
        self.add_row(self._now)
        self.add_row(row(self.order, margins=(14, 10, 14, 10)))
        self.lines = LineStack(self.tr("这单算谁的, 为什么"))
        self.fill(self.lines)
        self.show_outlook(None, {})

    @property
    def order_no(self) -> str:
        """The receipt that is asked for."""
        return self.order.text().strip()

    def show_outlook(self, seen: Reckoned | None, names: Mapping[str, str]) -> None:
        """Say whose the bill in hand will be."""
        self._now.setVisible(seen is not None)
        if seen is None:
            return
        outlook = seen.outlook
        name = names.get(outlook.guide_id or "", "")
        client = seen.buyer.name if seen.buyer else ""
        rivals = [touch for touch in outlook.evidence["touches"] if touch["guide_id"] != outlook.guide_id]
        facts = json.dumps({**outlook.evidence, "touches": rivals})
        line = AttributionRow("", seen.bill.at, client, outlook.guide_id, name, 0, outlook.rule, facts)
        told = why(line, names)
        self.whose.setText(f"{told.whose} 100%" if outlook.guide_id else told.whose)
        order = self.tr("规则「券 > 链接 > 专属导购 > 接待」: {why}")
        self.rule.setText(order.format(why=told.rule))
        self.others.setText("\n".join(told.others))
        self.others.setVisible(bool(told.others))
        self._now.setAccessibleName(f"{self.whose.text()} {self.rule.text()} {self.others.text()}")

    def show_judged(self, rows: Sequence[AttributionRow], names: Mapping[str, str]) -> None:
        """List the sales that head office has judged."""
        lines: list[QWidget] = [AttributionLine(line, names) for line in rows]
        self.lines.set_lines(lines or [row(label(self._nothing(), "hint", wrap=True))])

    def _nothing(self) -> str:
        if self.order_no:
            return self.tr("没有这张小票的归属。小票随同步到来, 可能还没到。")
        return self.tr("还没有归属记录。小票入账后, 这里逐单说明算谁的、为什么。")
