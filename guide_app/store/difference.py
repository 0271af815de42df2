"""What rows from the office change of what is held: mostly a field or two, and of one's own changes nothing.

Writing a whole row moves it in every index, and deriving its words anew costs ten times the row: so both are done only
for what differs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sqlalchemy import Connection

from guide_app.store.codec import KindCodec, json_list

#: Ids by the fields that changed; under None: records that are new, gone or elsewhere, of which any field may have.
Changed: TypeAlias = Mapping[frozenset[str] | None, Sequence[str]]
Row: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Rows to write whole, rows to write some fields of, rows that only got another number; the fields that changed."""

    whole: list[Row] = field(default_factory=list)
    edited: dict[frozenset[str], list[Row]] = field(default_factory=lambda: defaultdict(list))
    renumbered: list[Row] = field(default_factory=list)
    changed: dict[frozenset[str] | None, list[str]] = field(default_factory=lambda: defaultdict(list))


def difference(conn: Connection, codec: KindCodec, rows: Sequence[Row]) -> Difference:
    """Set packed rows (`KindCodec.pack`) of one store beside what is held of the same records."""
    found = conn.exec_driver_sql(codec.read_sql, (json_list(row[0] for row in rows),)).all()
    held = {row[: codec.start]: row for row in map(tuple, found)}
    told = Difference()
    for row in rows:
        fields = _fields(codec, held.get(row[: codec.start]), row)
        if fields is None:
            told.whole.append(row)
        elif fields:
            told.edited[fields].append(row)
        else:
            told.renumbered.append(row)
            continue
        told.changed[fields].append(row[0])
    return told


def _fields(codec: KindCodec, held: Row | None, row: Row) -> frozenset[str] | None:
    """Names of the columns that differ, the number aside; None: nothing is held of the record in its store."""
    if held is None:
        return None
    if held[codec.start : -2] == row[codec.start : -2] and held[-1] == row[-1]:
        return frozenset()
    pairs = zip(codec.columns, held[codec.start :], row[codec.start :], strict=True)
    return frozenset([name for name, before, after in pairs if before != after and name != "seq"])
