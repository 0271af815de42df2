"""转赠: a coupon goes from its first holder to somebody whom she names, once, and is that one's alone from then on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from guide_app.protocol.coupon_gift import Gift, why_not
from guide_app.protocol.coupon_terms import is_over
from guide_app.protocol.messages import Mutation
from guide_app.protocol.scopes import Scope, scope_store_id, store_scope
from head_office.coupons.model import Template
from head_office.coupons.proof import ended_at
from head_office.coupons.queries import locate_id, template_by_id
from head_office.coupons.signing import signer
from head_office.feed.decide import Refusal
from head_office.feed.params import id_of, id_or_none, moment_of
from head_office.feed.rows import Key, Row
from head_office.feed.rules import Commanded
from head_office.feed.write import FeedWriter
from head_office.store.secret import OfficeSecret

_ENDS = (
    "SELECT id::text FROM coupon_gift WHERE store_id = %(store)s::uuid AND client_id = %(client)s::uuid"
    " AND template_id = %(template)s::uuid AND side = %(side)s"
)


class GiveCommand:
    """`coupon.give {client_id, gave_id, got_id, deed_id, at, guide_id}`; the mutation's id is the coupon's.

    `client_id` is who gets it. The push has followed her merges already.
    """

    def __init__(self, secret: OfficeSecret) -> None:
        self._secret = secret

    def __call__(self, writer: FeedWriter, mutation: Mutation) -> Commanded:
        """Give the coupon on, or say why not; to give it once more to who was given it changes nothing."""
        try:
            asked = _asked(writer, mutation)
        except ValueError as e:
            return Commanded(Refusal("record.invalid", str(e)))
        writer.load([asked.receiver, asked.coupon, *asked.ends])
        held, receiver = writer.get(asked.coupon), writer.get(asked.receiver)
        if held is None:
            elsewhere = locate_id(writer.connection, mutation.id) is not None
            return Commanded(Refusal("record.moved" if elsewhere else "coupon.unknown"))
        if held.data["given_at"] is not None and held.data["client_id"] == asked.receiver[2]:
            return Commanded(touched=(asked.coupon,), duplicate=True)
        refused = "record.unknown" if receiver is None else self._give(writer, asked, held.data, receiver.data)
        if refused:
            return Commanded(Refusal(refused, held.data["code"]), (asked.coupon,))
        return Commanded(touched=(asked.coupon, *asked.ends))

    def _give(self, writer: FeedWriter, asked: _Asked, coupon: Mapping[str, Any], receiver: Mapping[str, Any]) -> str:
        """Stage that the coupon changes hands; or the problem code that says why not."""
        template = template_by_id(writer.connection, coupon["template_id"])
        unnamed = coupon["status"] == "claimed" and coupon["client_id"] is None
        if template is None or unnamed:
            return "coupon.unknown"
        refused = why_not(_gift(writer, asked, coupon, template)) or _unwelcome(receiver)
        if refused or any(writer.held(end) is not None for end in asked.ends):
            return refused or "record.invalid"
        coupon_id, receiver_id = asked.coupon[2], asked.receiver[2]
        said = {"coupon_id": coupon_id, "template_id": template.id, **asked.said}
        writer.put(asked.ends[0], {**said, "client_id": coupon["client_id"], "side": "gave"})
        writer.put(asked.ends[1], {**said, "client_id": receiver_id, "side": "got"})
        now_hers = {"client_id": receiver_id, "given_at": writer.now_ms}
        token = signer(writer, self._secret).token(coupon_id, {**coupon, **now_hers}, template)
        writer.change(asked.coupon, **now_hers, token=token)
        return ""


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which coupon is to go to whom, the two ends that will tell of it, and what both say."""

    coupon: Key
    receiver: Key
    ends: tuple[Key, Key]
    said: Mapping[str, Any]
    at: int


def _asked(writer: FeedWriter, mutation: Mutation) -> _Asked:
    """What a command asks for. Raises ValueError, naming the parameter."""
    scope = store_scope(mutation.store)
    at = moment_of(mutation, "at", writer.now_ms)
    said = {"deed_id": id_of(mutation, "deed_id"), "guide_id": id_or_none(mutation, "guide_id") or mutation.by}
    gave, got = id_of(mutation, "gave_id"), id_of(mutation, "got_id")
    if gave == got:
        raise ValueError("got_id")
    return _Asked(
        (scope, "coupon", mutation.id),
        (scope, "client", id_of(mutation, "client_id")),
        ((scope, "coupon_gift", gave), (scope, "coupon_gift", got)),
        {**said, "at": at},
        at,
    )


def _gift(writer: FeedWriter, asked: _Asked, coupon: Mapping[str, Any], template: Template) -> Gift:
    """What the rule asks of a coupon that changes hands."""
    scope, giver_id, receiver_id = asked.coupon[0], coupon["client_id"], asked.receiver[2]
    ended = ended_at(writer.connection, asked.coupon[2], coupon, "")
    recalled = template.recalled_at is not None and template.recalled_at <= asked.at
    return Gift(
        status=coupon["status"],
        transferable=template.transferable,
        is_given=coupon["given_at"] is not None,
        limit=template.give_limit,
        is_recalled=recalled or (ended is not None and ended <= asked.at),
        is_over=is_over(coupon["valid_until"], asked.at),
        is_same=_is_same(writer, scope, giver_id, receiver_id),
        gave=_count(writer, scope, giver_id, template.id, "gave"),
        got=_count(writer, scope, receiver_id, template.id, "got"),
    )


def _is_same(writer: FeedWriter, scope: Scope, one: str | None, other: str) -> bool:
    """Whether two records are of one person: the same, or with the same phone number."""
    rows = [writer.get((scope, "client", which)) for which in (one, other) if which is not None]
    phones = {row.data["phone"] for row in rows if row is not None}
    return one == other or (len(rows) > 1 and len(phones) == 1 and "" not in phones)


def _count(
    writer: FeedWriter, scope: Scope, client_id: str | None, template_id: str, side: Literal["gave", "got"]
) -> int:
    """How many coupons of the batch she has given on or been given, by all that came before in this push too."""
    if client_id is None:
        return 0
    asked = {"store": scope_store_id(scope), "client": client_id, "template": template_id, "side": side}
    known = set(writer.connection.exec_driver_sql(_ENDS, asked).scalars())
    wanted = (client_id, template_id, side)
    for key, row in writer.staged().items():
        if key[:2] != (scope, "coupon_gift"):
            continue
        if isinstance(row, Row) and (row.data["client_id"], row.data["template_id"], row.data["side"]) == wanted:
            known.add(key[2])
        else:
            known.discard(key[2])
    return len(known)


def _unwelcome(receiver: Mapping[str, Any]) -> str:
    """Nobody hands a coupon to whom the brand keeps away from, in somebody else's name neither."""
    if receiver["contact_state"] == "refused":
        return "consent.refused"
    return "client.flagged" if receiver["flag"] else ""
