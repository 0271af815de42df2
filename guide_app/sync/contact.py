"""Notes each contact with head office: when it was, how far this PC's clock is off, what its stamps must follow."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection

from guide_app.store import outbox, printed
from guide_app.store.apply import Applier
from guide_app.store.device import read_device, save_device
from guide_app.sync.plan import Offset, corrected_offset, following_stamp

#: Looking for what is old reads every change of thirty days: as often as this is enough (ms).
_PRUNE_EVERY_MS = 3_600_000
_PRUNED = "sync.pruned"


class OfficeTime(NamedTuple):
    """The office's clock (UTC ms) as an answer said it, and how it differs from ours."""

    server_ms: int
    offset: Offset


def note_contact(applier: Applier, said: OfficeTime | None) -> None:
    """Remember that the office answered now, and its time if the answer said.

    What was settled long ago is dropped by the office's time alone: a clock here that jumps a year ahead must not cost
    what an office, restored from a backup, is to be given again.
    """
    columns: dict[str, object] = {"last_contact_ms": applier.now_ms}
    if said is not None:
        if _prune_is_due(applier.conn, applier.now_ms):
            applier.purged |= outbox.prune(applier.conn, said.server_ms)
        printed.forget_old(applier.conn, said.server_ms)
        device = read_device(applier.conn)
        columns["offset_ms"] = corrected_offset(device.offset_ms, said.offset)
        columns["last_stamp"] = following_stamp(
            device.last_stamp, server_ms=said.server_ms, tag=device.tag, waiting=outbox.n_waiting(applier.conn)
        )
    save_device(applier.conn, **columns)


def _prune_is_due(conn: Connection, now_ms: int) -> bool:
    """Whether the last time was long ago, or lies ahead because this PC's clock was set back; notes this one if so."""
    last = int(conn.exec_driver_sql("SELECT value FROM setting WHERE key = ?", (_PRUNED,)).scalar() or 0)
    if 0 <= now_ms - last < _PRUNE_EVERY_MS:
        return False
    conn.exec_driver_sql(
        "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (_PRUNED, str(now_ms)),
    )
    return True
