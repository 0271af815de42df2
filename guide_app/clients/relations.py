"""Who is close to a client: family, friends, who brought her. One step only is shown, in both directions."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

from sqlalchemy import Connection

from guide_app.base.actor import Actor
from guide_app.base.errors import InvalidInputError
from guide_app.clients.known import known_client
from guide_app.store.database import Database
from guide_app.store.uow import UnitOfWork

RelationKind = Literal["spouse", "child", "parent", "family", "friend", "referred_by"]
#: What the other one is, seen from the relative: of whom she is a child is her parent.
SeenKind = Literal["spouse", "child", "parent", "family", "friend", "referred_by", "referred"]
_BACK: dict[RelationKind, SeenKind] = {
    "spouse": "spouse", "child": "parent", "parent": "child", "family": "family", "friend": "friend",
    "referred_by": "referred",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RelationRow:
    """Somebody close to the client. `relative_id` opens her own portrait; None: known by name and sizes only.

    `kind` is what she is to the client who is shown. `own` says that the relation was written at this client and can be
    marked as whom a purchase was for.
    """

    id: str
    kind: SeenKind
    relative_id: str | None
    name: str
    sex: str
    shoe_size: str
    top_size: str
    note: str
    own: bool


@dataclass(frozen=True, slots=True)
class NewRelation:
    """A relation as it was said: a client of the book, or a name."""

    kind: RelationKind
    relative_id: str | None = None
    name: str = ""
    sex: Literal["", "female", "male"] = ""
    shoe_size: str = ""
    top_size: str = ""
    note: str = ""


def relations_of(conn: Connection, client_id: str) -> tuple[RelationRow, ...]:
    """Her relations that have not ended: those written at her, then those that name her."""
    own = """SELECT r.id, r.kind, r.relative_id, coalesce(nullif(r.name, ''), c.name, ''), r.sex,
            coalesce(nullif(r.shoe_size, ''), c.shoe_size, ''), coalesce(nullif(r.top_size, ''), c.top_size, ''), r.note
        FROM relation r LEFT JOIN client c ON c.id = r.relative_id
        WHERE r.client_id = ? AND r.ended_at IS NULL ORDER BY r.id"""
    back = """SELECT r.id, r.kind, c.id, c.name, c.sex, c.shoe_size, c.top_size, r.note
        FROM relation r JOIN client c ON c.id = r.client_id
        WHERE r.relative_id = ? AND r.ended_at IS NULL AND c.merged_into IS NULL ORDER BY r.id"""
    hers = [RelationRow(*(*row, True)) for row in conn.exec_driver_sql(own, (client_id,))]
    named = {row.relative_id for row in hers if row.relative_id}
    others = [
        RelationRow(*(ident, _BACK[kind], *rest, False))
        for ident, kind, *rest in conn.exec_driver_sql(back, (client_id,))
        if rest[0] not in named
    ]
    return (*hers, *others)


class RelationService:
    """Writes and ends relations."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, client_id: str, relation: NewRelation, actor: Actor) -> str:
        """Write down who is close to a client; returns the relation's id.

        Raises NotFoundError for an unknown client or relative; InvalidInputError without a name or client, for herself,
        or if the two are linked this way already.
        """
        if relation.relative_id is None and not relation.name.strip():
            raise InvalidInputError("relation.name", "关系人要有姓名, 或者是书里的客户。", "例如「女儿 豆豆」。")
        if relation.relative_id == client_id:
            raise InvalidInputError("relation.self", "不能把客户和她自己连起来。", "请选另一位。")

        def deed(uow: UnitOfWork) -> str:
            store = str(known_client(uow.conn, client_id)["store_id"])
            if relation.relative_id is not None:
                _refuse_double(uow.conn, client_id, relation)
            record = {**asdict(relation), "client_id": client_id, "guide_id": actor.guide_id, "at": uow.now_ms}
            record["name"] = relation.name.strip()
            return uow.put("relation", record, store_id=store)

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def end(self, relation_id: str, actor: Actor) -> bool:
        """End a relation; nothing is deleted. Returns whether it stood until now. Raises NotFoundError."""
        return self._db.change(
            lambda uow: uow.patch("relation", relation_id, {"ended_at": uow.now_ms}),
            by=actor.guide_id,
            origin=actor.origin,
        )

    def resume(self, relation_id: str, actor: Actor) -> bool:
        """Let an ended relation stand again: the undo of `end`. Raises NotFoundError."""
        return self._db.change(
            lambda uow: uow.patch("relation", relation_id, {"ended_at": None}), by=actor.guide_id, origin=actor.origin
        )


def _refuse_double(conn: Connection, client_id: str, relation: NewRelation) -> None:
    relative = known_client(conn, str(relation.relative_id))
    statement = "SELECT 1 FROM relation WHERE client_id = ? AND relative_id = ? AND kind = ? AND ended_at IS NULL"
    if conn.exec_driver_sql(statement, (client_id, relation.relative_id, relation.kind)).first():
        raise InvalidInputError(
            "relation.double", "和 {name} 已经是这个关系。", "不用再加一次。", name=relative["name"]
        )
