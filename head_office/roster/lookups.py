"""Guides as staff call them: by number."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection

from guide_app.base.errors import NotFoundError
from head_office.store.tables import KIND_TABLES


@dataclass(frozen=True, slots=True)
class KnownGuide:
    """Who a guide is and where she works; `store_id` None: nowhere."""

    id: str
    store_id: str | None
    active: bool


def guide_by_number(connection: Connection, number: str) -> KnownGuide:
    """The guide with this number. Raises NotFoundError."""
    guide = KIND_TABLES["guide"]
    query = sa.select(guide.c.id, guide.c.store_id, guide.c.active).where(guide.c.number == number)
    found = connection.execute(query).one_or_none()
    if found is None:
        raise NotFoundError("guide.unknown", f"没有工号为「{number}」的导购。", "请核对工号。")
    return KnownGuide(*found)
