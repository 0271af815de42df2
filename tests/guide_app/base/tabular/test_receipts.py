from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.errors import InvalidInputError
from guide_app.base.tabular.fields import read_fields
from guide_app.base.tabular.read import Row, Table
from guide_app.base.tabular.receipts import Receipt, ReceiptGatherer, ReceiptRules, receipt_fields

HEADER = ("单号", "时间", "商品", "数量", "单价", "金额", "会员号", "类型")


def gather(
    rows: Sequence[Sequence[str]], header: Sequence[str] = HEADER, rules: ReceiptRules | None = None
) -> tuple[list[Receipt], dict[int, list[str]], Decimal, Decimal]:
    """Receipts; codes of refusal by row; what the file and what the refused rows come to in fen."""

    def numbered() -> Iterator[Row]:
        for number, cells in enumerate((header, *rows), 1):
            yield Row(number, tuple(cells))

    fields = receipt_fields()
    reading = read_fields(Table("till.csv", None, numbered(), None), fields)
    gatherer = ReceiptGatherer(fields, reading, rules or ReceiptRules())
    figures = [gatherer.add(row) for row in reading.rows]
    refused = list(gatherer.refused())
    codes = {number: [r.code for r in why] for some in refused for number, why in some.rejects.items()}
    rejected = sum((some.amount for some in refused), Decimal(0))
    return list(gatherer.receipts()), codes, sum((f for f in figures if f is not None), Decimal(0)), rejected


def line(order: str, qty: str, price: str = "", amount: str = "", **more: str) -> list[str]:
    at = more.get("at", "2026-11-20 10:00")
    return [order, at, more.get("title", "短靴"), qty, price, amount, more.get("member", ""), more.get("kind", "")]


def test_rows_join_to_receipts_wherever_they_stand() -> None:
    receipts, codes, file, rejected = gather(
        [
            line("A1", "2", "429.00", at="2026-11-20 10:01"),
            line("A2", "1", "99.50"),
            line("A1", "1", "30", at="2026-11-20 10:00"),
        ]
    )
    assert [(r.order_no, r.total_fen, r.rows) for r in receipts] == [("A1", 88_800, (2, 4)), ("A2", 9_950, (3,))]
    assert receipts[0].at == receipts[1].at
    assert not codes
    assert (str(file), str(rejected)) == ("98750.00", "0")


def test_quantity_times_price_is_exact_and_parts_of_a_fen_are_refused() -> None:
    receipts, codes, file, rejected = gather([line("A1", "8", "0.125"), line("A2", "1", "0.001")])
    assert [r.total_fen for r in receipts] == [100]
    assert codes == {3: ["money.fraction"]}
    assert (file, rejected) == (Decimal("100.1"), Decimal("0.1"))


def test_one_bad_line_refuses_its_receipt_and_no_other() -> None:
    receipts, codes, file, rejected = gather(
        [line("A1", "1", "10"), line("A1", "x", "10"), line("A2", "1", "5"), line("", "1", "7")]
    )
    assert [r.order_no for r in receipts] == ["A2"]
    assert codes == {2: ["purchase.other_lines"], 3: ["number.invalid"], 5: ["value.missing"]}
    assert (str(file), str(rejected)) == ("2200", "1700")


@pytest.mark.parametrize(
    ("row", "total"),
    [
        (line("R1", "-2", "10"), -2_000),
        (line("R1", "2", "10", kind="退货"), -2_000),
        (line("R1", "2", "", "20", kind="退货"), -2_000),
        (line("R1", "-2", "", "-20"), -2_000),
        (line("R1", "-2", "", "20"), -2_000),
    ],
)
def test_returns_are_known_by_their_sign_or_their_word(row: list[str], total: int) -> None:
    (receipt,), _, file, _ = gather([row])
    assert (receipt.is_return, receipt.total_fen, int(file)) == (True, total, total)


def test_an_exchange_keeps_its_negative_line() -> None:
    (receipt,), _, _, _ = gather([line("A1", "1", "500"), line("A1", "-1", "429")])
    assert not receipt.is_return
    assert [each.amount_fen for each in receipt.lines] == [50_000, -42_900]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (line("A1", "0", "10"), "purchase.qty"),
        (line("A1", "-10", "0"), "purchase.no_money"),
        (line("A1", "1", "-10"), "purchase.sign"),
        (line("A1", "1"), "purchase.no_amount"),
        (line("A1", "1", "1", title=""), "purchase.no_product"),
        (line("ADJ1", "1", "11062.06"), "purchase.adjustment"),
    ],
)
def test_what_is_no_sale_is_refused_with_its_reason(row: list[str], code: str) -> None:
    receipts, codes, file, rejected = gather([row], rules=ReceiptRules(adjustments="ADJ"))
    assert not receipts
    assert codes == {2: [code]}
    assert file == rejected


def test_two_customers_on_one_receipt_are_a_contradiction() -> None:
    _, codes, _, _ = gather([line("A1", "1", "10", member="1"), line("A1", "1", "10", member="2")])
    assert codes == {2: ["purchase.other_lines"], 3: ["purchase.contradiction"]}


def test_a_file_without_any_money_is_refused_as_a_whole() -> None:
    with pytest.raises(InvalidInputError, match="金额"):
        gather([["A1", "2026-11-20", "短靴", "1"]], header=("单号", "时间", "商品", "数量"))


_cells = st.sampled_from(["1", "-1", "3", "0", "x", "", "2.5", "0.001", "9.99", "-4", "1E+10"])


@given(st.lists(st.tuples(st.sampled_from(["A", "B", "C", ""]), _cells, _cells, _cells, st.sampled_from(["", "退货"]))))
def test_the_books_balance_whatever_comes(rows: list[tuple[str, str, str, str, str]]) -> None:
    receipts, codes, file, rejected = gather([line(o, q, p, a, kind=k) for o, q, p, a, k in rows])
    assert file == rejected + sum(receipt.total_fen for receipt in receipts)
    taken = [number for receipt in receipts for number in receipt.rows]
    assert sorted([*taken, *codes]) == list(range(2, len(rows) + 2))
