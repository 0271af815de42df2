"""发券: a coupon comes into being, counted against its batch and its person, with a code unique in the brand."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import insert

from guide_app.base.errors import GuideError
from guide_app.protocol.coupon_code import is_valid_code
from guide_app.protocol.scopes import Scope, scope_store_id
from head_office.coupons.limits import Giver, count_person, take_one
from head_office.coupons.model import Template, is_on_offer, validity, worth_at_most
from head_office.coupons.signing import signer
from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter
from head_office.store.secret import OfficeSecret
from head_office.store.tables import coupon_code


@dataclass(frozen=True, slots=True)
class NewCoupon:
    """A coupon to be. `at` is UTC ms.

    `person_hash` stands for the client in the count of claims; None where nobody knows yet who she is. `known_as` are
    all marks of hers (`head_office.coupons.persons`).
    """

    id: str
    scope: Scope
    code: str
    client_id: str | None
    person_hash: bytes | None
    guide_id: str | None
    at: int
    share_id: str | None = None
    known_as: frozenset[bytes] = frozenset()


@dataclass(frozen=True, slots=True)
class Allotted:
    """A coupon that a PC signed out of its allotment: it binds the brand, whatever the batch has left."""

    allotment_id: str
    serial: int
    valid_from: int
    valid_until: int
    value_fen: int
    token: str


def issue(
    writer: FeedWriter,
    secret: OfficeSecret,
    template: Template,
    new: NewCoupon,
    *,
    below: Callable[[int], int] = secrets.randbelow,
) -> Key:
    """Stage the coupon with its signed form and return its key; `below` draws the worth of random_off.

    Raises GuideError `coupon.not_active`, `coupon.limit`, `coupon.exhausted`, or `record.invalid` for a code that is
    mistyped or taken; the transaction or a savepoint round the call must then be rolled back.
    """
    if not is_on_offer(template, new.at):
        raise GuideError("coupon.not_active", "这批券没有在发放。")
    value = _draw(template, below)
    giver = Giver(scope_store_id(new.scope), new.guide_id, new.at)
    worth = worth_at_most(template, value)
    take_one(writer.connection, template, new.person_hash, giver, worth_fen=worth, known_as=new.known_as)
    valid_from, valid_until = validity(template, new.at)
    coupon = {**_plain(template, new), "valid_from": valid_from, "valid_until": valid_until, "value_fen": value}
    coupon["token"] = signer(writer, secret).token(new.id, coupon, template)
    return _stage(writer, new, coupon)


def issue_allotted(
    writer: FeedWriter, template: Template, new: NewCoupon, allotted: Allotted, *, ended: bool = False
) -> Key:
    """Stage a coupon that was handed out of an allotment; its batch was charged when the allotment was leased.

    `ended`: its allotment was over before; it is kept as void, for the books. Raises GuideError `record.invalid` for a
    code that is mistyped or taken.
    """
    if new.person_hash is not None:
        count_person(writer.connection, template, new.person_hash, bound=True)
    coupon = {
        **_plain(template, new),
        "valid_from": allotted.valid_from,
        "valid_until": allotted.valid_until,
        "value_fen": allotted.value_fen,
        "allotment_id": allotted.allotment_id,
        "serial": allotted.serial,
        "token": allotted.token,
        **({"status": "void"} if ended else {}),
    }
    return _stage(writer, new, coupon)


def register_code(connection: Connection, key: Key, code: str) -> bool:
    """Let a (normalised) code lead to the coupon; False if it is no code, or another coupon's."""
    if not is_valid_code(code):
        return False
    place = {"code": code, "store_id": scope_store_id(key[0]), "coupon_id": key[2]}
    taken = connection.execute(insert(coupon_code).on_conflict_do_nothing().returning(sa.literal(1)), place)
    return taken.one_or_none() is not None


def _draw(template: Template, below: Callable[[int], int]) -> int:
    if template.kind != "random_off":
        return 0
    return template.random_min_fen + below(max(0, template.random_max_fen - template.random_min_fen) + 1)


def _plain(template: Template, new: NewCoupon) -> dict[str, Any]:
    return {
        "template_id": template.id,
        "code": new.code,
        "client_id": new.client_id,
        "guide_id": new.guide_id,
        "share_id": new.share_id,
        "claimed_at": new.at,
    }


def _stage(writer: FeedWriter, new: NewCoupon, coupon: dict[str, Any]) -> Key:
    key: Key = (new.scope, "coupon", new.id)
    if not is_valid_code(new.code):
        raise GuideError("record.invalid", "code: 不是券码。")
    if not register_code(writer.connection, key, new.code):
        raise GuideError("record.invalid", "code: 这个券码已被使用。")
    writer.put(key, coupon)
    return key
