"""Writes shared records that the outside knows by a business key (a store's code, a guide's number, a style's code)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from guide_app.protocol.scopes import BRAND
from head_office.feed.heads import lock_heads
from head_office.feed.write import FeedWriter
from head_office.store.audit import new_id
from head_office.store.tables import KIND_TABLES


@dataclass(frozen=True, slots=True)
class Upserted:
    """The id behind each business key, and which of them are new."""

    ids: Mapping[str, str]
    created: frozenset[str]


def upsert(writer: FeedWriter, kind: str, by: str, records: Sequence[Mapping[str, Any]]) -> Upserted:
    """Stage records of a brand kind, found by their field `by`; fields that a record is silent about stay as they are.

    New records get an id, and the next short number where the kind has one. Edits of shared records go one after the
    other: the brand's head is locked first, so two of them never invent the same number.
    """
    lock_heads(writer.connection, [BRAND])
    table = KIND_TABLES[kind]
    keys = [str(record[by]) for record in records]
    query = sa.select(table.c[by], table.c.id).where(table.c[by].in_(keys))
    ids: dict[str, str] = {key: record_id for key, record_id in writer.connection.execute(query)}  # noqa: C416 - rows, not pairs
    writer.load((BRAND, kind, record_id) for record_id in ids.values())
    next_no = _next_no(writer, kind)
    created: set[str] = set()
    for key, record in zip(keys, records, strict=True):
        if key in ids:
            writer.change((BRAND, kind, ids[key]), **record)
            continue
        ids[key] = new_id(writer.now_ms)
        created.add(key)
        number = {"no": next_no + len(created) - 1} if next_no else {}
        writer.put((BRAND, kind, ids[key]), {**number, **record})
    return Upserted(ids, frozenset(created))


def _next_no(writer: FeedWriter, kind: str) -> int:
    """The lowest short number above all given; 0 for kinds without."""
    table = KIND_TABLES[kind]
    if "no" not in table.c:
        return 0
    return 1 + int(writer.connection.scalar(sa.select(sa.func.coalesce(sa.func.max(table.c.no), 0))) or 0)
