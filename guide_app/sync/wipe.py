"""Destroys what a PC holds after head office has shut it out: it may be stolen.

What is in the book is overwritten where it lies (SQLite's `secure_delete`, then VACUUM and an empty log), pictures are
deleted, and the office is told. The book stays behind empty and unenrolled, so that the program still opens and can say
what happened.
"""

from __future__ import annotations

import logging
import shutil

from guide_app.base.errors import GuideError, OfficeUnreachableError
from guide_app.store.apply import Applier
from guide_app.store.database import Database
from guide_app.sync.office import Office

REVOKED = "device.revoked"
#: Folders beside the book that hold what came from the office or was made of it.
_FOLDERS = ("pictures", "backups", "thumbnails")
#: Books that lie beside ours, by the end of their names: what a restore replaced, or left when it was cut short.
_OTHER_BOOKS = (".before-restore-*", ".restoring*")
_log = logging.getLogger(__name__)


def wipe(db: Database, office: Office) -> None:
    """Destroy everything here, tell the office, and forget who this PC was. Safe to repeat after breaking off."""
    db.apply(_empty, origin="wipe")
    db.compact()
    for name in _FOLDERS:
        shutil.rmtree(db.path.parent / name, ignore_errors=True)
    for ending in _OTHER_BOOKS:
        for book in db.path.parent.glob(db.path.name + ending):
            book.unlink(missing_ok=True)
    try:
        office.erased([], wiped=True)
    except OfficeUnreachableError:
        return  # it will be told at the next contact, which finds nothing left to destroy
    except GuideError as e:
        _log.warning("wiped, but head office would not hear of it: %s", e.code)
    db.apply(_forget, origin="wipe")


def _empty(applier: Applier) -> None:
    tables = applier.conn.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
        " AND name NOT IN ('device', 'alembic_version') AND name NOT LIKE 'search%' AND name NOT LIKE 'sqlite%'"
    ).all()
    for (name,) in tables:
        applier.conn.exec_driver_sql(f'DELETE FROM "{name}"')
    applier.make_index()
    applier.conn.exec_driver_sql(
        "UPDATE device SET link_key = NULL, signing_key = NULL, wiped_at = ?", (applier.now_ms,)
    )


def _forget(applier: Applier) -> None:
    applier.conn.exec_driver_sql(
        "UPDATE device SET device_id = NULL, token = NULL, store_id = NULL, scopes = '[]', enrolled_at = NULL,"
        " last_mid = 0, acked_mid = 0, acked_chain = '', last_stamp = ''"
    )
    applier.touched["device"].add("device")
