"""Stores and guides, as the brand's systems report them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

import msgspec
import sqlalchemy as sa
from msgspec import UNSET, Meta, Struct, UnsetType

from guide_app.base.errors import InvalidInputError
from guide_app.protocol.records import Line, Short
from guide_app.protocol.scopes import store_scope
from head_office.feed.heads import ensure_head
from head_office.feed.keyed import Upserted, upsert
from head_office.feed.write import FeedWriter
from head_office.store.tables import KIND_TABLES

Key = Annotated[str, Meta(min_length=1, max_length=64)]


class StoreIn(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A store, known by `code`. Stores of one `region` show each other's stock. Fields left out stay as they are."""

    code: Key
    name: Short | UnsetType = UNSET
    region: Short | UnsetType = UNSET
    address: Line | UnsetType = UNSET
    phone: Short | UnsetType = UNSET
    hours: Short | UnsetType = UNSET


class GuideIn(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A guide, known by `number`. Who has left is set `active` false, never deleted."""

    number: Key
    name: Short | UnsetType = UNSET
    role: Literal["guide", "store_manager"] | UnsetType = UNSET
    store_code: Short | UnsetType = UNSET
    active: bool | UnsetType = UNSET


def save_stores(writer: FeedWriter, stores: Sequence[StoreIn]) -> Upserted:
    """Stage stores; each new one gets a scope of its own."""
    saved = upsert(writer, "store", "code", [said(store) for store in stores])
    for code in sorted(saved.created, key=lambda code: saved.ids[code]):
        ensure_head(writer.connection, store_scope(saved.ids[code]))
    return saved


def save_guides(writer: FeedWriter, guides: Sequence[GuideIn]) -> Upserted:
    """Stage guides. Raises InvalidInputError for an unknown store."""
    store = KIND_TABLES["store"]
    codes = {guide.store_code for guide in guides if isinstance(guide.store_code, str)}
    rows = writer.connection.execute(sa.select(store.c.code, store.c.id).where(store.c.code.in_(codes)))
    stores = {code: store_id for code, store_id in rows}  # noqa: C416 - rows, not pairs
    records = []
    for i, guide in enumerate(guides, 1):
        record = said(guide)
        if "store_code" in record:
            code = record.pop("store_code")
            if code not in stores:
                raise InvalidInputError(
                    "request.invalid", f"第 {i} 位导购 ({guide.number}): 没有代码为「{code}」的门店。"
                )
            record["store_id"] = stores[code]
        records.append(record)
    return upsert(writer, "guide", "number", records)


def said(record: Struct) -> dict[str, Any]:
    """The fields that a partial record names."""
    return {name: value for name, value in msgspec.structs.asdict(record).items() if value is not UNSET}
