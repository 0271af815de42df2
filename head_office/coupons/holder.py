"""Whose a coupon is: she herself, whichever of her records a counter has before it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from guide_app.protocol.scopes import Scope, scope_store_id
from guide_app.protocol.voucher import Voucher

# Merges leave the old ids in vouchers that were signed before.
_FAMILY = (
    "WITH RECURSIVE family AS (SELECT id, phone FROM client WHERE store_id = %(store)s::uuid AND id = %(id)s::uuid"
    " UNION SELECT c.id, c.phone FROM client c JOIN family f ON c.merged_into = f.id"
    " WHERE c.store_id = %(store)s::uuid) SELECT id::text, phone FROM family"
)


def is_hers(
    connection: Connection,
    shown_by: tuple[Scope, str | None],
    coupon_at: Scope,
    coupon: Mapping[str, Any],
    voucher: Voucher | None,
    *,
    transferable: bool,
) -> bool:
    """Whether the client who stands at a counter (`shown_by`: store and id) may use a coupon that lives in `coupon_at`.

    A counter that does not know who stands there cannot ask. One person may be a client of two stores: then her phone
    number tells that it is she.
    """
    scope, client_id = shown_by
    owner = _family(connection, coupon_at, coupon["client_id"])
    family = _family(connection, scope, client_id) if client_id else owner
    if not family:
        return client_id is None or voucher is None or voucher.is_for(client_id)
    if voucher is not None and any(voucher.is_for(one) for one in family):
        return True
    if voucher is None and (transferable or not owner or not family.keys().isdisjoint(owner)):
        return True
    same = set(filter(None, family.values())) & set(filter(None, owner.values()))
    return bool(same) and (voucher is None or any(voucher.is_for(one) for one in owner))


def _family(connection: Connection, scope: Scope, client_id: str | None) -> dict[str, str]:
    """The phone numbers of a client and of all who were merged into her, by id."""
    if client_id is None:
        return {}
    asked = {"store": scope_store_id(scope), "id": client_id}
    return {row[0]: row[1] for row in connection.exec_driver_sql(_FAMILY, asked)}
