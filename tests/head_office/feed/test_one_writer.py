"""Synced tables are written by the feed alone: anything else would move no head and reach no PC."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from guide_app.protocol.kinds import KINDS

OFFICE = Path(__file__).resolve().parents[3] / "head_office"
TABLES = "|".join([*KINDS, "feed_head", "gone"])
VERBS = r"INSERT\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?|COPY"
WRITES = re.compile(rf'\b(?:{VERBS})\s+"?({TABLES})\b', re.IGNORECASE)
#: Where writing is allowed: the feed itself, and the steps that make the tables.
ALLOWED = ("feed/", "store/migrations/")


def offences(source: str) -> Iterator[str]:
    """Statements in Python source that write a synced table, as SQL text or as SQLAlchemy constructs."""
    for node in ast.walk(ast.parse(source)):
        text = _text(node)
        if text is not None and (found := WRITES.search(text)):
            yield f"{node.lineno}: {found[0]}"  # type: ignore[attr-defined]  # only nodes with a place have a text
        if isinstance(node, ast.Call) and _name(node.func) in ("insert", "update", "delete") and node.args:
            target = ast.unparse(node.args[0])
            if "KIND_TABLES" in target or re.fullmatch(rf"(?:\w+\.)?({TABLES})", target):
                yield f"{node.lineno}: {ast.unparse(node)[:80]}"


def _text(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(p.value) if isinstance(p, ast.Constant) else "{}" for p in node.values)
    return None


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def test_nothing_but_the_feed_writes_synced_tables() -> None:
    found = []
    for path in sorted(OFFICE.rglob("*.py")):
        place = path.relative_to(OFFICE).as_posix()
        if not place.startswith(ALLOWED):
            found += [f"{place}:{offence}" for offence in offences(path.read_text("utf-8"))]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        'connection.execute("INSERT INTO client (id) VALUES (1)")',
        "connection.execute('update \"task\" set title = 1')",
        'sql = f"DELETE FROM note WHERE id = {x}"',
        "connection.execute(sa.insert(KIND_TABLES['store']), {})",
        "connection.execute(update(client).values(name='x'))",
        "sa.delete(tables.gone)",
    ],
)
def test_the_watch_sees_an_offence(source: str) -> None:
    assert list(offences(source))


@pytest.mark.parametrize(
    "source",
    [
        'connection.execute("INSERT INTO client_identity (x) VALUES (1)")',
        'connection.execute("SELECT 1 FROM client FOR UPDATE")',
        "connection.execute(sa.update(device).values(name='x'))",
        "names.update(found)",
    ],
)
def test_the_watch_lets_other_work_pass(source: str) -> None:
    assert not list(offences(source))
