"""The SQL of each kind of record, spelt once from the declared columns.

A whole batch travels as one jsonb parameter and becomes rows inside the server, which costs half of what row lists do.
Fields at their default are left out of it and filled in by the statement: most are, and each costs bytes to write, send
and read. Every statement names one store (or none, for brand kinds), as a distributed PostgreSQL wants it.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

from guide_app.protocol.kinds import KINDS, Kind, full_fields
from head_office.store.tables import KIND_TABLES

_UNQUOTED = (string.ascii_letters + string.digits + "_-,").encode()
_DIALECT = PGDialect_psycopg()  # type: ignore[no-untyped-call]  # SQLAlchemy leaves its dialects untyped


@dataclass(frozen=True, slots=True)
class KindSql:
    """Statements about one kind. Parameters: `store` (uuid text), `ids` (`text_array` of ids), `rows` (JSON text).

    `lock` takes the rows one by one in the order of `ids`, by the primary key whatever the planner thinks of the table:
    `id = ANY(…)` read the whole store where there were no statistics yet (30 ms for 50,000 clients instead of 2).
    Reads yield the columns `columns`, in that order, uuid as text; `page` and `read` leave `stamps` empty.
    `places` yields id and seq of all records. `plain` are the fields' defaults, which `rows` may leave out.
    """

    plain: Mapping[str, Any]
    columns: tuple[str, ...]
    lock: str
    read: str
    places: str
    page: str
    insert: str
    update: str
    delete: str


def text_array(words: Iterable[str]) -> str:
    """A PostgreSQL array of ids or names of kinds as one text: the driver's lists cost ten times as much.

    Raises ValueError for words that would have to be quoted.
    """
    text = ",".join(words)
    if not text.isascii() or text.encode("ascii").translate(None, _UNQUOTED):
        raise ValueError("only ids and names of kinds")
    return f"{{{text}}}"


def _quoted(name: str) -> str:
    return f'"{name}"'


def _read(column: sa.Column[object]) -> str:
    name = _quoted(column.name)
    return f"{name}::text" if isinstance(column.type, sa.Uuid) else name


def _declared(column: sa.Column[object]) -> str:
    return f"{_quoted(column.name)} {column.type.compile(_DIALECT)}"


def _given(column: sa.Column[object], plain: Mapping[str, Any]) -> str:
    """A column of `r`, the rows given, or its default where they are silent."""
    value, default = f"r.{_quoted(column.name)}", plain.get(column.name)
    if default is None:
        return value
    literal = default if isinstance(default, str) else msgspec.json.encode(default).decode()
    quoted = literal.replace("'", "''")
    return f"coalesce({value}, '{quoted}'::{column.type.compile(_DIALECT)})"


def _build(kind: Kind) -> KindSql:
    plain = MappingProxyType(msgspec.to_builtins(full_fields(kind, {})))
    table, owned = KIND_TABLES[kind.name], kind.scope == "store"
    columns = [column for column in table.columns if not (owned and column.name == "store_id")]
    name = _quoted(table.name)
    here = f"{name}.store_id = %(store)s::uuid AND " if owned else ""
    source = f"jsonb_to_recordset(%(rows)s::jsonb) AS r({', '.join(_declared(c) for c in columns)})"
    names = [_quoted(column.name) for column in columns]
    target = ", ".join([*(["store_id"] if owned else []), *names])
    values = ", ".join([*(["%(store)s::uuid"] if owned else []), *(_given(c, plain) for c in columns)])
    settings = ", ".join(f"{_quoted(c.name)} = {_given(c, plain)}" for c in columns if c.name != "id")
    read = f"SELECT {', '.join(_read(c) for c in columns)} FROM {name} WHERE {here}"
    # A page carries no stamps: a JSON document a row would be read for nothing. The columns keep their places.
    wire = ", ".join("NULL" if c.name == "stamps" else _read(c) for c in columns)
    return KindSql(
        plain=plain,
        columns=tuple(column.name for column in columns),
        lock=(
            "SELECT found.* FROM unnest(%(ids)s::uuid[]) AS wanted(id)"
            f" CROSS JOIN LATERAL ({read}{name}.id = wanted.id FOR UPDATE) AS found"
        ),
        read=f"SELECT {wire} FROM {name} WHERE {here}id = ANY(%(ids)s::uuid[]) ORDER BY id",
        places=f"SELECT id::text, seq FROM {name} WHERE {here}true",
        page=f"SELECT {wire} FROM {name} WHERE {here}seq BETWEEN %(first)s AND %(last)s ORDER BY seq",
        insert=f"INSERT INTO {name} ({target}) SELECT {values} FROM {source}",
        update=f"UPDATE {name} SET {settings} FROM {source} WHERE {here}{name}.id = r.id",
        delete=f"DELETE FROM {name} WHERE {here}id = ANY(%(ids)s::uuid[])",
    )


#: The statements of each kind, by its name.
KIND_SQL = MappingProxyType({name: _build(kind) for name, kind in KINDS.items()})


def _page_plan(scope: str) -> str:
    """Which kinds have how much in the next page of a scope: an index scan a kind, cut at `limit` places."""
    gone = "SELECT 'gone' AS kind, seq FROM gone WHERE store_id = %(store)s::uuid"
    sources = [gone]
    for name, kind in KINDS.items():
        if kind.scope == scope:
            owned = " WHERE store_id = %(store)s::uuid" if scope == "store" else " WHERE true"
            sources.append(f"SELECT '{name}' AS kind, seq FROM {_quoted(name)}{owned}")
    branches = " UNION ALL ".join(f"({s} AND seq > %(after)s ORDER BY seq LIMIT %(limit)s)" for s in sources)
    page = f"SELECT kind, seq FROM ({branches}) AS places ORDER BY seq LIMIT %(limit)s"
    return f"SELECT kind, min(seq), max(seq) FROM ({page}) AS page GROUP BY kind"


#: For each kind of scope: kind (or `gone`), first and last seq of the next page. Parameters: store, after, limit.
PAGE_PLAN = MappingProxyType({scope: _page_plan(scope) for scope in ("brand", "store")})

GONE_PAGE = (
    "SELECT kind, id::text, seq, mark FROM gone"
    " WHERE store_id = %(store)s::uuid AND seq BETWEEN %(first)s AND %(last)s ORDER BY seq"
)
GONE_OF = (
    "SELECT kind, id::text, seq, mark, to_store::text, at_ms FROM gone WHERE store_id = %(store)s::uuid"
    " AND (kind, id) IN (SELECT * FROM unnest(%(kinds)s::text[], %(ids)s::uuid[]))"
)
GONE_WRITE = (
    "INSERT INTO gone (store_id, kind, id, seq, mark, at_ms, to_store)"
    " SELECT %(store)s::uuid, r.kind, r.id, r.seq, r.mark, r.at_ms, r.to_store FROM jsonb_to_recordset(%(rows)s::jsonb)"
    " AS r(kind text, id uuid, seq bigint, mark text, at_ms bigint, to_store uuid)"
    " ON CONFLICT (store_id, kind, id) DO UPDATE"
    " SET seq = excluded.seq, mark = excluded.mark, at_ms = excluded.at_ms, to_store = excluded.to_store"
)
