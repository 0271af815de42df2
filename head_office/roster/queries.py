"""Reads of stores and guides by what people call them."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy import Connection

from head_office.store.tables import KIND_TABLES


def store_ids(connection: Connection, codes: Collection[str]) -> dict[str, str]:
    """Ids of stores by code; unknown codes are left out."""
    return _ids(connection, "store", "code", codes)


def guide_ids(connection: Connection, numbers: Collection[str]) -> dict[str, str]:
    """Ids of guides by staff number; unknown numbers are left out."""
    return _ids(connection, "guide", "number", numbers)


def _ids(connection: Connection, kind: str, by: str, keys: Collection[str]) -> dict[str, str]:
    table = KIND_TABLES[kind]
    rows = connection.execute(sa.select(table.c[by], table.c.id).where(table.c[by].in_([key for key in keys if key])))
    return {row[0]: row[1] for row in rows}
