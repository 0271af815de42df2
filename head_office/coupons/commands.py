"""What PCs may ask about coupons: to hand one out, and to use one up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import msgspec

from guide_app.base.errors import GuideError
from guide_app.base.ids import is_id
from guide_app.protocol.coupon_allowed import Excess, excess
from guide_app.protocol.coupon_bill import Bill, BillLine
from guide_app.protocol.coupon_bounds import BESIDE, LINES, ORDER_NO, TOKEN, is_whole
from guide_app.protocol.coupon_code import normalise_code
from guide_app.protocol.messages import Mutation
from guide_app.protocol.scopes import Scope, store_scope
from guide_app.protocol.voucher import BadVoucherError, is_by_office, verify
from head_office.attribution.correct import coupon_arrived
from head_office.attribution.rules import Touch
from head_office.coupons.issue import Allotted, NewCoupon, issue, issue_allotted, register_code
from head_office.coupons.limits import count_person
from head_office.coupons.model import Template
from head_office.coupons.moments import believed_at, believed_contact, heard_of
from head_office.coupons.persons import known_as
from head_office.coupons.proof import is_within_budget
from head_office.coupons.queries import template_by_id
from head_office.coupons.redeem import Redemption, redeem
from head_office.coupons.returns import hold_orders, settle_returns
from head_office.coupons.signing import public_keys
from head_office.feed.decide import Refusal
from head_office.feed.params import id_of, id_or_none, moment_of, number_of, text_of
from head_office.feed.rows import Key, Row
from head_office.feed.rules import Commanded
from head_office.feed.write import FeedWriter
from head_office.store.secret import OfficeSecret

#: What a voucher says beyond its allotment and batch (`guide_app.protocol.coupon_allowed`).
_BEYOND: Mapping[Excess, str] = MappingProxyType(
    {
        "batch": "不是这份额度的券。",
        "time": "不在额度的有效期内, 或期限超出这批券的规则。",
        "value": "金额超出这批券的规则。",
        "holder": "没有写明持券人, 而这批券只给本人用。",
    }
)


class RedeemCommand:
    """`coupon.redeem {redemption_id, code, order_no, amount_fen, at, guide_id, …}` (docs/protocol.md)."""

    def __init__(self, secret: OfficeSecret) -> None:
        self._secret = secret

    def __call__(self, writer: FeedWriter, mutation: Mutation) -> Commanded:
        """Use the coupon up, or say why not."""
        try:
            asked = _asked(writer, mutation)
        except ValueError as e:
            return Commanded(Refusal("record.invalid", str(e)))
        hold_orders(writer.connection, asked.scope, [asked.order_no])
        done = redeem(writer, asked)
        refused = Refusal(done.problem) if done.problem else None
        if not done.problem and not done.duplicate and done.guide_id is not None:
            touch = Touch("coupon", done.guide_id, done.touched[0][2], asked.at, "coupon")
            coupon_arrived(writer, asked.scope, asked.order_no, touch)
        if done.touched and asked.order_no:  # also what is in conflict may have been undone by a refund already
            settle_returns(writer, self._secret, asked.scope, [asked.order_no])
        return Commanded(refused, done.touched, duplicate=done.duplicate)


def _asked(writer: FeedWriter, mutation: Mutation) -> Redemption:
    """The redemption that a command asks for. Raises ValueError, naming the field.

    What a counter without network says of moments is bounded; whose PC it is, is known, whatever it says.
    """
    offline = mutation.data.get("offline") is True
    at, known_until = moment_of(mutation, "at", writer.now_ms), number_of(mutation, "known_until")
    if offline:
        heard = heard_of(writer.connection, writer.sender) if writer.sender is not None else None
        at = believed_at(at, mutation.stamp, heard)
        known_until = believed_contact(known_until, at, heard)
    said_device = id_or_none(mutation, "device_id")
    return Redemption(
        id=id_of(mutation, "redemption_id"),
        scope=store_scope(mutation.store),
        code=text_of(mutation, "token", TOKEN) or text_of(mutation, "code"),
        order_no=text_of(mutation, "order_no", ORDER_NO),
        amount_fen=number_of(mutation, "amount_fen"),
        at=at,
        guide_id=id_or_none(mutation, "guide_id") or mutation.by,
        lines=_lines_of(mutation),
        channel=text_of(mutation, "channel") or "store",
        level=text_of(mutation, "level"),
        is_new=mutation.data.get("is_new") is not False,
        freight_fen=number_of(mutation, "freight_fen"),
        client_id=id_or_none(mutation, "client_id"),
        offline=offline,
        known_until=known_until,
        device_id=writer.sender.device_id if offline and writer.sender is not None else said_device,
        beside=_beside_of(mutation),
        given_fen=number_of(mutation, "discount_fen"),
    )


class IssueCommand:
    """`coupon.issue {template_id, code, client_id, guide_id, claimed_at, token?}`; the mutation's id is the coupon's.

    With a `token` it was handed out of an allotment, and is in the customer's hand already.
    """

    def __init__(self, secret: OfficeSecret) -> None:
        self._secret = secret

    def __call__(self, writer: FeedWriter, mutation: Mutation) -> Commanded:
        """Hand the coupon out, or say why not."""
        scope = store_scope(mutation.store)
        try:
            template_id, client_id = id_of(mutation, "template_id"), id_of(mutation, "client_id")
            guide_id = id_or_none(mutation, "guide_id") or mutation.by
            at = moment_of(mutation, "claimed_at" if "claimed_at" in mutation.data else "at", writer.now_ms)
            code, token = text_of(mutation, "code"), text_of(mutation, "token", TOKEN)
        except ValueError as e:
            return Commanded(Refusal("record.invalid", str(e)))
        client_key: Key = (scope, "client", client_id)
        coupon_key: Key = (scope, "coupon", mutation.id)
        writer.load([client_key, coupon_key])
        client, template = writer.get(client_key), template_by_id(writer.connection, template_id)
        held = writer.held(coupon_key)
        if held is not None and not (isinstance(held, Row) and _is_nobodys(held)):
            return _known(coupon_key, held, client_id, code)
        if client is None or template is None:
            return Commanded(Refusal("record.unknown", "client_id" if client is None else "template_id"))
        person = self._secret.person_hash(client.data["phone"] or client_id)
        if isinstance(held, Row):
            told = {"client_id": client_id, "claimed_at": at, "code": code}
            return _named(writer, coupon_key, held, told, token) or _count(writer, template, person, coupon_key)
        new = NewCoupon(mutation.id, scope, code, client_id, person, guide_id, at)
        savepoint = writer.connection.begin_nested()
        try:
            if token:
                allotted = _allotted(writer, template, new, token, _said_at(mutation, at))
                issue_allotted(writer, template, replace(new, guide_id=_giver_of(writer, allotted, scope)), allotted)
            else:
                _require_welcome(client.data)
                marks = known_as(writer.connection, self._secret, scope, client_id)
                issue(writer, self._secret, template, replace(new, known_as=marks))
        except GuideError as e:
            savepoint.rollback()
            return Commanded(Refusal(e.code, e.sentence))
        savepoint.commit()
        return Commanded(touched=(coupon_key,))


def _is_nobodys(held: Row) -> bool:
    """Whether a counter showed the coupon before the PC that handed it out told of it: nobody knows whose it is."""
    return held.data["allotment_id"] is not None and held.data["client_id"] is None


def _known(key: Key, held: object, client_id: str, code: str) -> Commanded:
    """A coupon that is there: the same once more, or one serial given twice."""
    if not isinstance(held, Row) or held.data["allotment_id"] is None or held.data["client_id"] in (None, client_id):
        return Commanded(touched=(key,), duplicate=True)
    if held.data["given_at"] is not None and held.data["code"] == code:  # told once more after she gave it on
        return Commanded(touched=(key,), duplicate=True)
    return Commanded(Refusal("coupon.serial_used", code), (key,))


def _named(writer: FeedWriter, key: Key, held: Row, told: Mapping[str, Any], token: str) -> Commanded | None:
    """The PC tells whose the coupon is and by which code it stands under the QR; None if all is well.

    A voucher other than the one that was shown means that the serial was given twice. The passing code goes on leading
    to the coupon: a till may have been told it when goods came back.
    """
    shown = held.data["token"]
    if not is_by_office(shown) and normalise_code(shown) != normalise_code(token):
        return Commanded(Refusal("coupon.serial_used", told["code"]), (key,))
    if held.data["status"] == "void":
        return Commanded(Refusal("coupon.beyond_allotment"), (key,))
    if not verify(shown, public_keys(writer.connection)).is_for(told["client_id"]):
        return Commanded(Refusal("coupon.holder"), (key,))
    if not register_code(writer.connection, key, told["code"]):
        return Commanded(Refusal("record.invalid", "code"))
    writer.change(key, **told)
    return None


def _count(writer: FeedWriter, template: Template, person: bytes, key: Key) -> Commanded:
    """Now that it is known whose it is, it counts as hers."""
    count_person(writer.connection, template, person, bound=True)
    return Commanded(touched=(key,))


def _said_at(mutation: Mutation, at: int) -> int:
    """When the PC says it handed the coupon out, by its own clock: what it signed follows from that."""
    said = mutation.data.get("claimed_at", mutation.data.get("at"))
    return said if isinstance(said, int) else at


def _allotted(writer: FeedWriter, template: Template, new: NewCoupon, token: str, said_at: int) -> Allotted:
    """What the PC signed, once it is sure that head office had allowed it. Raises GuideError."""
    try:
        voucher = verify(token, public_keys(writer.connection))
    except BadVoucherError as e:
        raise GuideError("coupon.forged", str(e)) from e
    certificate = voucher.certificate
    if certificate is None or voucher.coupon_id != new.id or voucher.template_no != template.no:
        raise GuideError("coupon.forged", "token")
    allotment = writer.get((new.scope, "allotment", certificate.allotment_id))
    if allotment is None or allotment.data["state"] != "open":
        raise GuideError("coupon.beyond_allotment", "额度已交还或已召回。")
    if beyond := excess(voucher, template, said_at):
        raise GuideError("coupon.beyond_allotment", _BEYOND[beyond])
    if not voucher.is_for(new.client_id):
        raise GuideError("coupon.holder", "券上的持券人不是这位客户。")
    if not is_within_budget(writer, template, allotment.data["budget_fen"], voucher):
        raise GuideError("coupon.beyond_allotment", "超出额度的金额。")
    return Allotted(
        certificate.allotment_id, voucher.serial, voucher.valid_from, voucher.valid_until, voucher.value_fen, token
    )


def _giver_of(writer: FeedWriter, allotted: Allotted, scope: Scope) -> str | None:
    """Whose allotment it came out of hands it out, whatever the command says."""
    held = writer.get((scope, "allotment", allotted.allotment_id))
    return held.data["guide_id"] if held is not None else None


def _beside_of(mutation: Mutation) -> tuple[str, ...]:
    """The ids of other coupons on the bill. Raises ValueError."""
    said = mutation.data.get("beside", [])
    if not isinstance(said, list) or len(said) > BESIDE or not all(is_id(one) for one in said):
        raise ValueError("beside")
    return tuple(said)


def _lines_of(mutation: Mutation) -> tuple[BillLine, ...]:
    """The lines of the bill, each `{product_id, category, qty, amount_fen}`. Raises ValueError."""
    said = mutation.data.get("lines", [])
    try:
        lines = msgspec.convert(said, tuple[BillLine, ...])
    except msgspec.ValidationError as e:
        raise ValueError("lines") from e
    if len(lines) > LINES or not is_whole(Bill(lines, 0)):
        raise ValueError("lines")
    return lines


def _require_welcome(client: Mapping[str, Any]) -> None:
    """A coupon invites her to come and buy: nobody is to press it on whom the brand keeps away from."""
    if client["contact_state"] == "refused":
        raise GuideError("consent.refused", "客户已拒绝联系, 不能发券。")
    if client["flag"]:
        raise GuideError("client.flagged", client["flag_why"])
