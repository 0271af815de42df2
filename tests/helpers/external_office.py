"""Head office's answers about coupons of other systems, made up by a test; loses them on demand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from threading import Event
from typing import Any

from guide_app.flows.desk import Desk
from guide_app.flows.external_coupons import ExternalCoupons
from guide_app.protocol.external_coupon import ExternalCheck, ExternalTold, ExternalUse
from guide_app.protocol.messages import RecordFrame
from guide_app.protocol.problems import problem
from guide_app.protocol.scopes import BRAND
from guide_app.sync.errors import refused, unreachable
from tests.helpers.book import ident

CODE, STOCK, OTHER = "1234567890123456789012", "1280000000000001", "1280000000000002"
FIFTY: dict[str, Any] = {"source": "wechat", "name": "微信满300减50", "pattern": "#" * 22, "stock_id": STOCK}
TWELVE: dict[str, Any] = {
    "source": "wechat", "name": "微信八八折", "pattern": "WX*********", "stock_id": OTHER, "stacking": True,
}  # fmt: skip


def _opened() -> Event:
    event = Event()
    event.set()
    return event


@dataclass
class ExternalOffice:
    """Takes 50 off from 300; a code is used once. `lose` answers to a use are lost after it was done.

    `refuse`: it refuses to be asked at all. A use waits for `open`.
    """

    used: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    first: dict[str, ExternalUse] = field(default_factory=dict)
    lose: int = 0
    cut: bool = False
    refuse: bool = False
    open: Event = field(default_factory=_opened)

    def check_external(self, asked: ExternalCheck) -> ExternalTold:
        """What it takes off."""
        if 0 < asked.amount_fen < 30_000:
            return ExternalTold(state="refused", name="满减", min_spend_fen=30_000, reason="coupon.min_spend")
        off = 5_000 if asked.amount_fen else 0
        return ExternalTold(state="usable", name="满减", discount_fen=off, min_spend_fen=30_000)

    def use_external(self, asked: ExternalUse) -> ExternalTold:
        """Redeem it."""
        self.open.wait()
        if self.refuse:
            raise refused(problem("request.invalid"))
        self.asked.append(asked.request_no)
        first = self.first.setdefault(asked.request_no, asked)
        if self.used.setdefault(asked.code, asked.request_no) != asked.request_no:
            return ExternalTold(state="refused", reason="coupon.redeemed", detail="这张券之前已核销。")
        if self.lose:
            self.lose -= 1
            raise unreachable("office.timeout", "总部没有回答。")
        return ExternalTold(state="used", name="满减", discount_fen=5_000, amount_fen=first.amount_fen, used_at=1)

    @contextmanager
    def door(self) -> Iterator[ExternalOffice]:
        """A line to it."""
        if self.cut:
            raise unreachable("office.unreachable", "连不上总部。")
        yield self


def with_office(desk: Desk, office: ExternalOffice, *batches: dict[str, Any]) -> Desk:
    """The desk with this head office behind it, which has published these batches."""
    value = {"batches": list(batches or (FIFTY,))}
    frame = RecordFrame(BRAND, "house_rule", ident(901), 9_001, {"name": "external_coupons", "value": value})
    desk.db.apply(lambda applier: applier.apply([frame]))
    return replace(desk, external_coupons=ExternalCoupons(desk.db, desk.clock, office.door))
