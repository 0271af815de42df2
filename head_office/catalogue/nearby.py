"""What each store of a region sees of the others' stock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from guide_app.protocol.scopes import store_scope
from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter, in_transaction
from head_office.store.tables import KIND_TABLES

#: A figure that has not changed is said anew only after this time (ms), to spare every feed of the region.
_REFRESH_MS = 6 * 3_600_000
_SKUS_A_TRANSACTION = 500
_FIGURES = (
    "SELECT k.id::text, k.store_id::text, k.available, k.as_of, k.on_hand, k.reserved, k.in_transit"
    " FROM stock k JOIN store s ON s.id = k.store_id"
    " WHERE k.store_id = ANY(%(others)s::uuid[]) AND k.id = ANY(%(skus)s::uuid[]) ORDER BY s.code"
)


def refresh(engine: Engine, now_ms: int, store_ids: Sequence[str], sku_ids: Sequence[str]) -> None:
    """Write anew what the neighbours of `store_ids` see of `sku_ids`, each neighbour in transactions of its own.

    It reads what is committed, so that running it again mends whatever an interruption left behind.
    """
    with engine.connect() as connection:
        regions = _regions(connection, store_ids)
    for stores in regions:
        for own in stores:
            others = [store for store in stores if store != own]
            for skus in _parts(sku_ids):

                def work(connection: Connection, own: str = own, skus: Sequence[str] = skus) -> None:
                    _refresh_one(FeedWriter(connection, now_ms), own, others, skus)  # noqa: B023 - run before the next round

                in_transaction(engine, work)


def _refresh_one(writer: FeedWriter, own: str, others: Sequence[str], skus: Sequence[str]) -> None:
    keys: list[Key] = [(store_scope(own), "stock_nearby", sku) for sku in skus]
    writer.load(keys)  # locked before the figures are read: of two refreshes the later one sees all
    figures: dict[str, list[list[Any]]] = defaultdict(list)
    for sku, *figure in writer.connection.exec_driver_sql(_FIGURES, {"others": others, "skus": skus}):
        figures[sku].append(figure)
    for key in keys:
        row = writer.get(key)
        held = row.data if row is not None else {"stores": []}
        if _differs(held, figures[key[2]]):
            writer.put(key, {"stores": figures[key[2]]})
    writer.flush()


def _differs(held: Mapping[str, Any], figures: Sequence[Sequence[Any]]) -> bool:
    known = {store: (as_of, [available, *rest]) for store, available, as_of, *rest in held["stores"]}
    if known.keys() != {figure[0] for figure in figures}:
        return True
    return any(
        [available, *rest] != known[store][1] or as_of - known[store][0] > _REFRESH_MS
        for store, available, as_of, *rest in figures
    )


def _regions(connection: Connection, store_ids: Sequence[str]) -> list[list[str]]:
    """The stores of each region that one of the given stores is in; a store without region has no neighbours."""
    store = KIND_TABLES["store"]
    own = sa.select(store.c.region).where(store.c.id.in_(store_ids), store.c.region != "")
    query = sa.select(store.c.region, store.c.id).where(store.c.region.in_(own)).order_by(store.c.code)
    by_region: dict[str, list[str]] = defaultdict(list)
    for region, store_id in connection.execute(query):
        by_region[region].append(store_id)
    return [stores for stores in by_region.values() if len(stores) > 1]


def _parts(items: Sequence[str]) -> Iterator[list[str]]:
    rest = iter(items)
    while part := list(islice(rest, _SKUS_A_TRANSACTION)):
        yield part
