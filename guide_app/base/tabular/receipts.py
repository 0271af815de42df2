"""Receipts as tables list them: a row a line, joined to whole receipts, exact to the fen. The same on both ends.

A receipt is taken whole or not at all: one line that cannot be read refuses all lines of its order number, so that the
corrected file brings the receipt as the till printed it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from guide_app.base.errors import InvalidInputError
from guide_app.base.tabular.decimals import MINOR, parse_decimal, whole_fen
from guide_app.base.tabular.fields import Field, Parsed, Reading, Refused
from guide_app.base.tabular.people import (
    MEMBER_TITLES,
    PHONE_TITLES,
    parse_line,
    parse_number,
    parse_phone,
    parse_short,
)
from guide_app.base.tabular.rejects import RowReject
from guide_app.base.tabular.values import parse_int, parse_moment, plain

_REMEMBERED = 1 << 16  # cells a column
_RETURNS = frozenset(("退货", "退款", "退", "return", "refund"))
_SALES = frozenset(("销售", "购买", "消费", "sale", "purchase"))
_OTHER_LINES = InvalidInputError("purchase.other_lines", "同一张小票的其他行有问题。")


def _parse_kind(text: str) -> str:
    value = plain(text).lower()
    if value in _RETURNS:
        return "return"
    if value in _SALES:
        return "sale"
    raise InvalidInputError("purchase.kind", "「{text}」不是小票种类。", "请输入 销售 或 退货。", text=text)


_COLUMNS: tuple[tuple[str, tuple[str, ...], Callable[[str], Any], bool], ...] = (
    ("order_no", ("单号", "小票号", "订单号", "流水号", "InvoiceNo", "invoice", "order"), parse_number, True),
    ("at", ("时间", "日期", "销售时间", "交易时间", "下单时间", "InvoiceDate", "date"), parse_moment, True),
    (
        "store",
        ("门店", "门店代码", "门店编号", "门店编码", "店号", "店铺", "店铺编码", "store code"),
        parse_short,
        False,
    ),
    ("qty", ("数量", "件数", "quantity"), parse_int, True),
    ("unit_price", ("单价", "售价", "UnitPrice", "price"), parse_decimal, False),
    ("amount", ("金额", "实收", "实付", "实付金额", "小计", "line total"), parse_decimal, False),
    ("discount", ("优惠", "优惠金额", "折扣"), parse_decimal, False),
    ("sku_code", ("规格编码", "SKU", "货品编码", "商品编码", "货号", "StockCode"), parse_number, False),
    ("gtin", ("条码", "条形码", "barcode", "ean"), parse_number, False),
    ("title", ("商品", "商品名称", "品名", "名称", "Description", "product"), parse_line, False),
    ("colour", ("颜色", "color"), parse_short, False),
    ("size", ("尺码", "规格"), parse_short, False),
    ("phone", PHONE_TITLES, parse_phone, False),
    ("member_no", MEMBER_TITLES, parse_number, False),
    ("guide_number", ("导购", "导购工号", "工号", "营业员"), parse_number, False),
    ("kind", ("类型", "种类", "单据类型"), _parse_kind, False),
    ("origin_order_no", ("原单号", "原小票号"), parse_number, False),
    ("coupon_code", ("券码", "优惠券"), parse_number, False),
    ("channel", ("渠道", "来源"), parse_short, False),
)


def receipt_fields() -> tuple[Field, ...]:
    """The columns of a receipt's lines; `amount` is what was paid for the line, else quantity times unit price.

    Cells that repeat (moments, prices, articles) are parsed once and shared, which halves the time and the memory; what
    is remembered goes with the returned fields.
    """
    return tuple(
        Field(name, titles, lru_cache(_REMEMBERED)(parse), required=required)
        for name, titles, parse, required in _COLUMNS
    )


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One line, signed as on the receipt: pieces and fen are negative for what was given back."""

    row_no: int
    sku_code: str
    gtin: str
    title: str
    colour: str
    size: str
    qty: int
    amount_fen: int
    discount_fen: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """One receipt of one store. `at` is the earliest moment of its lines (UTC ms)."""

    store: str
    order_no: str
    at: int
    lines: tuple[ReceiptLine, ...]
    about: Mapping[str, str]

    @property
    def total_fen(self) -> int:
        """Sum of the lines."""
        return sum(line.amount_fen for line in self.lines)

    @property
    def is_return(self) -> bool:
        """Whether more was given back than bought."""
        total = self.total_fen
        return total < 0 or (total == 0 and all(line.qty < 0 for line in self.lines))

    @property
    def rows(self) -> tuple[int, ...]:
        """Numbers of its rows."""
        return tuple(line.row_no for line in self.lines)

    def said(self, name: str) -> str:
        """What the receipt says once for all lines: `phone`, `member_no`, `guide_number`, `channel` and so on."""
        return self.about.get(name, "")


