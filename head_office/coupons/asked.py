"""What is asked of head office about a coupon shown at a counter, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from guide_app.protocol.coupon_bill import Bill, BillLine
from guide_app.protocol.scopes import Scope, scope_store_id
from head_office.feed.rows import Key


@dataclass(frozen=True, slots=True)
class Redemption:
    """A coupon shown at a counter, by its code or its signed form.

    `scope` is the store it was shown in; `at` UTC ms; `amount_fen` 0 if unknown; `lines` of the bill, if they are.
    `offline`: its counter decided alone, having been in contact until `known_until`. `receipt`: it stands on a sale
    that has been made. `given_fen` is what an offline counter took off. `beside` are the ids of other coupons on the
    same bill.
    """

    id: str
    scope: Scope
    code: str
    order_no: str
    amount_fen: int
    at: int
    guide_id: str | None
    lines: tuple[BillLine, ...] = ()
    channel: str = "store"
    level: str = ""
    is_new: bool = True
    freight_fen: int = 0
    client_id: str | None = None
    offline: bool = False
    receipt: bool = False
    known_until: int = 0
    device_id: str | None = None
    beside: tuple[str, ...] = ()
    given_fen: int = 0

    @property
    def given(self) -> bool:
        """Whether the price was reduced already, whatever head office says now."""
        return self.offline or self.receipt

    @property
    def bill(self) -> Bill:
        """The bill as far as it is known: an amount alone counts as goods of any kind."""
        amount = (BillLine(None, "", 1, self.amount_fen),) if self.amount_fen > 0 else ()
        return Bill(
            self.lines or amount, self.at, scope_store_id(self.scope), self.channel, self.level, self.is_new,
            self.freight_fen,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Redeemed:
    """What became of it: `problem` is a code of the problem table, empty when the coupon is now used up."""

    problem: str = ""
    duplicate: bool = False
    touched: tuple[Key, ...] = ()
    guide_id: str | None = None
    client_id: str | None = None
