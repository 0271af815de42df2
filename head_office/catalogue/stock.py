"""库存: stock of each store, by its systems' word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

import sqlalchemy as sa
from msgspec import Meta, Struct
from sqlalchemy import Connection

from guide_app.base.errors import InvalidInputError
from guide_app.protocol.records import Count, Ms
from guide_app.protocol.scopes import store_scope
from head_office.feed.write import FeedWriter
from head_office.store.tables import KIND_TABLES

_FIGURES = ("on_hand", "available", "reserved", "in_transit")
Code = Annotated[str, Meta(min_length=1, max_length=64)]


class StockItem(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Pieces of one variant in one store: how many there are (`absolute`), or how many more or less (`delta`)."""

    store_code: Code
    sku_code: Code
    on_hand: Count
    available: Count
    reserved: Count = 0
    in_transit: Count = 0


class StockIn(Struct, frozen=True, forbid_unknown_fields=True):
    """Stock as it was at `as_of` (UTC ms). An absolute figure that is older than the one held is left out."""

    as_of: Ms
    mode: Literal["absolute", "delta"]
    items: Annotated[list[StockItem], Meta(min_length=1, max_length=1_000)]


@dataclass(frozen=True, slots=True)
class StockSaved:
    """How many figures were written, how many were older than what is held, and which stores and variants they name."""

    written: int
    stale: int
    store_ids: tuple[str, ...]
    sku_ids: tuple[str, ...]


def save_stock(writer: FeedWriter, message: StockIn) -> StockSaved:
    """Stage stock of any number of stores. Raises InvalidInputError.

    What neighbours see of it is brought up to date by `catalogue.nearby.refresh` once this is committed.
    """
    stores, skus = _names(writer.connection, message)
    keys = [(store_scope(stores[item.store_code]), "stock", skus[item.sku_code]) for item in message.items]
    writer.load(keys)
    stale = 0
    for key, item in zip(keys, message.items, strict=True):
        row = writer.get(key)
        figures = {name: getattr(item, name) for name in _FIGURES}
        if row is not None and message.mode == "delta":
            figures = {name: row.data[name] + figures[name] for name in _FIGURES}
        elif row is not None and row.data["as_of"] > message.as_of:
            stale += 1
            continue
        as_of = max(message.as_of, row.data["as_of"]) if row is not None else message.as_of
        writer.put(key, {**figures, "as_of": as_of})
    ids = tuple(sorted(set(stores.values()))), tuple(sorted(set(skus.values())))
    return StockSaved(len(keys) - stale, stale, *ids)


def _names(connection: Connection, message: StockIn) -> tuple[dict[str, str], dict[str, str]]:
    names: list[dict[str, str]] = []
    for kind, field in (("store", "store_code"), ("sku", "sku_code")):
        table = KIND_TABLES[kind]
        wanted = {getattr(item, field) for item in message.items}
        rows: Any = connection.execute(sa.select(table.c.code, table.c.id).where(table.c.code.in_(wanted)))
        found = {code: record_id for code, record_id in rows}  # noqa: C416 - rows, not pairs
        for i, item in enumerate(message.items, 1):
            if getattr(item, field) not in found:
                raise InvalidInputError("request.invalid", f"第 {i} 项: 没有{field}「{getattr(item, field)}」。")
        names.append(found)
    return names[0], names[1]
