"""Deeds on the client book. Each is one transaction and carries its author."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection

from guide_app.base.actor import Actor
from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.base.phone import mask_phone
from guide_app.clients.model import Edit, clean_fields
from guide_app.clients.tag_words import TagGuard
from guide_app.clients.tags import Hanging, hang, take_off
from guide_app.protocol.kinds import KINDS
from guide_app.store.database import Database
from guide_app.store.overlay import Effect
from guide_app.store.uow import UnitOfWork

#: Whose number it is; of a client who was merged, hers whose record stays.
_WHOSE_PHONE = """SELECT s.name FROM client c JOIN client s ON s.id = coalesce(c.merged_into, c.id)
    WHERE c.phone = ?1 AND s.id <> ?2"""
#: Kinds whose records name their client.
_NAMING = tuple(name for name, kind in KINDS.items() if "client_id" in kind.fields)

#: Raises InvalidInputError if a client (id) is not to be contacted at a moment (UTC ms).
MayContact = Callable[[Connection, str, int], None]


class ClientService:
    """Changes clients, their tags and notes."""

    def __init__(self, db: Database, guard: TagGuard | None = None, may_contact: MayContact | None = None) -> None:
        """`may_contact` judges a message before it is written down; None: nobody limits contacts."""
        self._db = db
        self._guard = guard or TagGuard.shipped()
        self._may_contact = may_contact

    def add(self, fields: Mapping[str, Any], actor: Actor, tags: tuple[str, ...] = ()) -> str:
        """Add a client whose primary guide is the actor; returns the id.

        Raises InvalidInputError if a field is wrong or the phone is in the book already (the sentence names whose).
        """
        cleaned = clean_fields({"name": "", **fields})

        def deed(uow: UnitOfWork) -> str:
            _refuse_duplicate(uow, cleaned.get("phone", ""), but="")
            record = {"primary_guide_id": actor.guide_id, "created_at": uow.now_ms, **cleaned}
            client_id = uow.put("client", record)
            for tag in tags:
                hang(uow, client_id, Hanging(tag), actor, self._guard)
            return client_id

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def edit(self, client_id: str, fields: Mapping[str, Any], actor: Actor) -> Edit:
        """Change some fields; returns what they were, for undo. Refusal of contact can only be set, never lifted."""
        cleaned = clean_fields(fields)

        def deed(uow: UnitOfWork) -> Edit:
            row = _client(uow, client_id)
            unknown = cleaned.keys() - row.keys()
            if unknown:
                raise InvalidInputError(
                    "client.field", f"客户没有字段 {', '.join(sorted(unknown))}。", "请核对字段名。"
                )
            if row["contact_state"] == "refused" and cleaned.get("contact_state", "refused") != "refused":
                raise InvalidInputError("consent.refused", f"{row['name']} 已拒绝联系。", "只有客户本人可以重新同意。")
            if "phone" in cleaned:
                _refuse_duplicate(uow, cleaned["phone"], but=client_id)
            uow.patch("client", client_id, cleaned)
            return Edit(client_id, {name: row[name] for name in cleaned}, cleaned)

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def undo(self, edit: Edit, actor: Actor) -> Edit:
        """Bring back the fields of an edit, unless somebody has changed them since (those stay)."""

        def deed(uow: UnitOfWork) -> Edit:
            row = _client(uow, edit.client_id)
            back = {name: value for name, value in edit.before.items() if row[name] == edit.after[name]}
            uow.patch("client", edit.client_id, back)
            return Edit(edit.client_id, {name: edit.after[name] for name in back}, back)

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def archive(self, client_id: str, actor: Actor) -> Edit:
        """Take a client out of the lists; nothing is deleted."""

        def deed(uow: UnitOfWork) -> Edit:
            before = _client(uow, client_id)["archived_at"]
            uow.patch("client", client_id, {"archived_at": uow.now_ms})
            return Edit(client_id, {"archived_at": before}, {"archived_at": uow.now_ms})

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def tag(self, client_id: str, name: str, actor: Actor, group: str = "") -> str | None:
        """Hang a tag on a client; returns its id, None if it hangs there already."""

        def deed(uow: UnitOfWork) -> str | None:
            return hang(uow, client_id, Hanging(name, group), actor, self._guard)

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def untag(self, client_id: str, name: str, actor: Actor) -> int:
        """Take a tag off; returns how many marks of that name were removed."""

        def deed(uow: UnitOfWork) -> int:
            return take_off(uow, client_id, name, actor)

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def note(self, client_id: str, body: str, actor: Actor, kind: str = "note", *, private: bool = False) -> str:
        """Write a note, call, visit or message onto the timeline; returns its id. A private one is the actor's own.

        Raises NotFoundError; InvalidInputError without words, and for a message to a client who has been contacted as
        often as head office allows.
        """
        text = body.strip()
        if not text:
            raise InvalidInputError("note.empty", "备注没有内容。", "写一句话再保存。")

        def deed(uow: UnitOfWork) -> str:
            store = str(_client(uow, client_id)["store_id"])
            if kind == "message" and self._may_contact is not None:
                self._may_contact(uow.conn, client_id, uow.now_ms)
            record = {
                "client_id": client_id, "guide_id": actor.guide_id, "kind": kind, "body": text, "at": uow.now_ms,
                **({"private": True} if private else {}),
            }  # fmt: skip
            return uow.put("note", record, store_id=store)

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def erase(self, client_id: str, reason: str, actor: Actor) -> str:
        """Ask for a client's erasure by law; returns her name. Carried out at the next contact with head office.

        Until then she leaves the lists. Raises NotFoundError, InvalidInputError without a reason.
        """
        why = reason.strip()
        if not why:
            raise InvalidInputError("erase.reason", "没有写抹除的原因。", "例如「客户本人要求」。")

        def deed(uow: UnitOfWork) -> str:
            row = _client(uow, client_id)
            if row["archived_at"] is None:
                uow.patch("client", client_id, {"archived_at": uow.now_ms})
            uow.command("client.erase", client_id, {"reason": why}, effects=())
            return str(row["name"])

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def merge(self, client_id: str, into_id: str, actor: Actor) -> str:
        """Say that two records are one person; `into_id` stays and gets everything. Returns the name that stays.

        Carried out at the next contact; head office can undo it for 30 days. Raises NotFoundError, InvalidInputError
        for one and the same client or two of different stores.
        """

        def deed(uow: UnitOfWork) -> str:
            ends, stays = _client(uow, client_id), _client(uow, into_id)
            if ends["id"] == stays["id"] or ends["merged_into"] is not None or stays["merged_into"] is not None:
                raise InvalidInputError("merge.same", "这两条已经是同一位客户。", "请选另一位。")
            if ends["store_id"] != stays["store_id"]:
                raise InvalidInputError("merge.unknown", "两位客户不在同一家门店。", "先办理转店, 再合并。")
            gone = {"merged_into": into_id, "archived_at": ends["archived_at"] or uow.now_ms}
            effects = [Effect("client", client_id, "patch", gone)]
            for kind in _NAMING:
                hers = uow.conn.exec_driver_sql(f'SELECT id FROM "{kind}" WHERE client_id = ?', (client_id,)).all()
                effects += [Effect(kind, row[0], "patch", {"client_id": into_id}) for row in hers]
            uow.command("client.merge", client_id, {"into": into_id}, effects)
            return str(stays["name"])

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def transfer(self, client_id: str, to_store: str, reason: str, actor: Actor, to_guide: str | None = None) -> str:
        """Hand a client over to another store, with all that hangs on her; returns her name. For managers.

        Carried out at the next contact: then she leaves this PC. Until then she is off the lists. Raises NotFoundError,
        InvalidInputError without a reason, for a guide who is no manager, or for a store that is not another one.
        """
        why = reason.strip()

        def deed(uow: UnitOfWork) -> str:
            row = _client(uow, client_id)
            if not actor.is_manager:
                raise InvalidInputError("transfer.not_manager", "转店由店长办理。", "请店长登录后再办。")
            if not why:
                raise InvalidInputError("transfer.reason", "没有写转店的原因。", "例如「客户搬家」。")
            known = uow.conn.exec_driver_sql("SELECT 1 FROM store WHERE id = ?", (to_store,)).first()
            if known is None or to_store == row["store_id"]:
                raise InvalidInputError("transfer.store_unknown", "没有要转入的另一家门店。", "请从列表里选。")
            params = {"to_store": to_store, "reason": why} | ({"to_guide": to_guide} if to_guide else {})
            leaves = Effect("client", client_id, "patch", {"archived_at": row["archived_at"] or uow.now_ms})
            uow.command("client.transfer", client_id, params, [leaves])
            return str(row["name"])

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)


def _client(uow: UnitOfWork, client_id: str) -> Mapping[str, Any]:
    row = uow.conn.exec_driver_sql("SELECT * FROM client WHERE id = ?", (client_id,)).mappings().one_or_none()
    if row is None:
        raise NotFoundError("client.unknown", f"没有编号为 {client_id} 的客户。", "先用 clients search 找到客户。")
    return dict(row)


def _refuse_duplicate(uow: UnitOfWork, phone: str, *, but: str) -> None:
    if not phone:
        return
    other = uow.conn.exec_driver_sql(_WHOSE_PHONE, (phone, but)).first()
    if other is not None:
        raise InvalidInputError(
            "client.duplicate", f"手机号 {mask_phone(phone)} 已在本店客户「{other[0]}」名下。", "请打开那位客户。"
        )
