"""What a guide can do about a refused change: hand it in again, changed or as it is, or give it up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guide_app.base.errors import NotFoundError
from guide_app.store import outbox
from guide_app.store.database import Database
from guide_app.store.uow import UnitOfWork


class ParkedService:
    """Deeds on the list 未能上交."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def resubmit(self, mid: int, changes: Mapping[str, Any], *, by: str | None, origin: str) -> None:
        """Hand a refused change in again with some fields changed (修改后重交): a new change, the old one is settled.

        Raises NotFoundError; InvalidInputError as the unit of work does.
        """

        def deed(uow: UnitOfWork) -> None:
            refused = outbox.read_parked(uow.conn, mid)
            if refused is None:
                raise NotFoundError("outbox.unknown", f"没有编号为 {mid} 的未能上交的修改。")
            mutation, effects = refused
            data = {**mutation.data, **changes}
            if mutation.op == "put":
                uow.put(mutation.kind, data, id=mutation.id, store_id=mutation.store)
            elif mutation.op == "patch":
                uow.patch(mutation.kind, mutation.id, data)
            elif mutation.op == "remove":
                uow.remove(mutation.kind, mutation.id)
            else:
                uow.command(mutation.kind, mutation.id, data, effects)
            uow.discard(mid)

        self._db.change(deed, by=by, origin=origin)

    def discard(self, mid: int, *, by: str | None, origin: str) -> None:
        """Give a refused change up (放弃). Raises NotFoundError."""
        self._db.change(lambda uow: uow.discard(mid), by=by, origin=origin)

    def restore(self, mid: int, fields: tuple[str, ...], *, by: str | None, origin: str) -> None:
        """Write values that lost to a later edit once more (恢复); they win now. Raises NotFoundError."""

        def deed(uow: UnitOfWork) -> None:
            lost = outbox.read_lost(uow.conn, mid)
            if lost is None:
                raise NotFoundError("result.unknown", f"没有编号为 {mid} 的被覆盖的修改。")
            kind, record_id, values = lost
            uow.patch(kind, record_id, {name: values[name] for name in fields if name in values})
            uow.mark_seen([mid])

        self._db.change(deed, by=by, origin=origin)

    def mark_seen(self, mids: tuple[int, ...], *, origin: str) -> None:
        """Note that the guide has looked at these results."""
        self._db.change(lambda uow: uow.mark_seen(mids), by=None, origin=origin)
