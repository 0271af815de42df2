"""发券: a coupon comes into being, counted against its batch and its person, with a code unique in the brand."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from guide_app.base.errors import GuideError
from guide_app.protocol.coupon_code import is_valid_code
from guide_app.protocol.scopes import Scope, scope_store_id
from head_office.coupons.limits import take_one
from head_office.coupons.model import Template, is_on_offer, validity
from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter
from head_office.store.tables import coupon_code


@dataclass(frozen=True, slots=True)
class NewCoupon:
    """A coupon to be. `person_hash` stands for the client in the count of claims; `at` is UTC ms."""

    id: str
    scope: Scope
    code: str
    client_id: str
    person_hash: bytes
    guide_id: str | None
    at: int
    share_id: str | None = None


def issue(writer: FeedWriter, template: Template, new: NewCoupon) -> Key:
    """Stage the coupon and return its key.

    Raises GuideError `coupon.not_active`, `coupon.limit`, `coupon.exhausted`, or `record.invalid` for a code that is
    mistyped or taken; the transaction or a savepoint round the call must then be rolled back.
    """
    if not is_on_offer(template, new.at):
        raise GuideError("coupon.not_active", "这批券没有在发放。")
    if not is_valid_code(new.code):
        raise GuideError("record.invalid", "code: 不是券码。")
    take_one(writer.connection, template, new.person_hash)
    place = {"code": new.code, "store_id": scope_store_id(new.scope), "coupon_id": new.id}
    taken = writer.connection.execute(insert(coupon_code).on_conflict_do_nothing().returning(sa.literal(1)), place)
    if taken.one_or_none() is None:
        raise GuideError("record.invalid", "code: 这个券码已被使用。")
    valid_from, valid_until = validity(template, new.at)
    key: Key = (new.scope, "coupon", new.id)
    coupon = {
        "template_id": template.id,
        "code": new.code,
        "client_id": new.client_id,
        "guide_id": new.guide_id,
        "share_id": new.share_id,
        "claimed_at": new.at,
        "valid_from": valid_from,
        "valid_until": valid_until,
    }
    writer.put(key, coupon)
    return key
