"""What the office knows about itself: few values, kept in the database so that every process agrees."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import insert

from head_office.store.tables import office_setting

#: `link_standby` are further origins at which links open, parted by spaces.
NAMES = ("brand", "company", "contact", "link_origin", "link_standby")


def read_settings(connection: Connection) -> dict[str, str]:
    """All settings; those never set are empty."""
    found = {row.name: row.value for row in connection.execute(sa.select(office_setting))}
    return {name: found.get(name, "") for name in NAMES}


def write_settings(connection: Connection, values: Mapping[str, str]) -> None:
    """Keep the given settings, leave the others. Raises KeyError for an unknown name."""
    for name, value in values.items():
        if name not in NAMES:
            raise KeyError(name)
        put = insert(office_setting).values(name=name, value=value)
        connection.execute(put.on_conflict_do_update(index_elements=["name"], set_={"value": put.excluded.value}))
