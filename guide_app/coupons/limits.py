"""How much a counter may redeem without network: so many coupons, so much discount, so many hours since contact."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from guide_app.base.errors import InvalidInputError
from guide_app.base.money import yuan
from guide_app.base.phrase import Phrase
from guide_app.protocol.coupon_bounds import OFFLINE_COUNT, OFFLINE_FEN, OFFLINE_HOURS
from guide_app.store.device import Device
from guide_app.store.house_rules import Figure, figure

HOUR_MS = 3_600_000
COUNT = Figure("offline_redeem", "count", OFFLINE_COUNT, 0, 10_000)
DISCOUNT = Figure("offline_redeem", "discount_fen", OFFLINE_FEN, 0, 100_000_000)
HOURS = Figure("offline_redeem", "hours", OFFLINE_HOURS, 1, 2_160)
_PENDING = "SELECT count(*), coalesce(sum(discount_fen), 0) FROM redemption WHERE status = 'pending'"


@dataclass(frozen=True, slots=True)
class OfflineRoom:
    """What is left until the counter must have been in contact; `until` UTC ms."""

    count: int
    discount_fen: int
    until: int


def offline_room(conn: Connection, device: Device) -> OfflineRoom:
    """The room that redemptions of which head office has not heard yet leave."""
    n, fen = conn.exec_driver_sql(_PENDING).one()
    since = (device.last_contact_ms or device.enrolled_at or 0) + device.offset_ms
    until = since + figure(conn, HOURS) * HOUR_MS
    return OfflineRoom(max(0, figure(conn, COUNT) - n), max(0, figure(conn, DISCOUNT) - fen), until)


def require_room(room: OfflineRoom, now_ms: int, discount_fen: int) -> None:
    """Raise InvalidInputError `coupon.offline_limit`, naming the limit, if this redemption does not fit."""
    if room.count < 1:
        raise _full(Phrase("离线核销的张数已用完"))
    if room.discount_fen < discount_fen:
        raise _full(Phrase("离线核销的金额只剩 {amount}", {"amount": yuan(room.discount_fen)}))
    if now_ms >= room.until:
        raise _full(Phrase("离总部上次联系太久"))


def _full(why: Phrase) -> InvalidInputError:
    return InvalidInputError(
        "coupon.offline_limit", "{why}, 不能再离线核销。", "连上网同步一次, 就能继续核销。", why=why
    )
