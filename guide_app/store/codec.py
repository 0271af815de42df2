"""Between records as on the wire (dicts of fields) and rows of their tables.

Rows are packed and read with plain SQL and tuples: at 20,000 records a second there is no room for more. What is packed
has been checked against the record's shape; fields that the shape does not know travel in `extra`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import msgspec
from sqlalchemy import JSON, Boolean, Connection

from guide_app.base.ids import NIL
from guide_app.protocol.kinds import KINDS, Kind
from guide_app.store.tables import TABLES

#: From how many rows on it pays to name the columns that are NULL in all of them: every None that is handed over costs
#: the driver as much as ten texts, and a client has ten.
_MANY = 200

encode_json = msgspec.json.Encoder().encode
decode_json = msgspec.json.Decoder().decode


def json_list(values: Iterable[str]) -> str:
    """A JSON list of strings: how many ids travel as one parameter into `json_each(?)`."""
    return encode_json(list(values)).decode()


@dataclass(frozen=True, slots=True)
class Stored:
    """A record as held. `seq` None: the office has never seen it. `data` holds known and unknown fields."""

    id: str
    store_id: str
    seq: int | None
    data: dict[str, Any]


class KindCodec:
    """Packs and reads the rows of one kind."""

    def __init__(self, kind: Kind) -> None:
        table = TABLES[kind.name]
        self.kind = kind
        self.in_store = kind.scope == "store"
        #: Where the fields begin in a row: after the id, and the store where there is one.
        self.start = 2 if self.in_store else 1
        self._fields = kind.fields
        #: The columns of a row from `start` on.
        self.columns = (*kind.fields, "seq", "extra")
        self._names = frozenset(kind.fields)
        self._json = tuple(i for i, f in enumerate(kind.fields) if isinstance(table.c[f].type, JSON))
        self._bools = tuple(i for i, f in enumerate(kind.fields) if isinstance(table.c[f].type, Boolean))
        self._bool_names = frozenset(kind.fields[i] for i in self._bools)
        columns = ", ".join(f'"{c.name}"' for c in table.columns)
        sets = ", ".join(f'"{c.name}" = excluded."{c.name}"' for c in table.columns if c.name != "id")
        here = f'"{kind.name}"'
        # Names come from our own table of kinds, never from outside.
        key = "id, store_id" if kind.borrowed else "id"
        self._insert = f"INSERT INTO {here} ({columns}) VALUES"
        self._over = f"ON CONFLICT ({key}) DO UPDATE SET {sets}"
        moved = f" OR {here}.store_id <> excluded.store_id" if self.in_store and not kind.borrowed else ""
        self._over_older = f"{self._over} WHERE {here}.seq IS NULL OR {here}.seq <= excluded.seq{moved}"
        owned = " AND store_id = ?" if self.in_store else ""
        self._of_one = f"WHERE id = ?{owned} AND (seq IS NULL OR seq <= ?)"
        self.read_sql = f"SELECT {columns} FROM {here} WHERE id IN (SELECT value FROM json_each(?))"
        self.delete_sql = f"DELETE FROM {here} WHERE id = ?"
        self.delete_owned_sql = f"{self.delete_sql} AND store_id = ?"

    def pack(self, record_id: str, store_id: str, data: Mapping[str, Any], seq: int | None) -> tuple[Any, ...]:
        """The row of a record. Raises msgspec.ValidationError, naming the field, if one has a wrong type or range."""
        values = list(msgspec.structs.astuple(msgspec.convert(data, self.kind.struct)))
        values[0] = record_id  # `id` is the first field of every record
        for i in self._json:
            values[i + 1] = encode_json(values[i + 1]).decode()
        for i in self._bools:  # as SQLite has them: the driver looks for an adapter of everything but texts and numbers
            values[i + 1] = values[i + 1] if values[i + 1] is None else int(values[i + 1])
        if self.in_store:
            values.insert(1, store_id)
        extra = None
        if not data.keys() <= self._names:
            extra = encode_json({name: data[name] for name in data if name not in self._names}).decode()
        return (*values, seq, extra)

    def unpack(self, row: tuple[Any, ...]) -> Stored:
        """The record of a row."""
        values = list(row[self.start : -2])
        for i in self._bools:
            values[i] = values[i] if values[i] is None else bool(values[i])
        for i in self._json:
            values[i] = values[i] if values[i] is None else decode_json(values[i])
        data = dict(zip(self._fields, values, strict=True))
        if row[-1] is not None:
            data |= decode_json(row[-1])
        return Stored(row[0], row[1] if self.in_store else NIL, row[-2], data)

    def plain(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """The fields with truth values as `bool`, which SQLite hands out as 0 and 1."""
        if self._bool_names.isdisjoint(data):
            return dict(data)
        return {
            name: bool(value) if name in self._bool_names and value in (0, 1) else value for name, value in data.items()
        }

    def read(self, conn: Connection, record_id: str, store_id: str = "") -> Stored | None:
        """The record with this id, or None; where stores share ids, that of `store_id`."""
        found = self.read_many(conn, [record_id])
        return next((one for one in found if not self.kind.borrowed or one.store_id == store_id), None)

    def read_many(self, conn: Connection, ids: Iterable[str]) -> Iterator[Stored]:
        """The records with these ids that are there, in no particular order."""
        for row in conn.exec_driver_sql(self.read_sql, (json_list(ids),)):
            yield self.unpack(tuple(row))

    def write(self, conn: Connection, rows: list[tuple[Any, ...]]) -> None:
        """Write packed rows over whatever is there."""
        self._put(conn, rows, self._over)

    def write_newer(self, conn: Connection, rows: list[tuple[Any, ...]]) -> None:
        """Write packed rows, but never an older version over a newer one."""
        self._put(conn, rows, self._over_older)

    def _put(self, conn: Connection, rows: list[tuple[Any, ...]], otherwise: str) -> None:
        if not rows:
            return
        unsaid: frozenset[int] = frozenset()
        if len(rows) >= _MANY:
            columns = list(zip(*rows, strict=True))
            unsaid = frozenset(i for i, said in enumerate(columns) if said.count(None) == len(said))
            rows = list(zip(*(said for i, said in enumerate(columns) if i not in unsaid), strict=True))
        marks = ", ".join("NULL" if i in unsaid else "?" for i in range(self.start + len(self.columns)))
        conn.exec_driver_sql(f"{self._insert} ({marks}) {otherwise}", rows)

    def edit(self, conn: Connection, fields: Collection[str], rows: Iterable[tuple[Any, ...]]) -> None:
        """Write these fields of packed rows that are held in their stores, unless their numbers are newer.

        None of them is enough to renumber. What a row keeps is not written: it would move in every index.
        """
        places = [i for i, name in enumerate(self.columns, self.start) if name in fields]
        sets = "".join(f'"{self.columns[i - self.start]}" = ?, ' for i in places)
        values = [(*[row[i] for i in places], row[-2], *row[: self.start], row[-2]) for row in rows]
        if values:
            conn.exec_driver_sql(f'UPDATE "{self.kind.name}" SET {sets}seq = ? {self._of_one}', values)

    def delete(self, conn: Connection, ids: Iterable[str], store_id: str = "") -> None:
        """Take rows out, where stores share ids those of `store_id`; ids that are not there do no harm."""
        keys = [(record_id, store_id) if self.kind.borrowed else (record_id,) for record_id in ids]
        if keys:
            conn.exec_driver_sql(self.delete_owned_sql if self.kind.borrowed else self.delete_sql, keys)


#: The codec of every kind, by name.
CODECS: Mapping[str, KindCodec] = MappingProxyType({name: KindCodec(kind) for name, kind in KINDS.items()})
