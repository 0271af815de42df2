"""What a signed coupon proves to head office, and the coupon record behind it.

A coupon that a PC handed out without network may be shown at a counter before that PC has told of it: the voucher alone
is enough to make its record, in the store of the allotment, without the client, whom the PC will name.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from guide_app.base.errors import GuideError
from guide_app.protocol.coupon_code import derive_code
from guide_app.protocol.recall import What, entry
from guide_app.protocol.voucher import BadVoucherError, Voucher, verify
from head_office.coupons.issue import Allotted, NewCoupon, issue_allotted
from head_office.coupons.queries import locate_allotment, locate_id, template_by_no
from head_office.coupons.signing import public_keys
from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter

_RECALLED = "SELECT entries @> to_jsonb(%(entry)s::text) FROM recall_list"


@dataclass(frozen=True, slots=True)
class Proof:
    """A voucher that holds, and where its coupon lives. `copied`: its serial went to somebody else before."""

    voucher: Voucher
    key: Key
    copied: bool = False


def recalled(connection: Connection, what: What, record_id: str) -> bool:
    """Whether this stands in the recall list."""
    return bool(connection.exec_driver_sql(_RECALLED, {"entry": entry(what, record_id)}).scalar())


def prove(writer: FeedWriter, text: str) -> Proof | str:
    """The coupon of a voucher, made if head office has not heard of it; or the problem code that says why not."""
    try:
        voucher = verify(text, public_keys(writer.connection))
    except BadVoucherError:
        return "coupon.forged"
    key = locate_id(writer.connection, voucher.coupon_id)
    if key is not None:
        return Proof(voucher, key, copied=_is_copied(writer, key, voucher, text))
    if voucher.certificate is None:
        return "coupon.unknown"
    return _taken_in(writer, voucher, text)


def _taken_in(writer: FeedWriter, voucher: Voucher, text: str) -> Proof | str:
    certificate = voucher.certificate
    template = template_by_no(writer.connection, voucher.template_no)
    place = locate_allotment(writer.connection, certificate.allotment_id) if certificate else None
    if certificate is None or template is None or place is None:
        return "coupon.unknown"
    allotment = writer.get(place)
    if allotment is None or allotment.data["state"] != "open":
        return "coupon.beyond_allotment"
    new = NewCoupon(
        id=voucher.coupon_id,
        scope=place[0],
        code=derive_code(b"", text),
        client_id=None,
        person_hash=voucher.coupon_id.encode(),
        guide_id=allotment.data["guide_id"],
        at=writer.now_ms,
    )
    allotted = Allotted(
        certificate.allotment_id, voucher.serial, voucher.valid_from, voucher.valid_until, voucher.value_fen, text
    )
    try:
        return Proof(voucher, issue_allotted(writer, template, new, allotted))
    except GuideError as e:
        return e.code


def _is_copied(writer: FeedWriter, key: Key, voucher: Voucher, text: str) -> bool:
    """Whether another voucher of the same serial is known: a PC and its copy both handed it out.

    One that head office signed anew, because the coupon came back with a refund, is no copy.
    """
    held = writer.get(key)
    token = held.data["token"] if held else ""
    if not voucher.certificate or not token or token == text:
        return False
    return verify(token, public_keys(writer.connection)).certificate is not None
