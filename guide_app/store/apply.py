"""Applies what head office sent: in bulk, never an older version over a newer, waiting changes laid on top again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection

from guide_app.protocol.kinds import KINDS
from guide_app.protocol.messages import DropFrame, GoneFrame, LeaveFrame, RecordFrame
from guide_app.protocol.scopes import BRAND, Scope, scope_store_id
from guide_app.store import outbox, photos, printed
from guide_app.store.codec import CODECS, KindCodec, decode_json, encode_json, json_list
from guide_app.store.difference import Changed, difference
from guide_app.store.holding import Count, held_in, of_scope
from guide_app.store.hooks import SearchIndex
from guide_app.store.overlay import view_of

DataFrame = RecordFrame | GoneFrame | LeaveFrame | DropFrame
Work = Callable[[KindCodec, Sequence[str]], Changed]
_BASE = "INSERT INTO base (kind, id, store_id, seq, data) VALUES (?, ?, ?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET"


_NOW_KNOWN = "FROM unknown_record WHERE reason = 'kind' AND kind IN (SELECT value FROM json_each(?))"


def has_now_known(conn: Connection) -> bool:
    """Whether there is something for `Applier.adopt_known` to do."""
    return bool(conn.exec_driver_sql(f"SELECT EXISTS (SELECT 1 {_NOW_KNOWN})", (json_list(KINDS),)).scalar())


class Applier:
    """One transaction's records from the office. Made by `Database.apply`; writes through `conn` are allowed there."""

    def __init__(self, conn: Connection, search: SearchIndex, now_ms: int) -> None:
        self.conn = conn
        self.now_ms = now_ms
        self.touched: dict[str, set[str]] = defaultdict(set)
        #: Whether something was purged that must not survive in the write-ahead log either.
        self.purged = False
        self._search = search
        self._count = Count(conn)

    def finish(self) -> None:
        """Write what follows from all that was applied; the last step before the commit."""
        self._count.finish()
        if self.purged:
            photos.drop_unnamed(self.conn)
            self._search.scrub(self.conn, self.touched.keys())

    def make_index(self) -> None:
        """Make what is derived anew if it is missing."""
        self._search.ensure(self.conn)

    def apply(self, frames: Iterable[DataFrame]) -> None:
        """Apply frames in order; records between two marks that something ended are written kind by kind.

        A feed comes in the order of its changes, kinds mixed: one by one it would cost several statements a record.
        """
        waiting: dict[tuple[Scope, str], list[RecordFrame]] = defaultdict(list)
        for frame in frames:
            if isinstance(frame, RecordFrame):
                waiting[frame.scope, frame.kind].append(frame)
                continue
            self._upsert_all(waiting)
            if isinstance(frame, DropFrame):
                self.drop_scope(frame.scope)
            else:
                self._take_out(frame)
        self._upsert_all(waiting)

    def _upsert_all(self, waiting: dict[tuple[Scope, str], list[RecordFrame]]) -> None:
        for together in waiting.values():
            self._upsert(together)
        waiting.clear()

    def lay_over(self, records: Iterable[tuple[str, str]]) -> None:
        """Work out again what is shown of these (kind, id), after changes of theirs were settled or reopened."""
        by_kind: dict[str, list[str]] = defaultdict(list)
        for kind, record_id in records:
            if kind in CODECS:
                by_kind[kind].append(record_id)
        for kind, ids in by_kind.items():
            done = self._as_the_office_has_it(CODECS[kind], ids)
            if left := [record_id for record_id in ids if record_id not in done]:
                self._follow(CODECS[kind], left, self._rebuild_all)

    def set_base_from_view(self, records: Iterable[tuple[str, str]]) -> None:
        """Set aside what is held of these (kind, id) as the office's version, where that is not done yet."""
        for kind, record_id in records:
            held = CODECS[kind].read(self.conn, record_id) if kind in CODECS else None
            if held is not None and held.seq is not None:
                self.conn.exec_driver_sql(
                    f"{_BASE} seq = seq", (kind, record_id, held.store_id, held.seq, encode_json(held.data).decode())
                )

    def take_buckets(self, scope: Scope, buckets: Collection[int], frames: Iterable[RecordFrame]) -> None:
        """The office holds exactly `frames` in these buckets of the scope: make that so here, versions included.

        Changes still waiting stay on top, of records too that the office turned out not to have.
        """
        self._count.lost_count(scope)
        held = held_in(self.conn, scope, buckets)
        for kind, ids in held.items():
            self._doubt(scope, kind, ids)
        self.apply(frames)
        for kind, ids in held.items():
            self._drop_doubted(scope, kind, ids)

    def _doubt(self, scope: Scope, kind: str, ids: Sequence[str]) -> None:
        """Any version that the office names is newer than what is held of these records."""
        wanted = "id IN (SELECT value FROM json_each(?))"
        if kind not in KINDS:
            self.conn.exec_driver_sql(
                f"UPDATE unknown_record SET seq = 0 WHERE scope = ? AND kind = ? AND {wanted}",
                (scope, kind, json_list(ids)),
            )
            return
        where, params = of_scope(scope)
        self.conn.exec_driver_sql(
            f'UPDATE "{kind}" SET seq = 0 WHERE seq IS NOT NULL AND {wanted}{where}', (json_list(ids), *params)
        )
        self.conn.exec_driver_sql(
            f"UPDATE base SET seq = 0 WHERE kind = ? AND {wanted} AND store_id = ?",
            (kind, json_list(ids), scope_store_id(scope)),
        )

    def _drop_doubted(self, scope: Scope, kind: str, ids: Sequence[str]) -> None:
        """What the office did not name, it does not have."""
        wanted = json_list(ids)
        listed = "id IN (SELECT value FROM json_each(?))"
        if kind not in KINDS:
            self.conn.exec_driver_sql(
                f"DELETE FROM unknown_record WHERE scope = ? AND kind = ? AND seq = 0 AND {listed}",
                (scope, kind, wanted),
            )
            return
        store = scope_store_id(scope)
        based = self.conn.exec_driver_sql(
            f"DELETE FROM base WHERE kind = ? AND store_id = ? AND seq = 0 AND {listed} RETURNING id",
            (kind, store, wanted),
        )
        waiting = {row[0] for row in based}
        where, params = of_scope(scope)
        found = self.conn.exec_driver_sql(
            f'SELECT id FROM "{kind}" WHERE seq = 0 AND {listed}{where}', (wanted, *params)
        )
        doubted = [row[0] for row in found]
        waiting |= outbox.waiting_ids(self.conn, kind, doubted)
        absent = [record_id for record_id in doubted if record_id not in waiting]
        self._purge(CODECS[kind], absent, store, waiting_too=False)
        self.lay_over((kind, record_id) for record_id in sorted(waiting))

    def drop_scope(self, scope: Scope) -> None:
        """Purge all that is held of a scope; changes still waiting stay in the queue to be judged."""
        where, params = of_scope(scope)
        for name, kind in KINDS.items():
            if (kind.scope == "brand") != (scope == BRAND):
                continue
            ids = [row[0] for row in self.conn.exec_driver_sql(f'SELECT id FROM "{name}" WHERE true{where}', params)]
            if ids:
                self._purge(CODECS[name], ids, scope_store_id(scope), waiting_too=False)
        self.conn.exec_driver_sql("DELETE FROM base WHERE store_id = ?", (scope_store_id(scope),))
        for table in ("unknown_record", "cursor", "held_removal"):
            self.conn.exec_driver_sql(f"DELETE FROM {table} WHERE scope = ?", (scope,))

    def adopt_known(self) -> None:
        """Take in records of kinds that this version of the program knows and the one before did not."""
        rows = self.conn.exec_driver_sql(f"SELECT scope, kind, id, seq, data {_NOW_KNOWN}", (json_list(KINDS),)).all()
        self.apply(RecordFrame(row[0], row[1], row[2], row[3], decode_json(row[4])) for row in rows)

    def _upsert(self, frames: Sequence[RecordFrame]) -> None:
        kind = frames[0].kind
        if kind not in CODECS:
            ids = [f.id for f in frames]
            self._count.before(kind, ids)
            self._keep_unknown([(f, "kind", "") for f in frames])
            self._count.after(kind, ids)
            return
        newest = list({f.id: f for f in frames}.values())
        self._follow(CODECS[kind], [f.id for f in newest], lambda codec, _: self._write(codec, newest))

    def _write(self, codec: KindCodec, frames: Sequence[RecordFrame]) -> Changed:
        store = scope_store_id(frames[0].scope)
        if codec.kind.name == "client":
            outbox.forget_handed_over(self.conn, store, [f.id for f in frames])
        special = self._overlaid(codec.kind.name, [f.id for f in frames])
        rows: list[tuple[Any, ...]] = []
        odd: list[tuple[RecordFrame, str, str]] = []
        for f in frames:
            try:
                row = codec.pack(f.id, store, f.data, f.seq)
            except msgspec.ValidationError as e:
                odd.append((f, "invalid", str(e)))
                continue
            if f.id in special:
                self._set_base(codec, store, f)
            else:
                rows.append(row)
        told = difference(self.conn, codec, rows)
        codec.write_newer(self.conn, told.whole)
        codec.edit(self.conn, (), told.renumbered)
        for fields, some in told.edited.items():
            codec.edit(self.conn, fields, some)
        self._keep_unknown(odd)
        self._forget_odd(frames[0].scope, codec.kind.name, [f.id for f in frames], {f.id for f, _, _ in odd})
        for record_id in sorted(special):
            self._rebuild(codec, record_id)
            told.changed[None].append(record_id)
        return told.changed

    def _overlaid(self, kind: str, ids: Sequence[str]) -> set[str]:
        """Those of the records that are shown with changes laid over, or were until now."""
        based = self.conn.exec_driver_sql(
            "SELECT id FROM base WHERE kind = ? AND id IN (SELECT value FROM json_each(?))", (kind, json_list(ids))
        )
        return outbox.waiting_ids(self.conn, kind, ids) | {row[0] for row in based}

    def _set_base(self, codec: KindCodec, store: str, frame: RecordFrame) -> None:
        held = codec.unpack(codec.pack(frame.id, store, frame.data, frame.seq))
        self.conn.exec_driver_sql(
            f"{_BASE} store_id = excluded.store_id, seq = excluded.seq, data = excluded.data"
            " WHERE base.seq <= excluded.seq OR base.store_id <> excluded.store_id",
            (codec.kind.name, frame.id, store, frame.seq, encode_json(held.data).decode()),
        )

    def _rebuild_all(self, codec: KindCodec, ids: Sequence[str]) -> Changed:
        for record_id in ids:
            self._rebuild(codec, record_id)
        return {None: ids}

    def _as_the_office_has_it(self, codec: KindCodec, ids: Sequence[str]) -> set[str]:
        """Those of the records whose answer has been written already and that nothing is laid over: the usual case."""
        rows = self.conn.exec_driver_sql(
            f'SELECT id FROM "{codec.kind.name}" WHERE seq IS NOT NULL AND id IN (SELECT value FROM json_each(?))',
            (json_list(ids),),
        )
        return {row[0] for row in rows} - self._overlaid(codec.kind.name, ids)

    def _rebuild(self, codec: KindCodec, record_id: str) -> None:
        """Show base and waiting changes; without waiting changes the base becomes the record and is dropped."""
        name = codec.kind.name
        base = self.conn.exec_driver_sql(
            "SELECT store_id, seq, data FROM base WHERE kind = ? AND id = ?", (name, record_id)
        ).first()
        steps = outbox.steps_for(self.conn, name, record_id)
        held = codec.read(self.conn, record_id, self._store_of(name, record_id) if codec.kind.borrowed else "")
        if base is None and not steps and held is not None and held.seq is not None:
            return  # the office's answer has been written already
        view = view_of(codec.kind, None if base is None else decode_json(base[2]), steps)
        if view is None:
            codec.delete(self.conn, [record_id], held.store_id if held else "")
        else:
            store = base[0] if base else held.store_id if held else self._store_of(name, record_id)
            codec.write(self.conn, [codec.pack(record_id, store, view, base[1] if base else None)])
        if not steps:
            self.conn.exec_driver_sql("DELETE FROM base WHERE kind = ? AND id = ?", (name, record_id))

    def _store_of(self, kind: str, record_id: str) -> str:
        found: str | None = self.conn.exec_driver_sql(
            "SELECT store FROM outbox WHERE kind = ? AND id = ? ORDER BY mid", (kind, record_id)
        ).scalar()
        if found is not None:
            return found
        own: str | None = self.conn.exec_driver_sql("SELECT store_id FROM device").scalar()
        return own or ""

    def _take_out(self, frame: GoneFrame | LeaveFrame) -> None:
        if frame.kind not in CODECS:
            self._count.before(frame.kind, [frame.id])
        self.conn.exec_driver_sql(
            "DELETE FROM unknown_record WHERE scope = ? AND kind = ? AND id = ?", (frame.scope, frame.kind, frame.id)
        )
        if frame.kind not in CODECS:
            self._count.after(frame.kind, [frame.id])
            return
        codec = CODECS[frame.kind]
        store = scope_store_id(frame.scope)
        held = codec.read(self.conn, frame.id, store)
        elsewhere = held is not None and codec.in_store and held.store_id != store
        newer = held is not None and held.seq is not None and held.seq > frame.seq
        if elsewhere or newer:
            return
        # What is gone for good is erased from the queue too, except set elements that were removed here: that is an
        # everyday edit, which an office that was restored needs to be told again. With their client they go as well.
        gone = isinstance(frame, GoneFrame)
        if gone and codec.kind.policy == "set":
            outbox.forget_removed_elsewhere(self.conn, frame.kind, frame.id)
            self._drop(codec, [frame.id], store)
            return
        if gone and frame.kind == "client":
            self._erase_client(frame.id)
        self._purge(codec, [frame.id], store, waiting_too=gone)

    def _erase_client(self, client_id: str) -> None:
        """Purge what was written here about an erased client and never reached the office, and owe a confirmation."""
        for name, kind in KINDS.items():
            if kind.scope != "store" or "client_id" not in kind.fields:
                continue
            found = self.conn.exec_driver_sql(
                f'SELECT id FROM "{name}" WHERE client_id = ? AND seq IS NULL', (client_id,)
            )
            ids = [row[0] for row in found]
            if ids:
                self._purge(CODECS[name], ids, "", waiting_too=True)
        outbox.forget_about(self.conn, client_id)
        photos.drop_of_client(self.conn, client_id)
        printed.forget_of(self.conn, [client_id])
        self.conn.exec_driver_sql(
            "INSERT INTO erasure (client_id, at) VALUES (?, ?)"
            " ON CONFLICT (client_id) DO UPDATE SET at = excluded.at, scrubbed_at = NULL",
            (client_id, self.now_ms),
        )

    def _purge(self, codec: KindCodec, ids: Sequence[str], store: str, *, waiting_too: bool) -> None:
        """Take records out with all that is derived; of a kind with borrowed ids only those of `store`."""
        if not ids:
            return
        outbox.forget(self.conn, codec.kind.name, ids, waiting_too=waiting_too)
        if codec.kind.name == "client":
            printed.forget_of(self.conn, ids)
        self._drop(codec, ids, store)
        if codec.kind.policy != "set":
            self.purged = True

    def _drop(self, codec: KindCodec, ids: Sequence[str], store: str) -> None:
        """Take records out of the book, as `_purge` does, and leave the queue as it is."""

        def work(codec: KindCodec, ids: Sequence[str]) -> Changed:
            self.conn.exec_driver_sql(
                "DELETE FROM base WHERE kind = ? AND id IN (SELECT value FROM json_each(?))",
                (codec.kind.name, json_list(ids)),
            )
            codec.delete(self.conn, ids, store)
            photos.drop_of_records(self.conn, codec.kind.name, ids)
            return {None: ids}

        self._follow(codec, ids, work)

    def _follow(self, codec: KindCodec, ids: Sequence[str], work: Work) -> None:
        """Do `work(codec, ids)`, and let what is derived of the records follow what it changed."""
        kind = codec.kind.name
        before = set(self._search.owners(self.conn, kind, ids))
        self._count.before(kind, ids)
        changed = work(codec, ids)
        self._count.after(kind, ids)
        for fields, some in changed.items():
            self._search.changed(self.conn, kind, some, fields)
        left = before - set(self._search.owners(self.conn, kind, ids)) if before else before
        if left:
            self._search.refresh(self.conn, sorted(left))
        self.touched[kind].update(ids)

    def _keep_unknown(self, odd: Sequence[tuple[RecordFrame, str, str]]) -> None:
        if odd:
            self.conn.exec_driver_sql(
                "INSERT INTO unknown_record (scope, kind, id, seq, data, reason, detail, at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (scope, kind, id) DO UPDATE SET seq = excluded.seq,"
                " data = excluded.data, reason = excluded.reason, detail = excluded.detail, at = excluded.at",
                [
                    (f.scope, f.kind, f.id, f.seq, encode_json(f.data).decode(), why, detail, self.now_ms)
                    for f, why, detail in odd
                ],
            )

    def _forget_odd(self, scope: Scope, kind: str, ids: Sequence[str], still: set[str]) -> None:
        self.conn.exec_driver_sql(
            "DELETE FROM unknown_record WHERE scope = ? AND kind = ? AND id IN (SELECT value FROM json_each(?))",
            (scope, kind, json_list(i for i in ids if i not in still)),
        )
