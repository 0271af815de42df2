"""Keys of tills and other systems. A key is shown once; the office keeps its SHA-256."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection

from guide_app.base.errors import GuideError, InvalidInputError, NotFoundError
from head_office.store import audit
from head_office.store.tables import api_key

#: What a key may be allowed to write; `all` stands for everything.
RIGHTS = ("stores", "guides", "products", "stock", "purchases", "refunds", "redemptions", "pictures")
ALL = "all"
_PREFIX = "gdk_"
_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Caller:
    """The system behind a key."""

    id: str
    name: str
    rights: frozenset[str]

    def may(self, right: str) -> bool:
        """Whether the key allows it."""
        return right in self.rights or ALL in self.rights


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A key as staff see it, without the key. Times are UTC ms; `revoked_ms` is None while it opens something."""

    id: str
    name: str
    rights: tuple[str, ...]
    made_ms: int
    revoked_ms: int | None


def make_api_key(connection: Connection, name: str, rights: Sequence[str], now_ms: int) -> str:
    """A new key, `gdk_<id>_<secret>`. Raises InvalidInputError for a name in use or an unknown right."""
    unknown = sorted(set(rights) - {*RIGHTS, ALL})
    if unknown or not rights:
        sentence = f"没有这样的权限: {', '.join(unknown) or '(空)'}。"
        raise InvalidInputError("rights.unknown", sentence, f"可用: {', '.join((*RIGHTS, ALL))}。")
    taken = connection.scalar(sa.select(sa.func.count()).select_from(api_key).where(api_key.c.name == name))
    if not name or taken:
        raise InvalidInputError("api_key.name", f"名称「{name}」为空或已在使用。", "请换一个名称。")
    key_id = audit.new_id(now_ms)
    key = f"{_PREFIX}{uuid.UUID(key_id).hex}_{secrets.token_urlsafe(_SECRET_BYTES)}"
    values = {"id": key_id, "name": name, "key_hash": _hash(key), "rights": sorted(set(rights)), "made_ms": now_ms}
    connection.execute(sa.insert(api_key), values)
    audit.record(connection, now_ms, "office", "api_key.make", {"name": name, "rights": sorted(set(rights))})
    return key


def list_api_keys(connection: Connection) -> list[KeyLine]:
    """All keys that were ever made, the oldest first."""
    rows = connection.execute(sa.select(api_key).order_by(api_key.c.made_ms, api_key.c.id))
    return [KeyLine(row.id, row.name, tuple(row.rights), row.made_ms, row.revoked_ms) for row in rows]


def revoke_api_key(connection: Connection, name: str, now_ms: int) -> KeyLine:
    """Let the key of this name open nothing from now on; the moment of the first time counts. Raises NotFoundError."""
    in_use = (api_key.c.name == name) & api_key.c.revoked_ms.is_(None)
    if connection.execute(sa.update(api_key).where(in_use).values(revoked_ms=now_ms)).rowcount:
        audit.record(connection, now_ms, "office", "api_key.revoke", {"name": name})
    line = next((line for line in list_api_keys(connection) if line.name == name), None)
    if line is None:
        raise NotFoundError("api_key.unknown", f"没有名为「{name}」的密钥。", "head-office api-key list 列出所有密钥。")
    return line


def identify(connection: Connection, key: str) -> Caller:
    """The system that holds `key`. Raises GuideError `auth.invalid`."""
    found = connection.execute(sa.select(api_key).where(api_key.c.id == _id_of(key))).one_or_none()
    if found is None or found.revoked_ms is not None or not hmac.compare_digest(found.key_hash, _hash(key)):
        raise GuideError("auth.invalid", "API 密钥不被接受。")
    return Caller(found.id, found.name, frozenset(found.rights))


def _id_of(key: str) -> str:
    try:
        return str(uuid.UUID(hex=key.removeprefix(_PREFIX).partition("_")[0]))
    except ValueError as e:
        raise GuideError("auth.invalid", "API 密钥不被接受。") from e


def _hash(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()
