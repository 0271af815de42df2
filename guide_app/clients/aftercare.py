"""售后: repairs, exchanges, alterations and complaints, and how long what she bought is under warranty."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection

from guide_app.base.actor import Actor
from guide_app.base.clock import china_date
from guide_app.base.errors import InvalidInputError
from guide_app.clients.known import known_client
from guide_app.clients.sizes import Line
from guide_app.store.database import Database
from guide_app.store.uow import UnitOfWork

ServiceKind = Literal["repair", "exchange", "alteration", "complaint", "warranty"]


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One thing done for her after a sale. `due_at` is when it is to be ready, `until` a warranty's end (UTC ms)."""

    id: str
    kind: ServiceKind
    title: str
    body: str
    at: int
    due_at: int | None
    until: int | None
    state: Literal["open", "done"]


@dataclass(frozen=True, slots=True)
class Warranty:
    """How long a line she kept is under warranty: the last day that counts."""

    line_id: str
    title: str
    bought: dt.date
    until: dt.date


@dataclass(frozen=True, slots=True)
class NewService:
    """A service as it was taken in. Moments are UTC ms."""

    kind: ServiceKind
    title: str
    body: str = ""
    due_at: int | None = None
    until: int | None = None
    purchase_line_id: str | None = None


def services_of(conn: Connection, client_id: str, limit: int = 50) -> tuple[ServiceRow, ...]:
    """What was and is done for her, open ones first, then the newest."""
    statement = """SELECT id, kind, title, body, at, due_at, until, state FROM service WHERE client_id = ?
        ORDER BY state = 'done', at DESC, id DESC LIMIT ?"""
    return tuple(ServiceRow(*row) for row in conn.exec_driver_sql(statement, (client_id, limit)))


def warranties(kept: Iterable[Line], today: dt.date) -> tuple[Warranty, ...]:
    """The warranties that still run on `today`, the first to end first; the day of purchase is day 0."""
    found = (
        Warranty(line.id, " ".join(filter(None, (line.title, line.colour, line.size))), bought, bought + lasts)
        for line in kept
        for bought, lasts in ((china_date(line.at), dt.timedelta(line.warranty_days)),)
        if line.warranty_days > 0 and bought + lasts >= today
    )
    return tuple(sorted(found, key=lambda one: (one.until, one.line_id)))


class AftercareService:
    """Takes services in and closes them."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, client_id: str, service: NewService, actor: Actor) -> str:
        """Take a service in; returns its id.

        Raises NotFoundError for an unknown client; InvalidInputError without a title, for a warranty without an end,
        or if it is due before it begins.
        """
        title = service.title.strip()
        if not title:
            raise InvalidInputError("service.title", "没有写是什么售后。", "例如「换鞋跟」。")
        if service.kind == "warranty" and service.until is None:
            raise InvalidInputError("service.until", "保修要有截止日期。", "请填保到哪一天。")

        def deed(uow: UnitOfWork) -> str:
            store = str(known_client(uow.conn, client_id)["store_id"])
            if service.due_at is not None and china_date(service.due_at) < china_date(uow.now_ms):
                raise InvalidInputError("service.due", "约好的日子已经过了。", "请填今天或以后的日子。")
            record = {
                "client_id": client_id, "kind": service.kind, "title": title, "body": service.body.strip(),
                "due_at": service.due_at, "until": service.until, "guide_id": actor.guide_id, "at": uow.now_ms,
                **_bought(uow.conn, service.purchase_line_id),
            }  # fmt: skip
            return uow.put("service", record, store_id=store)

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def done(self, service_id: str, actor: Actor) -> bool:
        """Close a service; returns whether it was open. Raises NotFoundError."""
        return self._db.change(
            lambda uow: uow.patch("service", service_id, {"state": "done"}), by=actor.guide_id, origin=actor.origin
        )


def _bought(conn: Connection, line_id: str | None) -> dict[str, str | None]:
    if line_id is None:
        return {}
    row = conn.exec_driver_sql("SELECT purchase_id, product_id FROM purchase_line WHERE id = ?", (line_id,)).first()
    if row is None:
        raise InvalidInputError("service.line", "没有这一件购买记录。", "请从她的购买记录里选。")
    return {"purchase_line_id": line_id, "purchase_id": row[0], "product_id": row[1]}
