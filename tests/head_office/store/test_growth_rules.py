"""The rules that let the same SQL run on a distributed PostgreSQL, read off the schema itself."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from guide_app.protocol.kinds import KINDS
from head_office.store.tables import KIND_TABLES, METADATA, SHARED_TABLES

OFFICE = Path(__file__).resolve().parents[3] / "head_office"
OWNED = sorted(set(METADATA.tables) - SHARED_TABLES)


def _keys(table: sa.Table) -> Iterator[list[str]]:
    for constraint in table.constraints:
        if isinstance(constraint, sa.PrimaryKeyConstraint | sa.UniqueConstraint | sa.ForeignKeyConstraint):
            yield [column.name for column in constraint.columns]
    for index in table.indexes:
        yield [column.name for column in index.columns]


@pytest.mark.parametrize("name", OWNED)
def test_the_store_leads_every_key_of_its_own_tables(name: str) -> None:
    keys = list(_keys(METADATA.tables[name]))
    assert keys
    assert all(key[0] == "store_id" for key in keys), keys


@pytest.mark.parametrize("name", sorted(SHARED_TABLES))
def test_shared_tables_point_to_no_store_owned_table(name: str) -> None:
    assert not METADATA.tables[name].foreign_keys


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_kind_has_a_place_in_the_feed_that_is_its_own(name: str) -> None:
    keys = list(_keys(KIND_TABLES[name]))
    lead = [] if KINDS[name].scope == "brand" else ["store_id"]
    assert [*lead, "seq"] in keys
    assert [*lead, "id"] in keys


def test_record_fields_are_columns_of_the_same_name() -> None:
    for name, kind in KINDS.items():
        assert set(kind.fields) <= set(KIND_TABLES[name].columns.keys())


def test_the_database_has_no_sequence_trigger_identity_or_function(office_engine: Engine) -> None:
    with office_engine.connect() as connection:
        own = "pg_namespace n ON n.oid = {0} WHERE n.nspname = 'public'"
        counts = {
            "sequences": "SELECT count(*) FROM pg_sequences",
            "triggers": "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal",
            "identities": "SELECT count(*) FROM information_schema.columns WHERE is_identity = 'YES'",
            "defaults": "SELECT count(*) FROM information_schema.columns"
            " WHERE table_schema = 'public' AND column_default IS NOT NULL",
            "functions": f"SELECT count(*) FROM pg_proc p JOIN {own.format('p.pronamespace')}",
        }
        found = {what: connection.execute(sa.text(sql)).scalar_one() for what, sql in counts.items()}
    assert found == dict.fromkeys(counts, 0)


def _strings() -> Iterator[tuple[Path, str]]:
    for path in sorted(OFFICE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield path, node.value


def test_no_statement_relies_on_the_servers_clock_or_channels() -> None:
    forbidden = re.compile(
        r"\bnow\s*\(\)|\bclock_timestamp\b|\bcurrent_timestamp\b|\bpg_notify\b|\bnextval\b", re.IGNORECASE
    )
    assert [(path.name, text) for path, text in _strings() if forbidden.search(text)] == []


def test_no_statement_moves_a_row_to_another_store() -> None:
    moving = re.compile(r"\bSET\b[^;]*\bstore_id\"?\s*=(?!\s*\w+\.store_id)", re.IGNORECASE | re.DOTALL)
    statements = [(path.name, text) for path, text in _strings() if re.search(r"\bUPDATE\b", text)]
    # Shared tables, found by keys of their own, may say where something lives.
    shared = re.compile(rf"\bUPDATE ({'|'.join(sorted(SHARED_TABLES))})\b")
    updates = [(name, text.split("WHERE", 1)[0]) for name, text in statements if not shared.search(text)]
    assert [(name, text) for name, text in updates if moving.search(text)] == []
