"""Under which marks one person's coupons are counted: a client has one by her number, and those of who merged into her.

What she took is counted under the number that she had then. Merging two records of one person must not open the limit
of a batch to her once more, whichever of her numbers she types.
"""

from __future__ import annotations

from sqlalchemy import Connection

from guide_app.protocol.scopes import Scope, scope_store_id
from head_office.store.secret import OfficeSecret

_RECORDS = (
    "WITH RECURSIVE her AS (SELECT %(client)s::uuid AS id UNION"
    " SELECT m.loser_id FROM her JOIN merge_log m"
    " ON m.store_id = %(store)s::uuid AND m.survivor_id = her.id AND m.undone_ms IS NULL)"
    " SELECT her.id::text, coalesce(c.phone, '') FROM her"
    " LEFT JOIN client c ON c.store_id = %(store)s::uuid AND c.id = her.id"
)


def known_as(connection: Connection, secret: OfficeSecret, scope: Scope, client_id: str) -> frozenset[bytes]:
    """All marks of the person who is `client_id` now: by number, and by record for the time before it had one."""
    rows = connection.exec_driver_sql(_RECORDS, {"client": client_id, "store": scope_store_id(scope)})
    return frozenset(secret.person_hash(said) for row in rows for said in row if said)
