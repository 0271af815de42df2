"""The two limits of a coupon batch: so many in all, so many a person. Each is one conditional statement.

Check-then-write handed out 36 to 100 "last" coupons to 100 threads; a conditional UPDATE exactly one, ten times of ten.
"""

from __future__ import annotations

from sqlalchemy import Connection

from guide_app.base.errors import GuideError
from head_office.coupons.model import Template

_COUNT_PERSON = (
    "INSERT INTO coupon_claim AS held (template_id, person_hash, claims) VALUES (%(template)s::uuid, %(person)s, 1)"
    " ON CONFLICT (template_id, person_hash) DO UPDATE SET claims = held.claims + 1"
    " WHERE held.claims < %(limit)s OR %(limit)s = 0 RETURNING claims"
)
_OPEN_QUOTA = (
    "INSERT INTO coupon_quota (template_id, quota, remaining) VALUES (%(template)s::uuid, %(quota)s, %(quota)s)"
    " ON CONFLICT (template_id) DO NOTHING"
)
# When the office changes the quota of a running batch, what is left moves by the difference.
_TAKE = (
    "UPDATE coupon_quota SET remaining = remaining + %(quota)s - quota - 1, quota = %(quota)s"
    " WHERE template_id = %(template)s::uuid AND remaining + %(quota)s - quota > 0 RETURNING remaining"
)


def take_one(connection: Connection, template: Template, person_hash: bytes) -> None:
    """Count one coupon against both limits. Raises GuideError `coupon.limit` or `coupon.exhausted`.

    After an error the transaction, or a savepoint round this call, must be rolled back.
    """
    person = {"template": template.id, "person": person_hash, "limit": max(0, template.claim_limit)}
    if connection.exec_driver_sql(_COUNT_PERSON, person).one_or_none() is None:
        raise GuideError("coupon.limit", "这位客户已领过这批券。")
    if template.quota <= 0:
        return
    batch = {"template": template.id, "quota": template.quota}
    if connection.exec_driver_sql(_TAKE, batch).one_or_none() is None:
        connection.exec_driver_sql(_OPEN_QUOTA, batch)
        if connection.exec_driver_sql(_TAKE, batch).one_or_none() is None:
            raise GuideError("coupon.exhausted", "这批券已经发完。")


def remaining(connection: Connection, template: Template) -> int | None:
    """How many coupons of the batch are left; None if it has no limit."""
    if template.quota <= 0:
        return None
    read = "SELECT remaining + %(quota)s - quota FROM coupon_quota WHERE template_id = %(template)s::uuid"
    left = connection.exec_driver_sql(read, {"template": template.id, "quota": template.quota}).scalar_one_or_none()
    return template.quota if left is None else max(0, left)
