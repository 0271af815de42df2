"""The keys with which PCs sign links: given at enrolment, changed for a new one when the old may be in other hands."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Connection

from guide_app.base.errors import GuideError, NotFoundError
from head_office.store import audit
from head_office.store.tables import device, link_key

_LAST_KEY_NO = (1 << 20) - 1


def new_link_key(connection: Connection, store_id: str, device_id: str) -> int:
    """Give a device a key number of its own. Raises GuideError when there are no numbers left."""
    # Two enrolments at once may choose the same number; the key refuses the second, whose transaction begins again.
    key_no: int = connection.scalar(sa.select(sa.func.coalesce(sa.func.max(link_key.c.key_no), 0) + 1)) or 1
    if key_no > _LAST_KEY_NO:
        raise GuideError(
            "link_key.exhausted", "链接密钥编号已用完 (1,048,575 台设备)。", "请联系软件供应方: 链接格式要换新版。"
        )
    connection.execute(sa.insert(link_key), {"key_no": key_no, "store_id": store_id, "device_id": device_id})
    return key_no


def rotate_link_key(connection: Connection, device_id: str, now_ms: int) -> int:
    """Give a PC a new key, which it fetches at its next sync; returns the number.

    The old one is retired: its links open as long as their share record has arrived, and those that the PC makes until
    it hears of this do so as soon as theirs does. Whoever copied it signs nothing that opens. Raises NotFoundError,
    GuideError for a PC that was shut out or has not handed anything in yet (enrol it anew).
    """
    query = sa.select(device.c.store_id, device.c.id, device.c.last_mid, device.c.revoked_ms)
    row = connection.execute(query.where(sa.cast(device.c.id, sa.Text) == device_id)).one_or_none()
    if row is None:
        raise NotFoundError("device.unknown", f"没有设备 {device_id}。", "head-office devices 列出所有设备。")
    if row.revoked_ms is not None or not row.last_mid:
        raise GuideError("device.no_rotation", "这台电脑已停用, 或还没有上传过任何修改。", "请重新登记它。")
    key_no = new_link_key(connection, row.store_id, row.id)
    others = (link_key.c.device_id == row.id, link_key.c.key_no != key_no, link_key.c.retired_ms.is_(None))
    connection.execute(sa.update(link_key).where(*others).values(retired_ms=now_ms))
    own = (device.c.store_id == row.store_id, device.c.id == row.id)
    connection.execute(sa.update(device).where(*own).values(key_no=key_no))
    audit.record(
        connection, now_ms, "office", "link.rotate_key", {"device_id": row.id, "key_no": key_no}, store_id=row.store_id
    )
    return key_no
