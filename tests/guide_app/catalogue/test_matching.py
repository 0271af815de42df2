"""What goes with a product: by the store's own receipts, more often than by chance, and by nobody who objects."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.clock import DAY_MS
from guide_app.catalogue.matching import LOOK_BACK_MS, Pair, ranked
from guide_app.flows.desk import Desk
from guide_app.protocol.messages import RecordFrame
from guide_app.protocol.scopes import BRAND, store_scope
from tests.helpers.book import CHEN, LIN, LOAFER, NOW, SNEAKER, STORE, ZHOU, ident

BAG, BAG_SKU = ident(300), ident(301)
Row = tuple[str, str, dict[str, Any]]
_SEQS = count(2_000, 100)


def send(desk: Desk, *rows: Row) -> None:
    frames = [
        RecordFrame(BRAND if kind in {"product", "sku"} else store_scope(STORE), kind, record_id, seq, data)
        for seq, (kind, record_id, data) in enumerate(rows, next(_SEQS))
    ]
    desk.db.apply(lambda applier: applier.apply(frames))


def receipt(n: int, client: str | None, *products: str, at: int = NOW - DAY_MS) -> list[Row]:
    lines = [
        ("purchase_line", ident(1_000 + 10 * n + i), {"purchase_id": ident(500 + n), "product_id": one, "qty": 1})
        for i, one in enumerate(products)
    ]
    return [("purchase", ident(500 + n), {"order_no": f"N{n}", "client_id": client, "at": at}), *lines]


def shop(desk: Desk, *buyers: str | None, at: int = NOW - DAY_MS, **bag: Any) -> None:
    """A bag that these buyers took with the loafer, each on a receipt, and six receipts for something else."""
    said = {"no": 9, "spu": "BG1", "name": "托特包", "category": "女包/托特", "price_fen": 80_000, **bag}
    together = [row for n, buyer in enumerate(buyers) for row in receipt(n, buyer, LOAFER, BAG, at=at)]
    others = [row for n in range(20, 26) for row in receipt(n, None, SNEAKER)]
    send(
        desk,
        ("product", BAG, said), ("sku", BAG_SKU, {"product_id": BAG, "code": "BG1-1"}),
        ("stock", BAG_SKU, {"available": 2, "on_hand": 2, "as_of": NOW}), *together, *others,
    )  # fmt: skip


def found(desk: Desk) -> list[tuple[str, int, int]]:
    return [(one.row.name, one.times, one.of) for one in desk.catalogue.matches(LOAFER, STORE)]


def test_what_three_buyers_took_together_is_proposed_with_its_count(desk: Desk) -> None:
    shop(desk, CHEN, ZHOU, None)
    assert found(desk) == [("托特包", 3, 7)]  # four receipts more hold the loafer alone
    send(desk, ("stock", BAG_SKU, {"available": 0, "as_of": NOW}))
    assert found(desk) == [], "what is not here cannot be shown"


@pytest.mark.parametrize("buyers", [(CHEN, ZHOU), (CHEN, CHEN, CHEN, ZHOU)], ids=["two", "one often"])
def test_the_habits_of_one_or_two_are_no_rule(desk: Desk, buyers: tuple[str, ...]) -> None:
    shop(desk, *buyers)
    assert found(desk) == []


@pytest.mark.parametrize(
    "bag",
    [{"status": "stopped"}, {"sensitive": True}, {"channels": ["store"]}, {"category": "女鞋/靴"}],
    ids=["stopped", "sensitive", "shop", "same kind"],
)
def test_what_cannot_be_shared_or_is_of_the_same_kind_is_no_match(desk: Desk, bag: dict[str, Any]) -> None:
    shop(desk, CHEN, ZHOU, None, **bag)
    assert found(desk) == []


def test_who_objects_to_profiling_and_what_is_long_ago_teaches_nothing(desk: Desk) -> None:
    shop(desk, CHEN, ZHOU, LIN)
    assert len(found(desk)) == 1
    send(desk, ("client", LIN, {"name": "林小满", "no_profiling": True}))
    assert found(desk) == []
    send(desk, ("client", LIN, {"name": "林小满"}), *receipt(0, CHEN, at=NOW - LOOK_BACK_MS))
    assert found(desk) == []


@given(st.lists(st.builds(Pair, st.sampled_from("abcd"), *[st.integers(1, 50)] * 4)))
def test_matches_are_those_above_chance_most_often_first(pairs: list[Pair]) -> None:
    best = ranked(pairs)
    assert all(one.times / one.of > one.own / one.all for one in best)
    assert len(best) == sum(one.times * one.all > one.of * one.own for one in pairs)
    assert [(-one.times, one.own) for one in best] == sorted((-one.times, one.own) for one in best)
