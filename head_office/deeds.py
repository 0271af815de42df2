"""Joins trade words to the push: the commands devices may send, and what follows when certain records arrive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection

from guide_app.base.errors import GuideError
from guide_app.protocol.messages import Mutation
from guide_app.protocol.scopes import store_scope
from head_office.attribution.correct import coupon_arrived
from head_office.attribution.rules import Touch
from head_office.clients.commands import EraseCommand, MergeCommand, TransferCommand, UnmergeCommand
from head_office.clients.erased import erased_among
from head_office.clients.identity import IdentityKeeper
from head_office.clients.relatives import RelationKeeper
from head_office.coupons.issue import NewCoupon, issue
from head_office.coupons.queries import template_by_id
from head_office.coupons.redeem import Redemption, redeem
from head_office.feed.decide import Refusal
from head_office.feed.params import id_of, id_or_none, moment_of, number_of, text_of
from head_office.feed.rows import Key
from head_office.feed.rules import Commanded, PushRules
from head_office.feed.write import FeedWriter
from head_office.followup.complete import complete_command
from head_office.sharing.events import shares_arrived
from head_office.store.secret import OfficeSecret


def push_rules(secret: OfficeSecret) -> PushRules:
    """All rules of this office."""

    def erased(connection: Connection, store_id: str, ids: Iterable[str]) -> set[str]:
        return erased_among(connection, secret, store_id, ids)

    return PushRules(
        commands={
            "coupon.redeem": redeem_command,
            "coupon.issue": IssueCommand(secret),
            "client.erase": EraseCommand(secret),
            "client.merge": MergeCommand(secret),
            "client.unmerge": UnmergeCommand(secret),
            "client.transfer": TransferCommand(secret),
            "task.complete": complete_command,
        },
        arrivals={
            "client": IdentityKeeper(secret).clients_arrived,
            "relation": RelationKeeper(erased).relations_arrived,
            "share": shares_arrived,
        },
        erased=erased,
    )


def redeem_command(writer: FeedWriter, mutation: Mutation) -> Commanded:
    """`coupon.redeem {redemption_id, code, order_no, amount_fen, at, guide_id}`."""
    try:
        asked = Redemption(
            id=id_of(mutation, "redemption_id"),
            scope=store_scope(mutation.store),
            code=text_of(mutation, "code"),
            order_no=text_of(mutation, "order_no"),
            amount_fen=number_of(mutation, "amount_fen"),
            at=moment_of(mutation, "at", writer.now_ms),
            guide_id=id_or_none(mutation, "guide_id") or mutation.by,
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
            template_id, client_id = id_of(mutation, "template_id"), id_of(mutation, "client_id")
            guide_id = id_or_none(mutation, "guide_id") or mutation.by
            at = moment_of(mutation, "claimed_at" if "claimed_at" in mutation.data else "at", writer.now_ms)
            code = text_of(mutation, "code")
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
            _require_welcome(client.data)
            issue(writer, template, NewCoupon(mutation.id, scope, code, client_id, person, guide_id, at))
        except GuideError as e:
            savepoint.rollback()
            return Commanded(Refusal(e.code, e.sentence))
        savepoint.commit()
        return Commanded(touched=(coupon_key,))


def _require_welcome(client: Mapping[str, Any]) -> None:
    """A coupon invites her to come and buy: nobody is to press it on whom the brand keeps away from."""
    if client["contact_state"] == "refused":
        raise GuideError("consent.refused", "客户已拒绝联系, 不能发券。")
    if client["flag"]:
        raise GuideError("client.flagged", client["flag_why"])
