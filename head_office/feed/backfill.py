"""Values of fields that a newer schema added, for records that devices hold already.

A new column of the office may be filled for records that are years old. Giving each of them a new `seq` would send the
whole book to every PC again, so a device that has learnt the field asks for it by id: cursors and digests stay as they
are. A record that was changed since carries the value in the feed anyway; the device goes by `seq`.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection

from guide_app.protocol.kinds import KINDS, full_fields
from guide_app.protocol.messages import Filled
from guide_app.protocol.scopes import Scope, scope_store_id
from head_office.store.tables import KIND_TABLES

_PLAIN = MappingProxyType({name: msgspec.to_builtins(full_fields(kind, {})) for name, kind in KINDS.items()})


def read_fields(
    connection: Connection, scope: Scope, kind: str, fields: Sequence[str], *, after: str, limit: int
) -> list[Filled]:
    """Records of a kind in a scope, by id after `after` (empty: from the first), at most `limit`.

    Only those where one of `fields` differs from its default, which devices have without being told. Fewer than
    `limit` lines are the last ones. Raises KeyError for an unknown kind or field.
    """
    table = KIND_TABLES[kind]
    columns = [table.c[name] for name in fields]
    told = [column.is_distinct_from(sa.literal(_PLAIN[kind][column.name], column.type)) for column in columns]
    query = sa.select(table.c.id, table.c.seq, *columns).where(sa.or_(*told)).order_by(table.c.id).limit(limit)
    if KINDS[kind].scope == "store":
        query = query.where(table.c.store_id == scope_store_id(scope))
    if after:
        query = query.where(table.c.id > after)
    return [Filled(row[0], row[1], dict(zip(fields, row[2:], strict=True))) for row in connection.execute(query)]