@dataclass(frozen=True, slots=True)
class RefusedRows:
    """Rows that were not taken together, with their reasons. `amount` in fen; `unreadable` rows have no amount."""

    rejects: Mapping[int, tuple[RowReject, ...]]
    amount: Decimal
    unreadable: int


@dataclass(frozen=True, slots=True)
class ReceiptRules:
    """What a file does not say itself: the store of all rows, and how order numbers of mere bookings begin."""

    store: str = ""
    adjustments: str = ""


@dataclass
class _Open:
    """A receipt whose lines are still coming."""

    store: str
    order_no: str
    at: int = 0
    lines: list[ReceiptLine] = field(default_factory=list)
    about: dict[str, str] = field(default_factory=dict)
    bad: dict[int, tuple[RowReject, ...]] = field(default_factory=dict)
    bad_amount: Decimal = Decimal(0)
    unreadable: int = 0


_MONEY = ("qty", "unit_price", "amount", "discount", "kind")
_SAID_ONCE = ("phone", "member_no", "guide_number", "origin_order_no", "coupon_code", "channel")


class ReceiptGatherer:
    """Joins rows to receipts; rows of one receipt need not stand together."""

    def __init__(self, fields: Sequence[Field], reading: Reading, rules: ReceiptRules) -> None:
        self._fields = {field.name: field for field in fields}
        self._columns = columns = reading.columns
        header = reading.header
        self._titles = {name: header[number] for name, number in columns.items()}
        self._rules = rules
        self._open: dict[tuple[str, str], _Open] = {}
        self._stray: list[_Open] = []
        if "amount" not in columns and "unit_price" not in columns:
            raise InvalidInputError("table.columns", "缺少列「金额」或「单价」。", "可以指定哪一列是它。")

    def add(self, row: Parsed | Refused) -> Decimal | None:
        """Take one row in; returns what it came to in fen, None if that cannot be read."""
        group = self._group(row)
        number = row.row.number
        values = row.values if isinstance(row, Parsed) else {name: self._cell(row, name) for name in _MONEY}
        why: tuple[RowReject, ...] = ()
        amount = None
        try:
            amount = line_amount(values) * MINOR
            if isinstance(row, Parsed):
                self._add_line(group, number, values, amount)
            else:
                why = row.rejects
        except InvalidInputError as e:
            why = row.rejects if isinstance(row, Refused) else (RowReject.of(number, self._blamed(e), "", e),)
        if why:
            group.bad[number] = why
            group.bad_amount += amount or 0
            group.unreadable += amount is None
        return amount

    def receipts(self) -> Iterable[Receipt]:
        """The receipts that can be taken, in the order of the file."""
        for group in self._open.values():
            if not group.bad:
                yield Receipt(group.store, group.order_no, group.at, tuple(group.lines), group.about)

    def refused(self) -> Iterable[RefusedRows]:
        """The receipts that cannot, each with all its rows."""
        for group in (*self._open.values(), *self._stray):
            if group.bad:
                why = {
                    line.row_no: (RowReject.of(line.row_no, "", group.order_no, _OTHER_LINES),) for line in group.lines
                }
                amount = group.bad_amount + sum(line.amount_fen for line in group.lines)
                yield RefusedRows({**why, **group.bad}, amount, group.unreadable)

    def _group(self, row: Parsed | Refused) -> _Open:
        if isinstance(row, Parsed):
            store, order_no = row.values.get("store") or "", row.values["order_no"]
        else:
            store, order_no = self._cell(row, "store") or "", self._cell(row, "order_no") or ""
        store = self._rules.store or store
        if not order_no:
            self._stray.append(_Open(store, ""))
            return self._stray[-1]
        return self._open.setdefault((store, order_no), _Open(store, order_no))

    def _cell(self, row: Refused, name: str) -> Any:
        """A cell of a refused row if it can be read, else None."""
        column = self._columns.get(name, len(row.row.cells))
        text = row.row.cells[column] if column < len(row.row.cells) else ""
        try:
            return self._fields[name].parse(text) if text.strip() else None
        except InvalidInputError:
            return None

    def _add_line(self, group: _Open, number: int, values: Mapping[str, Any], amount: Decimal) -> None:
        if self._rules.adjustments and group.order_no.startswith(self._rules.adjustments):
            raise InvalidInputError("purchase.adjustment", "{order_no} 是账务调整, 不是小票。", order_no=group.order_no)
        qty, fen = _signed_qty(values), whole_fen(amount)
        _check_line(qty, fen)
        line = ReceiptLine(
            number,
            values.get("sku_code") or "",
            values.get("gtin") or "",
            values.get("title") or "",
            values.get("colour") or "",
            values.get("size") or "",
            qty,
            fen,
            whole_fen(values["discount"] * MINOR) if values.get("discount") else 0,
        )
        if not (line.title or line.sku_code or line.gtin):
            raise InvalidInputError("purchase.no_product", "这一行没有商品: 品名、编码和条码都是空的。")
        for name in _SAID_ONCE:
            if (said := values.get(name)) and group.about.setdefault(name, said) != said:
                raise InvalidInputError(
                    "purchase.contradiction", "同一单号有两个不同的「{column}」。", column=self._titles[name]
                )
        group.at = min(group.at or values["at"], values["at"])
        group.lines.append(line)

    def _blamed(self, error: InvalidInputError) -> str:
        name = "order_no" if error.code == "purchase.adjustment" else "amount"
        return self._titles.get(name) or self._titles.get("unit_price", "")


