"""What a guide noted by hand and the till's receipt are one purchase, whichever is first."""

from __future__ import annotations

from typing import Any

import pytest

from head_office.feed.check import check_feed
from tests.head_office.kit import NOW, Pc, new_id, rows_of
from tests.head_office.purchases.test_ingest import _sale, _take, guide_id, pc  # noqa: F401 - the fixtures


def note(pc: Pc, client_id: str, order_no: str = "A1") -> tuple[str, str]:  # noqa: F811
    """A sale that a guide wrote down: its purchase and its line."""
    purchase_id, line_id = new_id(), new_id()
    sale: dict[str, Any] = {
        "order_no": order_no,
        "client_id": client_id,
        "at": NOW,
        "total_fen": 42_900,
        "verified": False,
    }
    line: dict[str, Any] = {"purchase_id": purchase_id, "title": "羊皮短靴", "qty": 1, "amount_fen": 42_900}
    pc.push(
        pc.mutation("put", "client", client_id, name="陈"),
        pc.mutation("put", "purchase", purchase_id, **sale),
        pc.mutation("put", "purchase_line", line_id, **line),
    )
    return purchase_id, line_id


@pytest.mark.parametrize("noted_first", [True, False])
def test_a_noted_sale_and_its_receipt_are_one_purchase(pc: Pc, noted_first: bool) -> None:  # noqa: F811
    client_id = new_id()
    if noted_first:
        note(pc, client_id)
        assert [row["verified"] for row in rows_of(pc.engine, "purchase")] == [False]
    _take(pc, _sale())
    if not noted_first:
        note(pc, client_id)
    (purchase,) = rows_of(pc.engine, "purchase")
    assert (purchase["order_no"], purchase["verified"], purchase["total_fen"]) == ("A1", True, 42_900)
    assert purchase["client_id"] == (client_id if noted_first else None)
    assert len(rows_of(pc.engine, "purchase_line")) == 1
    assert all(row["guide_id"] is None for row in rows_of(pc.engine, "attribution"))
    assert check_feed(pc.engine).ok


def test_another_number_stays_as_it_was_noted(pc: Pc) -> None:  # noqa: F811
    note(pc, new_id(), "A2")
    _take(pc, _sale())
    assert {(row["order_no"], row["verified"]) for row in rows_of(pc.engine, "purchase")} == {
        ("A1", True), ("A2", False),
    }  # fmt: skip


def test_no_pc_can_pass_off_its_note_as_a_receipt_of_the_till(pc: Pc) -> None:  # noqa: F811
    claims, silent = new_id(), new_id()
    sale: dict[str, Any] = {"client_id": new_id(), "at": NOW, "total_fen": 42_900}
    pc.push(
        pc.mutation("put", "purchase", claims, order_no="A8", verified=True, **sale),
        pc.mutation("put", "purchase", silent, order_no="A9", **sale),
    )
    assert [row["verified"] for row in rows_of(pc.engine, "purchase")] == [False, False]
    _take(pc, _sale())
    assert {row["order_no"]: row["verified"] for row in rows_of(pc.engine, "purchase")}["A1"] is True
    assert check_feed(pc.engine).ok
