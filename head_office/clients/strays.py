"""Records that name a client in stores where she is not, which nothing would take along or erase with her.

They come about where a store does not know that she moved: a fact arrives after the mark of her leaving was dropped, or
the office went back to a backup from before she came.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from guide_app.protocol.scopes import Scope, store_scope
from head_office.clients.hanging import ANCHORS

# Store by store, because that is how records are indexed.
_ONE = (
    'SELECT t.store_id FROM feed_head h JOIN "{}" t ON t.store_id = h.store_id AND t.client_id = ANY(%(ids)s::uuid[])'
)
_STRAYS = " UNION ".join(_ONE.format(kind) for kind, parents in ANCHORS.items() if "client" in parents)


def stray_scopes(connection: Connection, scope: Scope, client_ids: Sequence[str]) -> list[Scope]:
    """The scopes beside `scope`, where these clients live, in which a record names one of them, in order."""
    found = connection.exec_driver_sql(f"SELECT store_id::text FROM ({_STRAYS}) s ORDER BY 1", {"ids": [*client_ids]})
    return [there for (store,) in found if (there := store_scope(store)) != scope]