def line_amount(values: Mapping[str, Any]) -> Decimal:
    """What a line came to, in whole money, exact and signed like its pieces.

    Raises InvalidInputError where neither an amount nor a unit price can be read.
    """
    amount: Decimal | None = values.get("amount")
    price: Decimal | None = values.get("unit_price")
    if values.get("qty") is None or (amount is None and price is None):
        raise InvalidInputError("purchase.no_amount", "这一行没有数量, 或者既没有金额也没有单价。")
    qty = _signed_qty(values)
    if amount is not None:
        return -amount if qty < 0 < amount else amount
    discount: Decimal = values.get("discount") or Decimal(0)
    return Decimal(qty) * (price or Decimal(0)) - (discount if qty > 0 else -discount)


def _signed_qty(values: Mapping[str, Any]) -> int:
    """Pieces, negative where the row says that they were given back."""
    qty: int = values["qty"]
    return -qty if values.get("kind") == "return" and qty > 0 else qty


def _check_line(qty: int, amount_fen: int) -> None:
    if qty == 0:
        raise InvalidInputError("purchase.qty", "数量为零。")
    if (qty > 0) != (amount_fen > 0) and amount_fen != 0:
        raise InvalidInputError("purchase.sign", "数量和金额一正一负, 像是账务调整。")
    if qty < 0 and amount_fen == 0:
        raise InvalidInputError("purchase.no_money", "数量为负而没有金额, 像是库存调整, 不是退货。")
