"""What purchases say: kept, usual sizes, categories, average, and when she buys again."""

import datetime as dt
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.clock import DAY_MS, china_date
from guide_app.clients import bought
from guide_app.clients import sizes as s
from guide_app.clients.sizes import Line
from guide_app.flows.desk import Desk
from tests.helpers.book import CHEN, LOAFER, NOW, STORE, WANG, Frames, actor, ident

LOAFERS = "鞋/女鞋/乐福鞋"


def line(n: int, days_ago: int = 0, **more: Any) -> Line:
    plain: dict[str, Any] = {
        "id": f"l{n}", "order_no": f"o{n}", "at": NOW - days_ago * DAY_MS, "kind": "sale", "origin_order_no": "",
        "sku_id": None, "title": "软底乐福鞋", "colour": "黑色", "size": "37", "qty": 1, "amount_fen": 50_000,
        "category": LOAFERS,
    }  # fmt: skip
    return Line(**(plain | more))


def back(n: int, of: Line, days_ago: int = 0, qty: int = 1) -> Line:
    amount = -of.amount_fen * qty // of.qty
    return line(
        n, days_ago, kind="return", origin_order_no=of.order_no, qty=-qty, amount_fen=amount, size=of.size,
        title=of.title, category=of.category,
    )  # fmt: skip


def test_the_usual_size_is_what_she_kept_most_and_for_herself() -> None:
    wrong = line(1, 90, size="38", qty=3)
    lines = [wrong, back(2, wrong, 88, qty=3), line(3, 80), line(4, 60, size="37.5"), line(5, 40),
             line(6, 20, size="24", for_whom="女儿", qty=5)]  # fmt: skip
    assert s.usual_sizes(s.kept_lines(lines)) == (s.UsualSize("shoe", "37", 2, 3, NOW - 40 * DAY_MS),)


def test_of_equally_many_the_latest_size_counts() -> None:
    assert s.usual_sizes([line(1, 50, size="37"), line(2, 10, size="38")])[0].size == "38"


def test_kinds_of_size_by_the_words_of_category_then_title() -> None:
    said = {
        ("鞋/女鞋/短靴", "踝靴"): "shoe", ("衣/女装/衬衫", "真丝衬衫"): "top", ("衣/女装/牛仔裤", "直筒"): "trousers",
        ("", "银戒指"): "ring", ("", "半身裙"): "trousers", ("配饰/包", "托特包"): None,
    }  # fmt: skip
    assert {key: s.size_kind(line(1, category=key[0], title=key[1])) for key in said} == said


def test_a_return_takes_back_the_receipt_it_names() -> None:
    old, new = line(1, 90), line(2, 30)
    assert [one.id for one in s.kept_lines([old, new, back(3, old)])] == ["l2"]
    unnamed = back(4, line(9), 10)
    assert [one.id for one in s.kept_lines([old, new, unnamed])] == ["l1"]


def test_a_part_returned_leaves_the_rest_in_pieces_and_money() -> None:
    two = line(1, 30, qty=2, amount_fen=90_001)
    (kept,) = s.kept_lines([two, back(2, two)])
    assert (kept.qty, kept.amount_fen) == (1, 45_000)


@given(
    st.lists(st.tuples(st.integers(1, 300), st.integers(1, 4), st.integers(0, 4), st.integers(1, 99_999)), max_size=8)
)
def test_what_is_kept_is_what_was_sold_less_what_came_back(bought: list[tuple[int, int, int, int]]) -> None:
    lines: list[Line] = []
    for n, (days, qty, returned, amount) in enumerate(bought):
        sale = line(n, days, qty=qty, amount_fen=amount)
        lines.append(sale)
        if 0 < returned <= qty:
            lines.append(back(1000 + n, sale, days - 1, returned))
    kept = s.kept_lines(lines)
    assert sum(one.qty for one in kept) == sum(one.qty for one in lines)
    gone = {one.order_no for one in lines if one.kind == "sale"} - {one.order_no for one in kept}
    lost = sum(one.amount_fen for one in lines if one.order_no in gone or one.origin_order_no in gone)
    assert sum(one.amount_fen for one in kept) == sum(one.amount_fen for one in lines) - lost


def test_categories_and_average_are_net_of_returns() -> None:
    dear = line(1, 50, title="羊绒大衣", category="衣/女装/大衣", amount_fen=300_000)
    found = s.habits([dear, back(2, dear, 45), line(3, 40), line(4, 20, amount_fen=30_000)], {})
    assert found.categories == (s.CategoryShare(LOAFERS, 2, 80_000),)
    assert (found.kept_fen, found.average_fen) == (80_000, 40_000)
    assert s.habits([], {}) == s.Habits((), (), 0, 0, ())


