"""What a signed coupon proves to head office, and the coupon record behind it.

A coupon that a PC handed out without network may be shown at a counter before that PC has told of it: the voucher alone
is enough to make its record, in the store of the allotment, without the client, whom the PC will name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from guide_app.base.errors import GuideError
from guide_app.protocol.coupon_allowed import excess
from guide_app.protocol.coupon_code import derive_code
from guide_app.protocol.recall import candidates, ending, entry
from guide_app.protocol.voucher import BadVoucherError, Voucher, verify
from head_office.coupons.allot import just_made
from head_office.coupons.issue import Allotted, NewCoupon, issue_allotted
from head_office.coupons.model import Template
from head_office.coupons.queries import locate_allotment, locate_id, template_by_no
from head_office.coupons.signing import public_keys
from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter
from head_office.store.tables import recall_entry

_SPENT = "SELECT coalesce(sum(value_fen), 0) FROM coupon WHERE allotment_id = %(allotment)s::uuid AND status <> 'void'"


@dataclass(frozen=True, slots=True)
class Proof:
    """A voucher that holds, and where its coupon lives.

    `copied`: its serial went to somebody else before. `beyond`: it says more than its allotment and batch allow.
    """

    voucher: Voucher
    key: Key
    copied: bool = False
    beyond: bool = False


def ended_at(connection: Connection, coupon_id: str, coupon: Mapping[str, Any], text: str) -> int | None:
    """Since when the recall list ends a coupon that was shown by this voucher, UTC ms; None if it does not.

    `text` is empty for one shown by its code: then its own voucher counts.
    """
    known = (coupon_id, coupon["template_id"], coupon["allotment_id"], text or coupon["token"])
    moments = recall_moments(connection, candidates(*known))
    by = ending(moments, *known)
    return None if by is None else moments[by]


def is_within_budget(writer: FeedWriter, template: Template, budget_fen: int, voucher: Voucher) -> bool:
    """Whether the allotment costs no more than it may with what this one drew."""
    certificate = voucher.certificate
    if template.kind != "random_off" or certificate is None:
        return True
    asked = {"allotment": certificate.allotment_id}
    spent = writer.connection.exec_driver_sql(_SPENT, asked).scalar_one()
    spent += sum(coupon["value_fen"] for coupon in just_made(writer, certificate.allotment_id))
    return bool(spent + voucher.value_fen <= budget_fen)


def is_unnamed(coupon: Mapping[str, Any]) -> bool:
    """Whether it was made from its voucher alone: the PC that handed it out has not told of it."""
    return bool(coupon["allotment_id"]) and coupon["code"] == _passing_code(coupon["token"])


def recall_moments(connection: Connection, entries: Iterable[str]) -> dict[str, int]:
    """Since when these stand in the recall list (UTC ms), as far as they do."""
    query = sa.select(recall_entry.c.entry, recall_entry.c.at).where(recall_entry.c.entry.in_(list(entries)))
    return {row.entry: row.at for row in connection.execute(query)}


def prove(writer: FeedWriter, text: str, at: int, *, given: bool) -> Proof | str:
    """The coupon of a voucher, made if head office has not heard of it; or the problem code that says why not.

    `given`: its counter has reduced the price already, at `at` (UTC ms). Then also a coupon that is worth nothing is
    made, void, so that the books can tell who bears it.
    """
    try:
        voucher = verify(text, public_keys(writer.connection))
    except BadVoucherError:
        return "coupon.forged"
    template = template_by_no(writer.connection, voucher.template_no)
    beyond = template is not None and bool(excess(voucher, template))
    key = locate_id(writer.connection, voucher.coupon_id)
    if key is not None:
        return Proof(voucher, key, copied=_is_copied(writer, key, voucher, text), beyond=beyond)
    certificate = voucher.certificate
    place = locate_allotment(writer.connection, certificate.allotment_id) if certificate else None
    allotment = writer.get(place) if place else None
    if certificate is None or template is None or place is None or allotment is None:
        return "coupon.unknown"
    is_open = allotment.data["state"] == "open"
    if allotment.data["state"] == "recalled":
        listed = entry("allotment", place[2])
        is_open = at < recall_moments(writer.connection, [listed]).get(listed, 0)
    is_open = is_open and not beyond and is_within_budget(writer, template, allotment.data["budget_fen"], voucher)
    if not is_open and not given:
        return "coupon.beyond_allotment"
    return _taken_in(writer, voucher, text, template, (place, allotment.data["guide_id"]), ended=not is_open)


def _taken_in(
    writer: FeedWriter, voucher: Voucher, text: str, template: Template, whose: tuple[Key, str], *, ended: bool
) -> Proof | str:
    """Whose PC has not told of it yet: nobody knows who the customer is, nor the code that stands under the QR."""
    place, guide_id = whose
    new = NewCoupon(
        id=voucher.coupon_id,
        scope=place[0],
        code=_passing_code(text),
        client_id=None,
        person_hash=None,
        guide_id=guide_id,
        at=writer.now_ms,
    )
    allotted = Allotted(place[2], voucher.serial, voucher.valid_from, voucher.valid_until, voucher.value_fen, text)
    try:
        return Proof(voucher, issue_allotted(writer, template, new, allotted, ended=ended))
    except GuideError as e:
        return e.code


def _passing_code(text: str) -> str:
    """A code until the PC names the one that stands under the QR; tills are told it if goods come back before."""
    return derive_code(b"", text)


def _is_copied(writer: FeedWriter, key: Key, voucher: Voucher, text: str) -> bool:
    """Whether another voucher of the same serial is known: a PC and its copy both handed it out.

    One that head office signed anew, because the coupon came back with a refund, is no copy.
    """
    held = writer.get(key)
    token = held.data["token"] if held else ""
    if not voucher.certificate or not token or token == text:
        return False
    return verify(token, public_keys(writer.connection)).certificate is not None
