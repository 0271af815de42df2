"""One-time codes with which a store's PC is taken in. Only their hashes are kept."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection

from guide_app.base.errors import GuideError, NotFoundError
from guide_app.protocol.coupon_code import ALPHABET, normalise_code, show_code
from head_office.store import audit
from head_office.store.tables import KIND_TABLES, enrol_code

VALID_HOURS = 24
#: A code that is good for longer is a password that nobody changes.
VALID_HOURS_MAX = 24 * 30
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


@dataclass(frozen=True, slots=True)
class SpentCode:
    """Which store a code is for, and the device that it took in if it was spent before."""

    store_id: str
    device_id: str | None


def spend_enrol_code(connection: Connection, code: str, device_id: str, now_ms: int) -> SpentCode:
    """Spend a code on a device. Raises GuideError `enrol.code_invalid` if it is unknown or too old.

    A code that was spent stays so and names its device, which may be asking again because the answer was lost.
    """
    found = connection.execute(
        sa.select(enrol_code)
        .where(enrol_code.c.code_hash == _hash(normalise_code(code)), enrol_code.c.expires_ms > now_ms)
        .with_for_update()
    ).one_or_none()
    if found is None:
        raise invalid_code()
    if found.device_id is None:
        spend = sa.update(enrol_code).where(enrol_code.c.code_hash == found.code_hash)
        connection.execute(spend.values(used_ms=now_ms, device_id=device_id))
    return SpentCode(found.store_id, found.device_id)


def invalid_code() -> GuideError:
    """The answer to a code that takes nobody in."""
    return GuideError("enrol.code_invalid", "登记码不对、已用过或已过期, 请向总部要一个新的。")


def _hash(code: str) -> bytes:
    return hashlib.sha256(code.encode()).digest()
