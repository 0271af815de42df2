"""What a migration does for fields that get a column of their own; it knows no models, only names.

An older program keeps fields that it does not know in `extra`, as JSON, and hands them back unharmed. When a newer one
gives such a field a column, what was kept belongs there; what the program was never told, it asks head office for.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection


def promote_extra(conn: Connection, kind: str, fields: Iterable[str]) -> None:
    """Move the values of `fields` that rows of `kind` keep in `extra` into their columns, which must be there.

    Lists and objects become JSON text, truth values 0 and 1, as the columns hold them; other fields in `extra` stay.
    Neither `seq` nor what is waiting changes, so cursors and digests stay as they are.
    """
    for field in fields:
        path = f"'$.\"{field}\"'"
        conn.exec_driver_sql(
            f'UPDATE "{kind}" SET "{field}" = coalesce(json_extract(extra, {path}), "{field}"),'
            f" extra = nullif(json_remove(extra, {path}), '{{}}') WHERE json_type(extra, {path}) IS NOT NULL"
        )


def ask_for(conn: Connection, kind: str, fields: Iterable[str]) -> None:
    """Note that the values of `fields` must be fetched for the records of `kind` that came before the fields did."""
    for field in fields:
        conn.exec_driver_sql(
            "INSERT OR IGNORE INTO backfill (kind, field)"
            f' SELECT ?, ? WHERE EXISTS (SELECT 1 FROM "{kind}" WHERE seq IS NOT NULL)',
            (kind, field),
        )
