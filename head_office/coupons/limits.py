"""The limits of a coupon batch: so many in all, a person, a day, a store, a guide, and a budget in fen.

Each is one conditional statement.

Check-then-write handed out 36 to 100 "last" coupons to 100 threads; a conditional UPDATE exactly one, ten times of ten.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection

from guide_app.base.clock import china_date
from guide_app.base.errors import GuideError
from head_office.coupons.model import Template, worth_at_most

_COUNT_PERSON = (
    "INSERT INTO coupon_claim AS held (template_id, person_hash, claims) VALUES (%(template)s::uuid, %(person)s, 1)"
    " ON CONFLICT (template_id, person_hash) DO UPDATE SET claims = held.claims + 1"
    " WHERE held.claims < %(limit)s OR %(limit)s = 0 RETURNING claims"
)
_OTHERWISE = (
    "SELECT coalesce(sum(claims), 0) FROM coupon_claim"
    " WHERE template_id = %(template)s::uuid AND person_hash = ANY(%(persons)s::bytea[])"
)
#: Whoever claims for the same person under another mark waits: she has one least mark, whichever was asked for.
_HOLD = "SELECT pg_advisory_xact_lock(hashtextextended(%(mark)s, 0))"
_OPEN_QUOTA = (
    "INSERT INTO coupon_quota (template_id, quota, remaining) VALUES (%(template)s::uuid, %(quota)s, %(quota)s)"
    " ON CONFLICT (template_id) DO NOTHING"
)
# When the office changes the quota of a running batch, what is left moves by the difference.
_TAKE = (
    "UPDATE coupon_quota SET remaining = remaining + %(quota)s - quota - %(n)s, quota = %(quota)s"
    " WHERE template_id = %(template)s::uuid AND remaining + %(quota)s - quota >= %(n)s RETURNING remaining"
)
_GIVE_BACK = "UPDATE coupon_quota SET remaining = remaining + %(n)s WHERE template_id = %(template)s::uuid"
_TALLY = (
    "INSERT INTO coupon_tally AS held (template_id, what, ref, used)"
    " SELECT %(template)s::uuid, %(what)s, %(ref)s, %(n)s WHERE %(n)s <= %(limit)s"
    " ON CONFLICT (template_id, what, ref) DO UPDATE SET used = held.used + %(n)s"
    " WHERE held.used + %(n)s <= %(limit)s RETURNING used"
)
_UNTALLY = (
    "UPDATE coupon_tally SET used = greatest(0, used - %(n)s)"
    " WHERE template_id = %(template)s::uuid AND what = %(what)s AND ref = %(ref)s"
)
_TALLIES = "SELECT what, ref, used FROM coupon_tally WHERE template_id = %(template)s::uuid"

#: The limit that is reached; empty if none is.
UsedUp = Literal["", "day", "store", "guide", "budget"]


@dataclass(frozen=True, slots=True)
class Giver:
    """Who hands coupons out, and when: what the limits a day, a store and a guide are counted by."""

    store_id: str
    guide_id: str | None
    at: int


def take_one(
    connection: Connection,
    template: Template,
    person_hash: bytes | None,
    giver: Giver,
    *,
    worth_fen: int = 0,
    known_as: Collection[bytes] = (),
) -> None:
    """Count one coupon against all limits; that of a person where it is known who she is, by all her marks.

    Raises GuideError `coupon.limit` or `coupon.exhausted`, naming which.

    After an error the transaction, or a savepoint round this call, must be rolled back.
    """
    if person_hash is not None:
        count_person(connection, template, person_hash, known_as=known_as)
    day = china_date(giver.at).isoformat()
    _tally(connection, template, "day", day, 1, template.day_quota, "今天的已经发完。")
    set_aside(connection, template, giver, 1, worth_fen)


def count_person(
    connection: Connection,
    template: Template,
    person_hash: bytes,
    *,
    bound: bool = False,
    known_as: Collection[bytes] = (),
) -> None:
    """Count one coupon of a person; what she took under other marks of hers (`known_as`) counts too.

    `bound`: it is in her hand already and is counted beyond the limit too. Raises GuideError `coupon.limit`.
    """
    limit = 0 if bound else max(0, template.claim_limit)
    if limit and (others := sorted({*known_as} - {person_hash})):
        connection.exec_driver_sql(_HOLD, {"mark": f"{template.id} {min(person_hash, *others).hex()}"})
        taken = connection.exec_driver_sql(_OTHERWISE, {"template": template.id, "persons": others}).scalar_one()
        if taken >= limit:
            raise GuideError("coupon.limit", "这位客户已领过这批券。")
        limit -= int(taken)
    person = {"template": template.id, "person": person_hash, "limit": limit}
    if connection.exec_driver_sql(_COUNT_PERSON, person).one_or_none() is None:
        raise GuideError("coupon.limit", "这位客户已领过这批券。")


def set_aside(connection: Connection, template: Template, giver: Giver, n: int, worth_fen: int) -> None:
    """Take `n` coupons worth `worth_fen` together from the batch. Raises GuideError `coupon.exhausted`."""
    _tally(connection, template, "store", giver.store_id, n, template.store_quota, "本店的份额已经发完。")
    if giver.guide_id is not None:
        _tally(connection, template, "guide", giver.guide_id, n, template.guide_quota, "这位导购的份额已经发完。")
    _tally(connection, template, "budget", "", worth_fen, template.budget_fen, "预算已经用完。")
    if template.quota <= 0:
        return
    batch = {"template": template.id, "quota": template.quota, "n": n}
    if connection.exec_driver_sql(_TAKE, batch).one_or_none() is None:
        connection.exec_driver_sql(_OPEN_QUOTA, batch)
        if connection.exec_driver_sql(_TAKE, batch).one_or_none() is None:
            raise GuideError("coupon.exhausted", "这批券已经发完。")


def give_back(connection: Connection, template: Template, giver: Giver, n: int, worth_fen: int) -> None:
    """`n` coupons that were set aside and never handed out fall back to the batch."""
    batch = {"template": template.id, "n": n}
    if template.quota > 0:
        connection.exec_driver_sql(_GIVE_BACK, batch)
    for what, ref, amount in (("store", giver.store_id, n), ("guide", giver.guide_id, n), ("budget", "", worth_fen)):
        connection.exec_driver_sql(_UNTALLY, {**batch, "what": what, "ref": ref or "", "n": amount})


def used_up(connection: Connection, template: Template, giver: Giver) -> UsedUp:
    """Which limit beside the whole quota leaves no coupon for this giver now."""
    limits: dict[UsedUp, tuple[str, int, int]] = {
        "day": (china_date(giver.at).isoformat(), template.day_quota, 1),
        "store": (giver.store_id, template.store_quota, 1),
        "guide": (giver.guide_id or "", template.guide_quota if giver.guide_id else 0, 1),
        "budget": ("", template.budget_fen, worth_at_most(template)),
    }
    if not any(limit for _, limit, _ in limits.values()):
        return ""
    tallies: dict[tuple[str, str], int] = {
        (what, ref): used for what, ref, used in connection.exec_driver_sql(_TALLIES, {"template": template.id})
    }
    reached = (w for w, (ref, limit, n) in limits.items() if limit > 0 and tallies.get((w, ref), 0) + n > limit)
    return next(reached, "")


def _tally(connection: Connection, template: Template, what: str, ref: str, n: int, limit: int, sentence: str) -> None:
    if limit <= 0:
        return
    asked = {"template": template.id, "what": what, "ref": ref, "n": n, "limit": limit}
    if connection.exec_driver_sql(_TALLY, asked).one_or_none() is None:
        raise GuideError("coupon.exhausted", sentence)


def remaining(connection: Connection, template: Template) -> int | None:
    """How many coupons of the batch are left; None if it has no limit."""
    if template.quota <= 0:
        return None
    read = "SELECT remaining + %(quota)s - quota FROM coupon_quota WHERE template_id = %(template)s::uuid"
    left = connection.exec_driver_sql(read, {"template": template.id, "quota": template.quota}).scalar_one_or_none()
    return template.quota if left is None else max(0, left)