def test_the_window_rests_on_her_own_gaps_first() -> None:
    (window,) = s.windows([line(n, 40 * (4 - n)) for n in range(4)], {LOAFERS: [300] * 20})
    last = china_date(NOW) - dt.timedelta(40)
    assert window == s.Window(LOAFERS, last + dt.timedelta(36), last + dt.timedelta(44), 40, "hers", 3)


def test_without_enough_of_her_own_the_store_speaks_then_the_product() -> None:
    kept = [line(1, 100, wear_days=200), line(2, 50, wear_days=200)]
    assert s.windows(kept, {LOAFERS: [100, 120, 140, 160, 180, 200, 220, 240]})[0].basis == "store"
    (window,) = s.windows(kept, {LOAFERS: [100, 120]})
    bought = china_date(NOW) - dt.timedelta(50)
    assert (window.basis, window.gap_days, window.from_day) == ("product", 200, bought + dt.timedelta(170))
    assert s.windows([line(1)], {}) == ()
    assert s.windows([line(1, wear_days=200, for_whom="女儿")], {}) == ()


def test_her_card_says_size_category_average_and_window(desk: Desk) -> None:
    found = desk.card.card(CHEN, WANG).habits
    assert [(one.kind, one.size, one.pieces) for one in found.sizes] == [("shoe", "37", 4)]
    assert [(one.category, one.pieces) for one in found.categories] == [("女鞋/乐福鞋", 4)]
    assert found.average_fen == 56_900
    assert [(one.basis, one.gap_days, one.gaps) for one in found.windows] == [("hers", 45, 3)]


def test_what_was_for_somebody_else_leaves_her_sizes_until_the_mark_goes(desk: Desk) -> None:
    lines = [one.line_id for one in desk.clients.purchases(CHEN)]
    for line_id in lines:
        desk.card_deeds.bought.mark(CHEN, line_id, actor(), who="妹妹")
    assert desk.card.card(CHEN, WANG).habits.sizes == ()
    assert {one.for_whom for one in desk.clients.purchases(CHEN)} == {"妹妹"}
    desk.card_deeds.bought.mark(CHEN, lines[0], actor(), who="妈妈")
    assert desk.clients.purchases(CHEN)[0].for_whom == "妈妈"
    assert desk.card_deeds.bought.unmark(lines[0], actor()) == 1
    assert [one.pieces for one in desk.card.card(CHEN, WANG).habits.sizes] == [1]


def test_the_stores_gaps_are_those_of_its_other_clients(desk: Desk) -> None:
    frame = Frames()
    frame._seq = 500
    rows = []
    for n in range(12):
        who = ident(400 + n)
        objects = n in {10, 11}  # who wants no profiling tells nothing about others
        rows.append(
            frame("client", who, store=STORE, name=f"顾客{n}", created_at=NOW, no_profiling=objects)
        )  # fmt: skip
        for k, days in enumerate((200, 100)):
            order, item = ident(500 + 10 * n + 2 * k), ident(501 + 10 * n + 2 * k)
            rows.append(
                frame("purchase", order, store=STORE, order_no=f"G{n}-{k}", client_id=who, at=NOW - days * DAY_MS)
            )
            rows.append(frame("purchase_line", item, store=STORE, purchase_id=order, product_id=LOAFER, title="乐福鞋",
                              size="38", qty=1, amount_fen=100))  # fmt: skip
    desk.db.apply(lambda applier: applier.apply(rows))
    (window,) = desk.card.card(ident(400), WANG).habits.windows
    assert (window.basis, window.gap_days, window.gaps) == ("store", 100, 10 + 3)


def test_the_stores_gaps_are_found_by_client_not_by_reading_all_receipts(desk: Desk) -> None:
    plan = desk.db.query(lambda conn: conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {bought.GAPS}", ("[]",)).all())
    steps = [row[3] for row in plan]
    assert any(step.startswith("SEARCH p USING INDEX ix_purchase_client_id_at") for step in steps)
    assert not any(step.startswith(("SCAN p", "SCAN l")) and not step.startswith("SCAN pr") for step in steps)


def test_who_wants_no_profiling_keeps_her_facts_and_has_no_rhythm_and_no_window(desk: Desk) -> None:
    before, figures = desk.card.card(CHEN, WANG).habits, desk.clients.portrait(CHEN).figures
    assert before.windows
    assert figures.interval_days == 45
    desk.client_deeds.edit(CHEN, {"no_profiling": True}, actor())
    assert desk.card.card(CHEN, WANG).habits == replace(before, windows=())
    assert desk.clients.portrait(CHEN).figures == replace(figures, interval_days=None)
