"""Joins trade words to the push: the commands devices may send, and what follows when certain records arrive."""

from __future__ import annotations

from guide_app.base.errors import GuideError
from guide_app.base.ids import parse_id
from guide_app.protocol.messages import Mutation
from guide_app.protocol.scopes import store_scope
from head_office.attribution.correct import coupon_arrived
from head_office.attribution.rules import Touch
from head_office.clients.erase import erase_client
from head_office.clients.identity import IdentityKeeper
from head_office.coupons.issue import NewCoupon, issue
from head_office.coupons.queries import template_by_id
from head_office.coupons.redeem import Redemption, redeem
from head_office.feed.decide import CLOCK_TOLERANCE_MS, Refusal
from head_office.feed.push import Commanded, PushRules
from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter
from head_office.sharing.events import shares_arrived
from head_office.store.secret import OfficeSecret


def push_rules(secret: OfficeSecret) -> PushRules:
    """All rules of this office."""
    return PushRules(
        commands={
            "coupon.redeem": redeem_command,
            "coupon.issue": IssueCommand(secret),
            "client.erase": EraseCommand(secret),
        },
        arrivals={"client": IdentityKeeper(secret).clients_arrived, "share": shares_arrived},
    )


def redeem_command(writer: FeedWriter, mutation: Mutation) -> Commanded:
    """`coupon.redeem {redemption_id, code, order_no, amount_fen, at, guide_id}`."""
    try:
        asked = Redemption(
            id=_an_id(mutation, "redemption_id"),
            scope=store_scope(mutation.store),
            code=_text(mutation, "code"),
            order_no=_text(mutation, "order_no"),
            amount_fen=_number(mutation, "amount_fen"),
            at=_moment(mutation, "at", writer.now_ms),
            guide_id=_an_id(mutation, "guide_id") if mutation.data.get("guide_id") else mutation.by,
        )
    except ValueError as e:
        return Commanded(Refusal("record.invalid", str(e)))
    done = redeem(writer, asked)
    refused = Refusal(done.problem) if done.problem else None
    if done.guide_id is not None and not done.problem and not done.duplicate:
        touch = Touch("coupon", done.guide_id, done.touched[0][2], asked.at, "coupon")
        coupon_arrived(writer, asked.scope, asked.order_no, touch)
    return Commanded(refused, done.touched, duplicate=done.duplicate)


class IssueCommand:
    """`coupon.issue {template_id, code, client_id, guide_id, claimed_at}`; the mutation's id is the coupon's."""

    def __init__(self, secret: OfficeSecret) -> None:
        self._secret = secret

    def __call__(self, writer: FeedWriter, mutation: Mutation) -> Commanded:
        """Hand the coupon out, or say why not."""
        scope = store_scope(mutation.store)
        try:
            template_id, client_id = _an_id(mutation, "template_id"), _an_id(mutation, "client_id")
            guide_id = _an_id(mutation, "guide_id") if mutation.data.get("guide_id") else mutation.by
            at = _moment(mutation, "claimed_at" if "claimed_at" in mutation.data else "at", writer.now_ms)
            code = _text(mutation, "code")
        except ValueError as e:
            return Commanded(Refusal("record.invalid", str(e)))
        client_key: Key = (scope, "client", client_id)
        coupon_key: Key = (scope, "coupon", mutation.id)
        writer.load([client_key, coupon_key])
        client, template = writer.get(client_key), template_by_id(writer.connection, template_id)
        if writer.held(coupon_key) is not None:
            return Commanded(touched=(coupon_key,), duplicate=True)
        if client is None or template is None:
            return Commanded(Refusal("record.unknown", "client_id" if client is None else "template_id"))
        person = self._secret.person_hash(client.data["phone"] or client_id)
        savepoint = writer.connection.begin_nested()
        try:
            issue(writer, template, NewCoupon(mutation.id, scope, code, client_id, person, guide_id, at))
        except GuideError as e:
            savepoint.rollback()
            return Commanded(Refusal(e.code, e.sentence))
        savepoint.commit()
        return Commanded(touched=(coupon_key,))


class EraseCommand:
    """`client.erase {reason}`; the mutation's id is the client's."""

    def __init__(self, secret: OfficeSecret) -> None:
        self._secret = secret

    def __call__(self, writer: FeedWriter, mutation: Mutation) -> Commanded:
        """Erase the client; erasing her again changes nothing."""
        scope = store_scope(mutation.store)
        key: Key = (scope, "client", mutation.id)
        try:
            reason = _text(mutation, "reason")
        except ValueError as e:
            return Commanded(Refusal("record.invalid", str(e)))
        writer.load([key])
        if writer.held(key) is None:
            return Commanded(Refusal("record.unknown"))
        touched = erase_client(writer, self._secret, scope, mutation.id, by=mutation.by, reason=reason)
        return Commanded(touched=touched or (key,), duplicate=not touched)


def _text(mutation: Mutation, name: str) -> str:
    value = mutation.data.get(name, "")
    longest = 64
    if not isinstance(value, str) or len(value) > longest:
        raise ValueError(name)
    return value


def _number(mutation: Mutation, name: str) -> int:
    value = mutation.data.get(name, 0)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 1 << 53:
        raise ValueError(name)
    return value


def _moment(mutation: Mutation, name: str, now_ms: int) -> int:
    """A moment of the device, held back to a minute ahead of the office's; the office's present if none is given."""
    value = mutation.data.get(name, now_ms)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(name)
    return min(value, now_ms + CLOCK_TOLERANCE_MS)


def _an_id(mutation: Mutation, name: str) -> str:
    value = mutation.data.get(name)
    if not isinstance(value, str) or parse_id(value) != value:
        raise ValueError(name)
    return value
