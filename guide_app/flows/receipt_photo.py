"""The photo of a receipt that a guide noted: shown, replaced, taken away, put back."""

from __future__ import annotations

from sqlalchemy import Connection

from guide_app.base.actor import Actor
from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.store.database import Database
from guide_app.store.overlay import Effect
from guide_app.store.photos import add_photo, checked_name, name_again, photo_bytes
from guide_app.store.uow import UnitOfWork

_NOTED = "SELECT photo, verified, client_id, store_id FROM purchase WHERE id = ?"


def receipt_photo(db: Database, purchase_id: str) -> bytes:
    """The photo of a receipt (JPEG); empty if there is none, or if it has not come yet."""

    def read(conn: Connection) -> bytes:
        name = conn.exec_driver_sql("SELECT photo FROM purchase WHERE id = ?", (purchase_id,)).scalar()
        return photo_bytes(conn, purchase_id, name) if name else b""

    return db.query(read)


def replace_receipt_photo(db: Database, actor: Actor, purchase_id: str, body: bytes) -> str:
    """Let a photo (JPEG) take the place of a noted receipt's, empty: of none; returns the name of the one before.

    Raises what `name_receipt_photo` raises; InvalidInputError `photo.unfit` for what may not travel.
    """
    name = checked_name(body) if body else ""
    return db.change(
        lambda uow: _name(uow, actor, purchase_id, name, body), by=actor.guide_id, origin=actor.origin
    )  # fmt: skip


def name_receipt_photo(db: Database, actor: Actor, purchase_id: str, name: str) -> str:
    """Let a noted receipt have the photo of this name (empty: none) again; returns the name of the one before.

    Head office does it as a command: purchases are written once. Raises NotFoundError; InvalidInputError for the till's
    own receipt (`purchase.verified`) and for a photo that is here no more (`photo.gone`).
    """
    return db.change(lambda uow: _name(uow, actor, purchase_id, name), by=actor.guide_id, origin=actor.origin)


def _name(uow: UnitOfWork, actor: Actor, purchase_id: str, name: str, body: bytes = b"") -> str:
    row = uow.conn.exec_driver_sql(_NOTED, (purchase_id,)).first()
    if row is None:
        raise NotFoundError("purchase.unknown", "这笔补录已不在了。", "收银台的小票可能已经代替了它。")
    before, verified, client_id, store_id = row
    if verified:
        raise InvalidInputError("purchase.verified", "这是收银台的小票, 不能改。", "只有补录的小票带照片。")
    if name == before:
        return str(before)
    if name and not body and not photo_bytes(uow.conn, purchase_id, name):
        raise InvalidInputError("photo.gone", "这张照片已不在了。", "请再选一次。")
    uow.command(
        "receipt.photo", purchase_id, {"photo": name}, [Effect("purchase", purchase_id, "patch", {"photo": name})]
    )
    if body:
        add_photo(uow, "purchase", purchase_id, client_id, body)
    name_again(uow, purchase_id, was=str(before), now=name)
    line = {
        "guide_id": actor.guide_id, "client_id": client_id, "deed": "receipt_photo", "records": 1, "at": uow.now_ms,
        "reason": "换上小票照片" if name else "去掉小票照片", "proof": name or str(before),
    }  # fmt: skip
    uow.put("access_log", line, store_id=store_id)
    return str(before)
