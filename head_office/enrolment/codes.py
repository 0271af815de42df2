"""One-time codes with which a store's PC is taken in. Only their hashes are kept."""

from __future__ import annotations

import hashlib
import secrets

import sqlalchemy as sa
from sqlalchemy import Connection

from guide_app.base.errors import GuideError, NotFoundError
from guide_app.protocol.coupon_code import ALPHABET, normalise_code, show_code
from head_office.store import audit
from head_office.store.tables import KIND_TABLES, enrol_code

VALID_HOURS = 24
_LENGTH = 12  # 60 bits: with a rate limit and a day to live, guessing is hopeless
_HOUR_MS = 3_600_000


def make_enrol_code(connection: Connection, store_code: str, now_ms: int, *, hours: float = VALID_HOURS) -> str:
    """A new code for the store with `store_code`, in the printed form `XXXX-XXXX-XXXX`. Raises NotFoundError."""
    store = KIND_TABLES["store"]
    store_id = connection.scalar(sa.select(store.c.id).where(store.c.code == store_code))
    if store_id is None:
        raise NotFoundError("store.unknown", f"没有代码为「{store_code}」的门店。", "请先导入门店。")
    code = "".join(secrets.choice(ALPHABET) for _ in range(_LENGTH))
    values = {
        "code_hash": _hash(code),
        "store_id": store_id,
        "made_ms": now_ms,
        "expires_ms": now_ms + int(hours * _HOUR_MS),
    }
    connection.execute(sa.insert(enrol_code), values)
    audit.record(connection, now_ms, "office", "enrol_code.make", {"hours": hours}, store_id=store_id)
    return show_code(code)


def use_enrol_code(connection: Connection, code: str, now_ms: int) -> str:
    """Spend a code and return the store it is for. Raises GuideError `enrol.code_invalid`; a code works once."""
    spend = (
        sa.update(enrol_code)
        .where(enrol_code.c.code_hash == _hash(normalise_code(code)))
        .where(enrol_code.c.used_ms.is_(None), enrol_code.c.expires_ms > now_ms)
        .values(used_ms=now_ms)
        .returning(enrol_code.c.store_id)
    )
    store_id: str | None = connection.scalar(spend)
    if store_id is None:
        raise GuideError("enrol.code_invalid", "登记码不对、已用过或已过期, 请向总部要一个新的。")
    return store_id


def _hash(code: str) -> bytes:
    return hashlib.sha256(code.encode()).digest()
