"""领券: a customer takes a coupon from a link, in one transaction with the client record, the consent and the event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import sqlalchemy as sa
from sqlalchemy import Connection

from guide_app.base.errors import GuideError
from guide_app.base.phone import normalise_phone
from guide_app.protocol.coupon_code import make_code
from head_office.clients.consents import Purpose, stage_consents
from head_office.clients.family import survivors_of
from head_office.clients.identity import hold_person, settle_person
from head_office.coupons.issue import NewCoupon, issue
from head_office.coupons.model import Template
from head_office.coupons.occasions import give
from head_office.coupons.persons import known_as
from head_office.coupons.queries import template_by_id
from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter
from head_office.sharing.events import stage_event
from head_office.sharing.links import OpenedLink
from head_office.store.audit import new_id
from head_office.store.secret import OfficeSecret
from head_office.store.tables import KIND_TABLES

_SHOWN_DIGITS = 4

#: What the customer ticked: nothing, contact by her guide alone, or the brand's messages too.
Choice = Literal["none", "one_to_one", "marketing"]
_PURPOSES: Mapping[Choice, tuple[Purpose, ...]] = MappingProxyType(
    {"none": (), "one_to_one": ("service",), "marketing": ("marketing",)}
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What the page sends. `claim_id` (UUIDv7) is made when the page is shown, so that a double tap counts once.

    `consent_version` names the notice she read. The boxes were unticked when she came (PIPL 14).
    """

    claim_id: str
    opened: OpenedLink
    phone: str
    choice: Choice
    consent_version: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """The coupon she now holds. `code` is 14 characters; moments are UTC ms, `valid_until` 0 is without end."""

    coupon_id: str
    code: str
    client_id: str
    template: Template
    valid_from: int
    valid_until: int
    fresh: bool


def claim(connection: Connection, secret: OfficeSecret, asked: Claim, now_ms: int) -> Claimed:
    """Hand out the link's coupon. Must be a transaction of its own (`feed.write.in_transaction`).

    Raises GuideError: `phone.invalid`, `coupon.unknown` (a link without coupon), `coupon.not_active`, `coupon.limit`,
    `coupon.exhausted`. The same `claim_id` of the same person again returns the same coupon with `fresh` False.
    """
    phone = normalise_phone(asked.phone)
    template = template_by_id(connection, asked.opened.template_id)
    if not phone:
        raise GuideError("phone.invalid", "请输入 11 位手机号。", "改好后再提交。")
    if template is None:
        raise GuideError("coupon.unknown", "这个链接没有优惠券。")
    person, prospective = secret.person_hash(phone), new_id(now_ms)
    hold_person(connection, person, asked.opened.store_id, prospective)
    writer = FeedWriter(connection, now_ms)
    client_key = _find_client(connection, asked.opened, phone)
    if client_key is not None:
        settle_person(connection, person, asked.opened.store_id, prospective, client_key[2])
    repeated = _repeated(writer, asked, template, client_key)
    if repeated is not None:
        return repeated
    known_before = client_key
    client_key = _keep_client(writer, asked, client_key, phone, prospective)
    new = NewCoupon(
        id=asked.claim_id,
        scope=asked.opened.scope,
        code=make_code(),
        client_id=client_key[2],
        person_hash=person,
        guide_id=asked.opened.guide_id,
        at=now_ms,
        share_id=asked.opened.share_id,
        known_as=frozenset() if known_before is None else known_as(connection, secret, *client_key[::2]),
    )
    purposes = _PURPOSES[asked.choice]
    proof = f"/s/{asked.opened.code}"
    stage_consents(writer, client_key, purposes, granted=True, version=asked.consent_version, proof=proof)
    coupon_key = issue(writer, secret, template, new)
    if known_before is None:
        give(writer, secret, "newcomer", client_key)
    stage_event(writer, asked.opened, "claim", client_id=client_key[2], coupon_id=asked.claim_id)
    writer.flush()
    return _claimed(writer, coupon_key, template, fresh=True)


def _find_client(connection: Connection, opened: OpenedLink, phone: str) -> Key | None:
    client = KIND_TABLES["client"]
    query = (
        sa.select(client.c.id)
        .where(client.c.store_id == opened.store_id, client.c.phone == phone)
        .order_by(client.c.archived_at.is_not(None), client.c.seq)
        .limit(1)
    )
    found = connection.scalar(query)
    if found is None:
        return None
    return (opened.scope, "client", survivors_of(connection, opened.scope, [found]).get(found, found))


def _repeated(writer: FeedWriter, asked: Claim, template: Template, client_key: Key | None) -> Claimed | None:
    """The coupon of an earlier call with the same claim id, if it is hers."""
    key: Key = (asked.opened.scope, "coupon", asked.claim_id)
    held = writer.get(key)
    if held is None:
        return None
    if client_key is None or held.data["client_id"] != client_key[2] or held.data["template_id"] != template.id:
        raise GuideError("coupon.limit", "这位客户已领过这批券。")
    return _claimed(writer, key, template, fresh=False)


def _keep_client(writer: FeedWriter, asked: Claim, known: Key | None, phone: str, prospective: str) -> Key:
    """The client in the link's store, made if she is new there; her consent as she gave it just now."""
    now = writer.now_ms
    consent = {"contact_state": asked.choice, "consent_version": asked.consent_version, "consent_at": now}
    if known is not None:
        client = writer.get(known)
        narrower = client is not None and (client.data["contact_state"], asked.choice) == ("marketing", "one_to_one")
        if asked.choice != "none" and not narrower:
            writer.change(known, **consent)
        return known
    key: Key = (asked.opened.scope, "client", prospective)
    record = {
        "name": "顾客" + phone[-_SHOWN_DIGITS:],
        "phone": phone,
        "primary_guide_id": asked.opened.guide_id,
        "source_channel": "link",
        "created_at": now,
        **(consent if asked.choice != "none" else {}),
    }
    writer.put(key, record)
    return key


def _claimed(writer: FeedWriter, key: Key, template: Template, *, fresh: bool) -> Claimed:
    row = writer.get(key)
    if row is None:
        raise KeyError(key)
    data = row.data
    return Claimed(
        coupon_id=key[2],
        code=data["code"],
        client_id=data["client_id"],
        template=template,
        valid_from=data["valid_from"],
        valid_until=data["valid_until"],
        fresh=fresh,
    )
