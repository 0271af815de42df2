"""Fetches what fields that are new to this program hold in records that were here before it.

Lowest priority: a few pages after a round, none while the office does not answer, and where it broke off the next round
goes on. Cursors are not touched: a value counts for exactly the version (`seq`) that is held here; records of another
version get it by the feed.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from guide_app.base.errors import OfficeUnreachableError
from guide_app.protocol.kinds import KINDS
from guide_app.protocol.messages import SCHEMA, Filled, RecordFrame
from guide_app.protocol.scopes import BRAND, Scope, scope_store_id
from guide_app.store import cursors
from guide_app.store.apply import Applier
from guide_app.store.codec import CODECS, decode_json, json_list
from guide_app.store.database import Database
from guide_app.sync.errors import OfficeRefusedError
from guide_app.sync.office import Office

_PAGE = 500
_PAGES_A_ROUND = 4
_NOT_FOUND = 404
_ADOPTED = "sync.schema"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Errand:
    """New fields of a kind in a scope, fetched as far as the id `after`."""

    kind: str
    scope: Scope
    fields: tuple[str, ...]
    after: str


class Backfill:
    """Goes on with the back-fill of one book, if any is due."""

    def __init__(self, db: Database, office: Office, *, page: int = _PAGE) -> None:
        self._db = db
        self._office = office
        self._page = page

    def run(self) -> int:
        """Fetch the next few pages; returns how many records were filled. An office that cannot now is asked later."""
        if not self._db.query(_due):
            return 0
        self._db.apply(_begin)
        filled = 0
        for _ in range(_PAGES_A_ROUND):
            errand = self._db.query(_next)
            if errand is None:
                break
            try:
                lines = self._office.backfill(
                    errand.scope, errand.kind, errand.fields, after=errand.after, limit=self._page
                )
            except OfficeUnreachableError as e:
                _log.info("the back-fill of %s waits: %s", errand.kind, e.code)
                break
            except OfficeRefusedError as e:
                if e.status != _NOT_FOUND:
                    raise
                _log.info("the back-fill of %s waits for an office that knows it", errand.kind)
                break
            last = len(lines) < self._page
            filled += self._db.apply(lambda applier, e=errand, ls=lines, end=last: _take(applier, e, ls, end))  # type: ignore[misc]
        return filled


def _due(conn: Connection) -> bool:
    adopted = conn.exec_driver_sql("SELECT value FROM setting WHERE key = ?", (_ADOPTED,)).scalar()
    return adopted != str(SCHEMA) or conn.exec_driver_sql("SELECT 1 FROM backfill LIMIT 1").first() is not None


def _begin(applier: Applier) -> None:
    """After an update of the program: try anew what the old one could not read, and split errands by scope."""
    conn = applier.conn
    set_aside = conn.exec_driver_sql(
        "SELECT scope, kind, id, seq, data FROM unknown_record WHERE reason = 'invalid'"
        " AND NOT EXISTS (SELECT 1 FROM setting WHERE key = ? AND value = ?)",
        (_ADOPTED, str(SCHEMA)),
    ).all()
    applier.apply(RecordFrame(row[0], row[1], row[2], row[3], decode_json(row[4])) for row in set_aside)
    conn.exec_driver_sql(
        "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (_ADOPTED, str(SCHEMA)),
    )
    scopes = list(cursors.read_stands(conn))
    for kind, field in conn.exec_driver_sql("SELECT kind, field FROM backfill WHERE scope = ''").all():
        known = kind in KINDS and field in KINDS[kind].fields
        where = [scope for scope in scopes if known and (KINDS[kind].scope == "brand") == (scope == BRAND)]
        for scope in where:
            conn.exec_driver_sql(
                "INSERT OR IGNORE INTO backfill (kind, field, scope) VALUES (?, ?, ?)", (kind, field, scope)
            )
    # A scope that is not held any more comes with all its fields, should it ever come again.
    conn.exec_driver_sql("DELETE FROM backfill WHERE scope NOT IN (SELECT scope FROM cursor)")


def _next(conn: Connection) -> _Errand | None:
    """The next errand; fields of a kind that have come equally far are fetched together."""
    rows = conn.exec_driver_sql(
        "SELECT kind, scope, field, after_id FROM backfill ORDER BY kind, scope, after_id, field"
    ).all()
    together: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for kind, scope, field, after in rows:
        together[kind, scope, after].append(field)
    for (kind, scope, after), fields in together.items():
        return _Errand(kind, scope, tuple(fields), after)
    return None


def _take(applier: Applier, errand: _Errand, lines: Sequence[Filled], last: bool) -> int:
    """Give the held records their values, as if the version held had come with them, and note how far that is."""
    held = _held(applier.conn, errand, [line.id for line in lines])
    wanted = frozenset(errand.fields)
    frames = [
        RecordFrame(
            errand.scope, errand.kind, line.id, line.seq,
            {**held[line.id][1], **{name: value for name, value in line.fields.items() if name in wanted}},
        )
        for line in lines
        if line.id in held and held[line.id][0] == line.seq
    ]  # fmt: skip
    applier.apply(frames)
    names = json_list(errand.fields)
    where = "kind = ? AND scope = ? AND field IN (SELECT value FROM json_each(?))"
    if last:
        applier.conn.exec_driver_sql(f"DELETE FROM backfill WHERE {where}", (errand.kind, errand.scope, names))
    else:
        applier.conn.exec_driver_sql(
            f"UPDATE backfill SET after_id = ? WHERE {where}", (lines[-1].id, errand.kind, errand.scope, names)
        )
    return len(frames)


def _held(conn: Connection, errand: _Errand, ids: Sequence[str]) -> dict[str, tuple[int, dict[str, Any]]]:
    """The office's versions that are held of these records: number and fields. What waits here is not the office's."""
    store = scope_store_id(errand.scope)
    codec = CODECS[errand.kind]
    found = {
        one.id: (one.seq, one.data)
        for one in codec.read_many(conn, ids)
        if one.seq is not None and one.store_id == store
    }
    based = conn.exec_driver_sql(
        "SELECT id, seq, data FROM base WHERE kind = ? AND store_id = ? AND id IN (SELECT value FROM json_each(?))",
        (errand.kind, store, json_list(ids)),
    )
    return found | {row[0]: (row[1], decode_json(row[2])) for row in based}
