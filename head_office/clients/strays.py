"""Records that name a client in stores where she is not, which nothing would take along or erase with her.

They come about where a store does not know that she moved: a fact arrives after the mark of her leaving was dropped, or
the office went back to a backup from before she came.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from guide_app.protocol.kinds import KINDS
from guide_app.protocol.scopes import Scope, store_scope
from head_office.clients.hanging import ANCHORS

# Store by store, because that is how records are indexed; the limit keeps the planner from reading whole tables.
_ONE = (
    'SELECT h.store_id FROM feed_head h CROSS JOIN LATERAL (SELECT FROM "{}" t'
    " WHERE t.store_id = h.store_id AND t.client_id = ANY(%(ids)s::uuid[]) LIMIT 1) t"
)
#: What PCs write about a client. What the office writes follows her, or hangs on one of these.
_WRITTEN = [kind for kind, parents in ANCHORS.items() if "client" in parents and KINDS[kind].policy != "office"]
_STRAYS = " UNION ".join(_ONE.format(kind) for kind in _WRITTEN)


def stray_scopes(connection: Connection, scope: Scope, client_ids: Sequence[str]) -> list[Scope]:
    """The scopes beside `scope`, where these clients live, in which a record names one of them, in order."""
    found = connection.exec_driver_sql(f"SELECT store_id::text FROM ({_STRAYS}) s ORDER BY 1", {"ids": [*client_ids]})
    return [there for (store,) in found if (there := store_scope(store)) != scope]
