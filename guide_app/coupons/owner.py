"""Whether the client at the counter is she whose coupon it is, as far as this PC can know.

As head office judges it (`head_office.coupons.holder`): by all her records in this store, those that were merged and
those with the same phone number. Of other stores' clients a PC holds nothing; a voucher tells no more of its holder
than a mark.
"""

from __future__ import annotations

from typing import Literal

from sqlalchemy import Connection

from guide_app.coupons.model import HeldCoupon
from guide_app.protocol.voucher import Voucher
from guide_app.store.holder_marks import is_somebody

Whose = Literal["hers", "other", "elsewhere"]

# Herself, those merged into her, and whoever has the number of one of these.
_RECORDS = """
    WITH RECURSIVE family (id) AS (VALUES (?1) UNION SELECT c.id FROM client c JOIN family f ON c.merged_into = f.id)
    SELECT id FROM family UNION SELECT id FROM client
    WHERE phone <> '' AND phone IN (SELECT c.phone FROM client c JOIN family f ON c.id = f.id)"""


def records_of(conn: Connection, client_id: str) -> set[str]:
    """All records of this store that are hers: herself, who was merged into her, and who has the same number."""
    return set(conn.exec_driver_sql(_RECORDS, (client_id,)).scalars())


def whose(conn: Connection, coupon: HeldCoupon, voucher: Voucher | None, client_id: str) -> Whose:
    """Whether it is the client's, another's of this store, or that of somebody whom this store's book does not hold."""
    hers = records_of(conn, client_id)
    # A voucher that names nobody is from before the coupon was given to somebody by name: the record says whose it is.
    if voucher is None or (coupon.given_at is not None and voucher.is_for(None)):
        owner = coupon.client_id
        return "hers" if owner is None or owner in hers or not coupon.is_hers_alone else "other"
    if any(voucher.is_for(one) for one in hers):
        return "hers"
    known = coupon.client_id is not None or is_somebody(conn, voucher.holder)
    return "other" if known else "elsewhere"
