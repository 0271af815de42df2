"""What a guide can do about a refused change: hand it in again, changed or as it is, or give it up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.base.phone import normalise_phone
from guide_app.protocol.kinds import KINDS, check_fields
from guide_app.protocol.misfit import field_misfit
from guide_app.store import outbox
from guide_app.store.database import Database
from guide_app.store.overlay import Effect
from guide_app.store.uow import UnitOfWork
from guide_app.sync.parked_file import write_parked
from guide_app.sync.queries import SyncQueries


class ParkedService:
    """Deeds on the list 未能上交."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def resubmit(self, mid: int, changes: Mapping[str, Any], *, by: str | None, origin: str) -> None:
        """Hand a refused change in again with some fields changed (修改后重交): a new change, the old one is settled.

        Raises NotFoundError; InvalidInputError, naming the field, as `corrected` and the unit of work do.
        """

        def deed(uow: UnitOfWork) -> None:
            refused = outbox.read_parked(uow.conn, mid)
            if refused is None:
                raise NotFoundError(
                    "outbox.unknown", "没有编号为 {id} 的未能上交的修改。", "guide parked list 列出编号。", id=mid
                )
            mutation, effects = refused
            data = corrected(mutation.kind, mutation.data, changes)
            if mutation.op == "put":
                uow.put(mutation.kind, data, id=mutation.id, store_id=mutation.store)
            elif mutation.op == "patch":
                uow.patch(mutation.kind, mutation.id, data)
            elif mutation.op == "remove":
                uow.remove(mutation.kind, mutation.id)
            else:
                told = [_following(effect, mutation.data, data) for effect in effects]
                uow.command(mutation.kind, mutation.id, data, told)
            uow.discard(mid)

        self._db.change(deed, by=by, origin=origin)

    def discard(self, mid: int, *, by: str | None, origin: str) -> None:
        """Give a refused change up (放弃). Raises NotFoundError."""
        self._db.change(lambda uow: uow.discard(mid), by=by, origin=origin)

    def export(self, mids: Sequence[int], path: Path) -> int:
        """Write refused changes, all for no `mids`, to a `.json` or `.csv` file; returns how many.

        Raises NotFoundError for a number that is not among them, InvalidInputError for another ending, OSError.
        """
        held = {parked.change.mid: parked for parked in SyncQueries(self._db).parked()}
        unknown = [mid for mid in mids if mid not in held]
        if unknown:
            raise NotFoundError(
                "outbox.unknown", "没有编号为 {id} 的未能上交的修改。", "guide parked list 列出编号。", id=unknown[0]
            )
        chosen = [held[mid] for mid in dict.fromkeys(mids)] if mids else list(held.values())
        write_parked(chosen, path)
        return len(chosen)

    def restore(self, mid: int, fields: tuple[str, ...], *, by: str | None, origin: str) -> None:
        """Write values that lost to a later edit once more (恢复); they win now. Raises NotFoundError."""

        def deed(uow: UnitOfWork) -> None:
            lost = outbox.read_lost(uow.conn, mid)
            if lost is None:
                raise NotFoundError(
                    "result.unknown", "没有编号为 {id} 的被覆盖的修改。", "「同步」页列出还在的。", id=mid
                )
            kind, record_id, values = lost
            uow.patch(kind, record_id, {name: values[name] for name in fields if name in values})
            uow.mark_seen([mid])

        self._db.change(deed, by=by, origin=origin)

    def mark_seen(self, mids: tuple[int, ...], *, origin: str) -> None:
        """Note that the guide has looked at these results."""
        self._db.change(lambda uow: uow.mark_seen(mids), by=None, origin=origin)


def corrected(kind: str, data: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a refused change with `changes` in them, checked as far as this PC can.

    Numbers of telephones are brought into their stored form. Raises InvalidInputError, `field.NAME` as its code.
    """
    foreign = changes.keys() - data.keys()
    if foreign:
        name = min(foreign)
        raise InvalidInputError(
            f"field.{name}", "这条修改里没有字段 {name}。", "可以改的有: {known}。", name=name, known=", ".join(data)
        )
    after = {**data, **changes}
    if "phone" in changes:
        after["phone"] = normalise_phone(str(changes["phone"]))
    known = KINDS.get(kind)
    if known is None:
        return after
    for name in changes:
        if name in known.required and after[name] in ("", None):
            raise InvalidInputError(f"field.{name}", "字段 {name} 不能为空。", "请填写后重交。", name=name)
        try:
            check_fields(known, {name: after[name]})
        except msgspec.ValidationError as e:
            raise InvalidInputError(
                f"field.{name}", field_misfit(known.struct, name, after[name]), "请改正后重交。"
            ) from e
    return after


def _following(effect: Effect, before: Mapping[str, Any], after: Mapping[str, Any]) -> Effect:
    """The predicted effect of a command whose parameters were corrected: what it had from them follows."""
    moved = {
        name: after[name]
        for name, value in effect.data.items()
        if name in before and before[name] == value and after[name] != value
    }
    return replace(effect, data={**effect.data, **moved}) if moved else effect
