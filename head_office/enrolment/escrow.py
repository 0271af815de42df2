"""The recovery keys that head office keeps for its PCs: given out one by one, never without a line in the trail."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Connection

from guide_app.base.errors import NotFoundError
from head_office.store import audit
from head_office.store.secret import OfficeSecret
from head_office.store.tables import device


def recovery_key(connection: Connection, secret: OfficeSecret, device_id: str, now_ms: int) -> str:
    """The key that opens a device's book and its backups, as it was shown at enrolment; also of a revoked device.

    Raises NotFoundError, DamagedError if it was sealed with another secret.
    """
    columns = sa.select(device.c.store_id, device.c.recovery_key)
    found = connection.execute(columns.where(sa.cast(device.c.id, sa.Text) == device_id)).one_or_none()
    if found is None:
        raise NotFoundError("device.unknown", f"没有设备 {device_id}。", "head-office devices 列出所有设备。")
    key = secret.unseal(bytes(found.recovery_key))
    audit.record(connection, now_ms, "office", "device.recovery_key", {"device_id": device_id}, store_id=found.store_id)
    return key
