"""What head office set for all stores, by name (docs/house-rules.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from guide_app.store.codec import decode_json


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a house rule: the rule's name, the field of its value, what holds without one, and its bounds."""

    name: str
    field: str
    default: int
    least: int
    most: int


def figure(conn: Connection, rule: Figure) -> int:
    """The figure in force: head office's within the rule's bounds, else the default."""
    said = house_rule(conn, rule.name).get(rule.field)
    if not isinstance(said, int) or isinstance(said, bool):
        return rule.default
    return min(max(said, rule.least), rule.most)


def house_rule(conn: Connection, name: str) -> Mapping[str, Any]:
    """The value of a house rule; empty if head office set none, so that the house's defaults hold."""
    text = conn.exec_driver_sql("SELECT value FROM house_rule WHERE name = ? ORDER BY id DESC", (name,)).scalar()
    value: Mapping[str, Any] = decode_json(text) if text else {}
    return value
