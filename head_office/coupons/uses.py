"""The uses of a coupon, wherever in the brand: the one that counts, and those that stand beside it.

A use stands while the discount that it gave has not been undone by a refund. Of those that stand the first that head
office heard of counts; the others are in conflict, each with its bearer (`head_office.coupons.settle`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guide_app.base.clock import DAY_MS
from guide_app.protocol.scopes import Scope, scope_store_id, store_scope
from head_office.coupons.settle import OUTSIDE
from head_office.feed.rows import Key, Row
from head_office.feed.write import FeedWriter

_USES = (
    "SELECT store_id::text, id::text, order_no, at, offline, heard_at, status, returned_at, rule,"
    " rival_id::text FROM redemption"
    " WHERE coupon_id = %(coupon)s::uuid AND status <> 'pending'"
)
_ON_RECEIPT = (
    "SELECT EXISTS (SELECT 1 FROM purchase WHERE store_id = %(store)s::uuid AND order_no = %(order)s"
    " AND kind = 'sale' AND verified AND coupon_code <> '')"
)


@dataclass(frozen=True, slots=True)
class Use:
    """A redemption of a coupon; moments in UTC ms. `offline`: its counter decided alone."""

    key: Key
    order_no: str
    at: int
    offline: bool
    heard_at: int
    status: str
    returned_at: int | None
    rule: str = ""
    rival_id: str | None = None

    @property
    def store_id(self) -> str:
        """Where the coupon was shown."""
        return scope_store_id(self.key[0])

    @property
    def stands(self) -> bool:
        """Whether no refund has undone it."""
        return self.returned_at is None

    @property
    def uses_up(self) -> bool:
        """Whether the coupon is used up by it: it was confirmed, or somebody bears it for the terms' sake alone."""
        return self.status == "confirmed" or self.rule in OUTSIDE


def use_of(key: Key, row: Row) -> Use:
    """A redemption as it will stand after this transaction."""
    data = row.data
    return Use(
        key, data["order_no"], data["at"], data["offline"], data["heard_at"], data["status"], data["returned_at"],
        data["rule"], data["rival_id"],
    )  # fmt: skip


def uses_of(writer: FeedWriter, coupon_id: str) -> list[Use]:
    """Every use, also those of this transaction, in the order in which head office heard of them."""
    found: dict[Key, Use] = {}
    for store_id, use_id, *rest in writer.connection.exec_driver_sql(_USES, {"coupon": coupon_id}):
        key: Key = (store_scope(store_id), "redemption", use_id)
        found[key] = Use(key, *rest)
    for key, row in writer.staged().items():
        if key[1] == "redemption" and isinstance(row, Row) and row.data["coupon_id"] == coupon_id:
            found[key] = use_of(key, row)
    return sorted(found.values(), key=lambda use: (use.heard_at, use.at, use.key[2]))


def counted(uses: Iterable[Use]) -> Use | None:
    """The use that the coupon is used up by."""
    return next((use for use in uses if use.stands and use.uses_up), None)


def same_sale(uses: Iterable[Use], scope: Scope, order_no: str, at: int) -> Use | None:
    """The use that till and counter PC both tell of: one sale is one use, whoever tells of it first.

    It is if the order number is the same, or, as long as it stands, if only one of them knows the number and they are
    less than a day apart.
    """
    here = [use for use in uses if use.key[0] == scope]
    named = next((use for use in here if order_no and use.order_no == order_no), None)
    return named or next(
        (use for use in here if use.stands and bool(use.order_no) != bool(order_no) and abs(use.at - at) < DAY_MS), None
    )


def was_given(writer: FeedWriter, use: Use) -> bool:
    """Whether it took anything off: a till that asked, was refused and sold without the coupon has given nothing."""
    if use.offline or use.status == "confirmed":
        return True
    if not use.order_no:
        return False
    for key, row in writer.staged().items():
        if key[:2] == (use.key[0], "purchase") and isinstance(row, Row):
            data = row.data
            if (data["order_no"], data["kind"]) == (use.order_no, "sale") and data["coupon_code"]:
                return True
    asked = {"store": use.store_id, "order": use.order_no}
    return bool(writer.connection.exec_driver_sql(_ON_RECEIPT, asked).scalar_one())


def move_up(writer: FeedWriter, coupon_id: str) -> Use | None:
    """After the use that counted was undone: the next one that stands counts from now on, and nobody bears it.

    Only those count that were in conflict for its sake. A stranger's, one beyond the allotment and one after a recall
    were never hers to make, whatever else becomes of the coupon.

    Returns it, staged; None if none stands, so that the coupon is free again.
    """
    others = [use for use in uses_of(writer, coupon_id) if use.stands and use.rival_id is not None]
    given = [use for use in others if was_given(writer, use)]
    if not given:
        return None
    heir = given[0]
    writer.load([use.key for use in others])
    writer.change(heir.key, status="confirmed", borne_by="", rule="", rival_id=None)
    for use in others:
        if use is not heir:
            writer.change(use.key, rival_id=heir.key[2])
    return heir
