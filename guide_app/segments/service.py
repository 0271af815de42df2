"""Deeds on segments: keep, rename, change, share and end them, and who is on a static one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from guide_app.base.actor import Actor
from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.segments import model as m
from guide_app.segments.parse import dump, parse
from guide_app.store.codec import json_list
from guide_app.store.database import Database
from guide_app.store.uow import UnitOfWork

_MOST_NAME = 30
_SAME_NAME = """SELECT 1 FROM segment
    WHERE name = ? AND guide_id = ? AND ended_at IS NULL AND id <> ?"""


class SegmentService:
    """Changes segments. Only who keeps a segment changes it; who manages the store may end any that is shared."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def keep(self, name: str, rule: m.Rule, actor: Actor, *, shared: bool = False) -> str:
        """Keep a dynamic segment, which is whoever fits its rule at the time; returns its id.

        Raises InvalidInputError for a name that is empty, too long or hers already, and for a rule that could not be
        read again.
        """
        data = dump(rule)
        parse(data)

        def deed(uow: UnitOfWork) -> str:
            return _put(uow, name, actor, rule=data, mode="dynamic", shared=shared)

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def keep_list(self, name: str, client_ids: Iterable[str], actor: Actor, *, shared: bool = False) -> str:
        """Keep a static segment of these clients; returns its id. Raises InvalidInputError, NotFoundError."""
        wanted = tuple(client_ids)

        def deed(uow: UnitOfWork) -> str:
            segment_id = _put(uow, name, actor, rule={}, mode="static", shared=shared)
            _enlist(uow, segment_id, wanted, actor)
            return segment_id

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def rename(self, segment_id: str, name: str, actor: Actor) -> str:
        """Give a segment another name; returns the former. Raises NotFoundError, InvalidInputError."""

        def deed(uow: UnitOfWork) -> str:
            row = _own(uow, segment_id, actor)
            uow.patch("segment", segment_id, {"name": _free_name(uow, name, actor, but=segment_id)})
            return str(row["name"])

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def redefine(self, segment_id: str, rule: m.Rule, actor: Actor) -> None:
        """Give a dynamic segment another rule. Raises NotFoundError, InvalidInputError."""
        data = dump(rule)
        parse(data)

        def deed(uow: UnitOfWork) -> None:
            if _own(uow, segment_id, actor)["mode"] != "dynamic":
                raise InvalidInputError("segment.static", "这是一份固定名单, 没有规则。", "请另存一个动态分群。")
            uow.patch("segment", segment_id, {"rule": data})

        self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def share(self, segment_id: str, actor: Actor, *, shared: bool) -> None:
        """Show a segment to the whole store, or to oneself alone. Raises NotFoundError, InvalidInputError."""

        def deed(uow: UnitOfWork) -> None:
            _own(uow, segment_id, actor)
            uow.patch("segment", segment_id, {"shared": shared})

        self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def end(self, segment_id: str, actor: Actor) -> None:
        """Keep a segment no longer. Raises NotFoundError, InvalidInputError for somebody else's."""

        def deed(uow: UnitOfWork) -> None:
            _own(uow, segment_id, actor, ending=True)
            uow.patch("segment", segment_id, {"ended_at": uow.now_ms})

        self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def add(self, segment_id: str, client_ids: Iterable[str], actor: Actor) -> int:
        """Put clients on a static segment; returns how many were not on it. Raises NotFoundError, InvalidInputError."""
        wanted = tuple(client_ids)

        def deed(uow: UnitOfWork) -> int:
            _own_list(uow, segment_id, actor)
            return _enlist(uow, segment_id, wanted, actor)

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def remove(self, segment_id: str, client_ids: Iterable[str], actor: Actor) -> int:
        """Take clients off a static segment; returns how many left it. Raises NotFoundError, InvalidInputError."""
        wanted = json_list(client_ids)

        def deed(uow: UnitOfWork) -> int:
            _own_list(uow, segment_id, actor)
            rows = uow.conn.exec_driver_sql(
                """SELECT id, client_id FROM segment_member
                   WHERE segment_id = ? AND client_id IN (SELECT value FROM json_each(?))""",
                (segment_id, wanted),
            ).all()
            for member_id, _ in rows:
                uow.remove("segment_member", member_id)
            return len({client_id for _, client_id in rows})

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)


def _put(uow: UnitOfWork, name: str, actor: Actor, **fields: Any) -> str:
    record = {"name": _free_name(uow, name, actor), "guide_id": actor.guide_id, "at": uow.now_ms, **fields}
    return uow.put("segment", record)


def _free_name(uow: UnitOfWork, name: str, actor: Actor, but: str = "") -> str:
    text = name.strip()
    if not text or len(text) > _MOST_NAME:
        raise InvalidInputError(
            "segment.name", "分群名要有 1 到 {most} 个字。", "例如「冬靴 38 码」。", most=_MOST_NAME
        )
    if uow.conn.exec_driver_sql(_SAME_NAME, (text, actor.guide_id, but)).first():
        raise InvalidInputError("segment.name", "你已有名为「{text}」的分群。", "请换一个名字。", text=text)
    return text


def _own(uow: UnitOfWork, segment_id: str, actor: Actor, *, ending: bool = False) -> Mapping[str, Any]:
    """The segment, if the actor may change it."""
    statement = "SELECT * FROM segment WHERE id = ? AND ended_at IS NULL AND (shared OR guide_id = ?)"
    row = uow.conn.exec_driver_sql(statement, (segment_id, actor.guide_id)).mappings().one_or_none()
    if row is None:
        raise NotFoundError("segment.unknown", "没有编号为 {id} 的分群。", "先用 segments list 查看。", id=segment_id)
    if row["guide_id"] != actor.guide_id and not (ending and actor.is_manager):
        raise InvalidInputError(
            "segment.not_yours", "「{name}」是同事的分群。", "可以另存一份自己的。", name=row["name"]
        )
    return dict(row)


def _own_list(uow: UnitOfWork, segment_id: str, actor: Actor) -> None:
    if _own(uow, segment_id, actor)["mode"] != "static":
        raise InvalidInputError("segment.dynamic", "动态分群的成员由规则决定。", "请修改规则, 或另存为固定名单。")


def _enlist(uow: UnitOfWork, segment_id: str, client_ids: tuple[str, ...], actor: Actor) -> int:
    wanted = dict.fromkeys(client_ids)
    rows = uow.conn.exec_driver_sql(
        "SELECT id FROM client WHERE merged_into IS NULL AND id IN (SELECT value FROM json_each(?))",
        (json_list(wanted),),
    )
    unknown = wanted.keys() - {row[0] for row in rows}
    if unknown:
        raise NotFoundError(
            "client.unknown", "没有编号为 {id} 的客户。", "先用 clients search 找到客户。", id=min(unknown)
        )
    held = {
        row[0]
        for row in uow.conn.exec_driver_sql("SELECT client_id FROM segment_member WHERE segment_id = ?", (segment_id,))
    }
    fresh = [client_id for client_id in wanted if client_id not in held]
    for client_id in fresh:
        member = {"segment_id": segment_id, "client_id": client_id, "guide_id": actor.guide_id, "at": uow.now_ms}
        uow.put("segment_member", member)
    return len(fresh)
