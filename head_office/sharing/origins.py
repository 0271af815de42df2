"""The domains at which links open: the one on new posters, and those that stand by. All lead to this office.

Whether a domain can be reached from outside, or is blocked in a chat program, is not seen from here: staff say it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy import Connection

from guide_app.base.errors import InvalidInputError
from guide_app.protocol.scopes import BRAND
from head_office.feed.write import FeedWriter
from head_office.store import audit
from head_office.store.settings import read_settings, write_settings
from head_office.store.tables import KIND_TABLES

RULE = "links"
"""The house rule by which PCs hear that there is something new to ask about links."""


@dataclass(frozen=True, slots=True)
class Origins:
    """`first` is on new posters; empty: the address at which the office itself listens."""

    first: str
    standby: tuple[str, ...]


def read_origins(connection: Connection) -> Origins:
    """What is set."""
    settings = read_settings(connection)
    return Origins(settings["link_origin"].rstrip("/"), tuple(settings["link_standby"].split()))


def set_origins(connection: Connection, first: str, standby: Sequence[str], now_ms: int) -> Origins:
    """Put `first` on new posters; the one before stands by unless left out of a list that is given.

    Raises InvalidInputError for what is no origin (`https://host`, with a port if need be).
    """
    before = read_origins(connection)
    kept = [_origin(one) for one in standby] or [one for one in (before.first, *before.standby) if one]
    origins = Origins(_origin(first), tuple(dict.fromkeys(one for one in kept if one != _origin(first))))
    write_settings(connection, {"link_origin": origins.first, "link_standby": " ".join(origins.standby)})
    tell_devices(connection, now_ms)
    detail = {"first": origins.first, "standby": list(origins.standby)}
    audit.record(connection, now_ms, "office", "link.origin", detail)
    return origins


def tell_devices(connection: Connection, now_ms: int) -> None:
    """Let every PC ask anew, at its next sync, with what it signs links."""
    table = KIND_TABLES["house_rule"]
    held = connection.execute(table.select().where(table.c.name == RULE)).mappings().first()
    writer = FeedWriter(connection, now_ms)
    if held is None:
        writer.put((BRAND, "house_rule", audit.new_id(now_ms)), {"name": RULE, "value": {"version": 1}})
    else:
        writer.change((BRAND, "house_rule", held["id"]), value={"version": int(held["value"].get("version", 0)) + 1})
    writer.flush()


def _origin(text: str) -> str:
    plain = text.strip().rstrip("/")
    try:
        parts = urlsplit(plain)
        named = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        named = False
    if not named or parts.scheme not in ("https", "http") or plain != f"{parts.scheme}://{parts.netloc}".lower():
        raise InvalidInputError("link.origin", f"「{text}」不是域名来源。", "写成 https://go.example.com, 不带路径。")
    if "@" in parts.netloc or not plain.isascii():
        raise InvalidInputError("link.origin", f"「{text}」不能含用户名或非 ASCII 字符。", "中文域名请写 xn-- 的形式。")
    return plain
