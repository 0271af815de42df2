"""Sales that guides noted themselves give way to the till's receipt, so that nothing is bought twice.

A receipt is known by its number within its store, whoever writes it down. What came from a guide is `verified` False;
it ends, with its lines, when the till's receipt is there, in whatever order the two arrive. Of what she wrote only
whose purchase it was lives on, where the till does not say; it earns nobody a commission.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from guide_app.protocol.scopes import Scope, scope_store_id
from head_office.feed.rows import Gone, Key
from head_office.feed.write import FeedWriter

_NOTED = (
    "SELECT p.order_no, p.id::text, p.client_id::text, l.id::text FROM purchase p"
    " LEFT JOIN purchase_line l ON l.store_id = p.store_id AND l.purchase_id = p.id"
    " WHERE p.store_id = %(store)s::uuid AND p.order_no = ANY(%(orders)s) AND NOT p.verified ORDER BY p.seq DESC"
)
_RECEIVED = "SELECT order_no FROM receipt WHERE store_id = %(store)s::uuid AND order_no = ANY(%(orders)s)"
_LINES = "SELECT id::text FROM purchase_line WHERE store_id = %(store)s::uuid AND purchase_id = ANY(%(ids)s::uuid[])"


def give_way(writer: FeedWriter, scope: Scope, order_nos: Sequence[str]) -> dict[str, str]:
    """Stage the end of what guides noted under these numbers; returns whose purchases they were, by number."""
    if not order_nos:
        return {}
    values = {"store": scope_store_id(scope), "orders": list(order_nos)}
    whose: dict[str, str] = {}
    ended: dict[Key, None] = {}
    for order_no, purchase_id, client_id, line_id in writer.connection.exec_driver_sql(_NOTED, values):
        ended[scope, "purchase", purchase_id] = None
        if line_id is not None:
            ended[scope, "purchase_line", line_id] = None
        if client_id is not None:
            whose.setdefault(order_no, client_id)
    _end(writer, ended)
    return whose


def notes_arrived(writer: FeedWriter, keys: Sequence[Key]) -> None:
    """What a PC sends is a guide's note, whatever it calls itself, and ends at once where the till's receipt is there.

    An arrival rule of `purchase`.
    """
    noted: dict[Key, str] = {}
    for key in keys:
        row = writer.get(key)
        if row is not None:
            if row.data["verified"]:
                writer.change(key, verified=False)
            noted[key] = row.data["order_no"]
    for scope in {key[0] for key in noted}:
        here = {key: order_no for key, order_no in noted.items() if key[0] == scope}
        values = {"store": scope_store_id(scope), "orders": sorted(set(here.values()))}
        received = set(writer.connection.exec_driver_sql(_RECEIVED, values).scalars())
        late = [key for key, order_no in here.items() if order_no in received]
        ids = {"store": values["store"], "ids": [key[2] for key in late]}
        lines = [(scope, "purchase_line", row) for row in writer.connection.exec_driver_sql(_LINES, ids).scalars()]
        _end(writer, [*late, *lines])
    lines_arrived(writer, [key for key in writer.staged() if key[1] == "purchase_line"])


def lines_arrived(writer: FeedWriter, keys: Sequence[Key]) -> None:
    """Lines follow the purchase that they belong to. An arrival rule of `purchase_line`."""
    found = [(key, row) for key in keys if (row := writer.get(key)) is not None and row.data["purchase_id"]]
    ended = [key for key, row in found if isinstance(writer.held((key[0], "purchase", row.data["purchase_id"])), Gone)]
    _end(writer, ended)


def _end(writer: FeedWriter, keys: Iterable[Key]) -> None:
    ended = list(keys)
    writer.load(ended)
    for key in ended:
        writer.remove(key)
