"""Asks now and then how the other PCs of the store are; what it hears is shown beside one's own state."""

from __future__ import annotations

import logging

from sqlalchemy import Connection

from guide_app.base.errors import GuideError
from guide_app.protocol.messages import StorePc
from guide_app.store.apply import Applier
from guide_app.store.database import Database
from guide_app.sync.office import Office

_EVERY_MS = 600_000
_ASKED = "sync.neighbours"
_log = logging.getLogger(__name__)


def refresh_store_pcs(db: Database, office: Office) -> None:
    """Ask if the last answer is older than ten minutes. Nothing depends on it: what goes wrong is noted in the log."""
    now = db.clock.now_ms()
    asked = db.query(_asked)
    if 0 <= now - asked < _EVERY_MS:
        return
    try:
        pcs = office.store_pcs().pcs
    except GuideError as e:
        _log.info("the store's PCs are not known: %s", e.code)
        return
    db.apply(lambda applier: _keep(applier, pcs))


def _asked(conn: Connection) -> int:
    return int(conn.exec_driver_sql("SELECT value FROM setting WHERE key = ?", (_ASKED,)).scalar() or 0)


def _keep(applier: Applier, pcs: list[StorePc]) -> None:
    applier.conn.exec_driver_sql("DELETE FROM store_pc")
    for pc in pcs:
        applier.conn.exec_driver_sql(
            "INSERT INTO store_pc (id, name, store_id, last_contact_ms, waiting, app_version, revoked)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (pc.id, pc.name, pc.store_id, pc.last_contact_ms, pc.waiting, pc.app_version, pc.revoked),
        )
    applier.conn.exec_driver_sql(
        "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (_ASKED, str(applier.now_ms)),
    )
    applier.touched["store_pc"].update(pc.id for pc in pcs)
