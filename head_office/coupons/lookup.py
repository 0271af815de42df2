"""A counter with network asks for the voucher of a coupon of which it was told nothing but the 14 characters.

What it gets is what the coupon's QR code would have said; nothing is used up by it and nothing reserved. How often one
PC may ask is bounded, so that nobody finds coupons by trying, and each question stands in the audit trail, without the
code.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from guide_app.protocol.coupon_bill import Bill, obstacles
from guide_app.protocol.coupon_code import normalise_code
from head_office.coupons.model import ticket_of
from head_office.coupons.proof import ended_at
from head_office.coupons.queries import locate, template_by_id
from head_office.coupons.signing import signer
from head_office.enrolment.devices import Device
from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter
from head_office.store import audit
from head_office.store.secret import OfficeSecret

DEED = "coupon.asked"
#: So many questions one PC may ask within the span (ms), whatever they are answered.
MOST, SPAN_MS = 30, 600_000

#: What speaks against a coupon in this store whatever lies in the bill; of all else the counter judges and tells more.
_AT_ALL = frozenset({"coupon.redeemed", "coupon.void", "coupon.recalled", "coupon.expired", "coupon.store"})
_HOLD = "SELECT pg_advisory_xact_lock(hashtextextended(%(device)s, 2))"
_ASKED = (
    "SELECT count(*), coalesce(min(at_ms), 0) FROM audit WHERE store_id = %(store)s::uuid AND deed = %(deed)s"
    " AND at_ms > %(since)s AND actor = %(device)s"
)


@dataclass(frozen=True, slots=True)
class Answered:
    """The voucher, or a problem code; of too many questions after how many ms the next one may come."""

    token: str = ""
    problem: str = ""
    wait_ms: int = 0


def look_up(connection: Connection, secret: OfficeSecret, asking: Device, code: str, now_ms: int) -> Answered:
    """What head office tells this PC of a code at `now_ms` (UTC ms); a transaction of its own."""
    connection.exec_driver_sql(_HOLD, {"device": asking.device_id})  # two at once are two
    since = {"store": asking.store_id, "deed": DEED, "since": now_ms - SPAN_MS, "device": asking.device_id}
    count, first_ms = connection.exec_driver_sql(_ASKED, since).one()
    if count >= MOST:
        return Answered(problem="rate.limited", wait_ms=first_ms + SPAN_MS - now_ms)
    key = locate(connection, normalise_code(code))
    writer = FeedWriter(connection, now_ms)
    answered = Answered(problem="coupon.unknown") if key is None else _answer(writer, secret, asking, key)
    detail = {"answer": answered.problem or "voucher", "coupon": key[2] if key else ""}
    audit.record(connection, now_ms, asking.device_id, DEED, detail, store_id=asking.store_id)
    writer.flush()
    return answered


def _answer(writer: FeedWriter, secret: OfficeSecret, asking: Device, key: Key) -> Answered:
    """Of a coupon that is there; a redemption under way is waited for, since reading it locks its row."""
    held = writer.get(key)
    template = template_by_id(writer.connection, held.data["template_id"]) if held else None
    if held is None or template is None:
        return Answered(problem="coupon.unknown")
    bill = Bill((), writer.now_ms, asking.store_id, is_new=True)
    said = [obstacle.code for obstacle in obstacles(ticket_of(key[2], held.data, template), bill)]
    if "coupon.redeemed" not in said and ended_at(writer.connection, key[2], held.data, "") is not None:
        said.insert(0, "coupon.recalled")
    problem = next((one for one in said if one in _AT_ALL), "")
    if problem:
        return Answered(problem=problem)
    return Answered(token=held.data["token"] or signer(writer, secret).token(key[2], held.data, template))
