"""Deeds on the client book. Each is one transaction and carries its author."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection

from guide_app.base.actor import Actor
from guide_app.base.birth import require_birthday
from guide_app.base.errors import InvalidInputError
from guide_app.base.phone import mask_phone
from guide_app.base.said import Said
from guide_app.base.tag_words import TagGuard
from guide_app.clients.intimate import require_place
from guide_app.clients.known import known_client
from guide_app.clients.lawful import check_age, check_note
from guide_app.clients.merging import merge, unmerge
from guide_app.clients.model import Edit, clean_fields
from guide_app.clients.standing import note_step, require_standing
from guide_app.clients.tags import Hanging, hang, take_off
from guide_app.protocol.one_person import BIRTH_FIELDS
from guide_app.protocol.records import Client
from guide_app.store.consent_facts import file_said, unproven
from guide_app.store.database import Database
from guide_app.store.overlay import Effect
from guide_app.store.uow import UnitOfWork

#: Whose number it is; of a client who was merged, hers whose record stays.
_WHOSE_PHONE = """SELECT s.name FROM client c JOIN client s ON s.id = coalesce(c.merged_into, c.id)
    WHERE c.phone = ?1 AND s.id <> ?2"""
#: Fields that only follow a fact.
_CONSENT = frozenset({"contact_state", "consent_version", "consent_at"})
#: Fields in which a guide writes what she likes.
_TOLD = frozenset({"remark", "preference"})
#: Raises InvalidInputError if a client (id) is not to be contacted at a moment (UTC ms).
MayContact = Callable[[Connection, str, int], None]


class ClientService:
    """Changes clients, their tags and notes."""

    def __init__(self, db: Database, guard: TagGuard | None = None, may_contact: MayContact | None = None) -> None:
        """`may_contact` judges a message before it is written down; None: nobody limits contacts.

        `guard` says what may not be written down about anybody, or only with her consent.
        """
        self._db = db
        self.guard = guard or TagGuard.shipped()
        self._may_contact = may_contact

    def add(
        self, fields: Mapping[str, Any], actor: Actor, tags: tuple[str, ...] = (), *, said: Said | None = None
    ) -> str:
        """Add a client whose primary guide is the actor; returns the id. What she `said` of contact is filed with her.

        A WeChat does for a name. Raises InvalidInputError if a field is wrong, the phone is in the book already (the
        sentence names whose), and for an agreement without version and proof.
        """
        cleaned = clean_fields({**fields, "name": fields.get("name", "").strip() or fields.get("wechat", "")})
        word = _word(cleaned, said)

        def deed(uow: UnitOfWork) -> str:
            _refuse_duplicate(uow, cleaned.get("phone", ""), but="")
            record = {"primary_guide_id": actor.guide_id, "created_at": uow.now_ms, **cleaned}
            nobody = msgspec.structs.asdict(Client())
            whole = nobody | record | {"id": ""}
            require_standing(whole, nobody, actor)
            require_birthday(whole)
            check_age(uow.conn, whole, uow.now_ms)
            if cleaned.get("starred"):
                require_place(uow.conn, {"id": "", **record})
            client_id = uow.put("client", record)
            for name in _TOLD & cleaned.keys():
                check_note(uow.conn, client_id, str(cleaned[name]), self.guard)
            if word is not None:
                file_said(uow, client_id, word, actor.guide_id)
            for tag in tags:
                hang(uow, client_id, Hanging(tag), actor, self.guard)
            return client_id

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def edit(self, client_id: str, fields: Mapping[str, Any], actor: Actor) -> Edit:
        """Change some fields; returns what they were, for undo.

        A refusal of contact is filed as such, and cannot be undone; an agreement is not a field (`PrivacyService`).
        A birthday that came from another system stays as it is, but none is changed to a day that there is not.
        A step of the follow-up state is written onto the timeline. Raises NotFoundError; InvalidInputError, also
        (`client.under_age`) for a birthday under 14 years ago without a guardian's consent, and what `require_standing`
        raises.
        """
        cleaned = clean_fields(fields)

        def deed(uow: UnitOfWork) -> Edit:
            row = known_client(uow.conn, client_id)
            unknown = cleaned.keys() - row.keys()
            if unknown:
                raise InvalidInputError(
                    "client.field", "客户没有字段 {names}。", "请核对字段名。", names=", ".join(sorted(unknown))
                )
            if row["contact_state"] == "refused" and cleaned.get("contact_state", "refused") != "refused":
                raise InvalidInputError(
                    "consent.refused", "{name} 已拒绝联系。", "只有客户本人可以重新同意。", name=row["name"]
                )
            if cleaned.get("starred") and not row["starred"]:
                require_place(uow.conn, row)
            if "phone" in cleaned:
                _refuse_duplicate(uow, cleaned["phone"], but=client_id)
            require_standing({**row, **cleaned}, row, actor)
            require_birthday({**row, **cleaned}, row)
            check_age(uow.conn, {**row, **cleaned}, uow.now_ms, row)
            for name in _TOLD & cleaned.keys():
                if cleaned[name] != row[name]:
                    check_note(uow.conn, client_id, str(cleaned[name]), self.guard)
            plain = {name: value for name, value in cleaned.items() if name not in _CONSENT}
            if any(cleaned[name] != row[name] for name in cleaned.keys() & _CONSENT):
                if cleaned.get("contact_state") != "refused":
                    raise unproven()
                file_said(uow, client_id, Said("refused"), actor.guide_id, store_id=row["store_id"])
            uow.patch("client", client_id, plain)
            note_step(uow, row, str(plain.get("follow_state", row["follow_state"])), actor)
            return Edit(client_id, {name: row[name] for name in plain}, plain)

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def undo(self, edit: Edit, actor: Actor) -> Edit:
        """Bring back the fields of an edit, unless somebody has changed them since (those stay).

        A birthday comes back whole or not at all. Raises NotFoundError; InvalidInputError where a number is by now
        another client's.
        """

        def deed(uow: UnitOfWork) -> Edit:
            row = known_client(uow.conn, edit.client_id)
            back = {name: value for name, value in edit.before.items() if row[name] == edit.after[name]}
            born = edit.before.keys() & set(BIRTH_FIELDS)
            if not born <= back.keys():
                back = {name: value for name, value in back.items() if name not in born}
            if back.get("starred") and not row["starred"]:
                require_place(uow.conn, row)
            _refuse_duplicate(uow, back.get("phone", ""), but=edit.client_id)
            uow.patch("client", edit.client_id, back)
            return Edit(edit.client_id, {name: edit.after[name] for name in back}, back)

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def archive(self, client_id: str, actor: Actor) -> Edit:
        """Take a client out of the lists; nothing is deleted."""

        def deed(uow: UnitOfWork) -> Edit:
            before = known_client(uow.conn, client_id)["archived_at"]
            uow.patch("client", client_id, {"archived_at": uow.now_ms})
            return Edit(client_id, {"archived_at": before}, {"archived_at": uow.now_ms})

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def tag(self, client_id: str, name: str, actor: Actor, group: str = "") -> str | None:
        """Hang a tag on a client; returns its id, None if it hangs there already."""

        def deed(uow: UnitOfWork) -> str | None:
            return hang(uow, client_id, Hanging(name, group), actor, self.guard)

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def untag(self, client_id: str, name: str, actor: Actor) -> int:
        """Take a tag off; returns how many marks of that name were removed."""

        def deed(uow: UnitOfWork) -> int:
            return take_off(uow, client_id, name, actor)

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def note(self, client_id: str, body: str, actor: Actor, kind: str = "note", *, private: bool = False) -> str:
        """Write a note, call, visit or message onto the timeline; returns its id. A private one is the actor's own.

        Raises NotFoundError; InvalidInputError without words, for a message to a client who has been contacted as
        often as head office allows, and (`note.forbidden`, `note.consent_needed`) for what may not be written down
        about her; what was sent to her is not about her.
        """
        text = body.strip()
        if not text:
            raise InvalidInputError("note.empty", "备注没有内容。", "写一句话再保存。")

        def deed(uow: UnitOfWork) -> str:
            store = str(known_client(uow.conn, client_id)["store_id"])
            if kind == "message" and self._may_contact is not None:
                self._may_contact(uow.conn, client_id, uow.now_ms)
            if kind != "message":
                check_note(uow.conn, client_id, text, self.guard)
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
            row = known_client(uow.conn, client_id)
            if row["archived_at"] is None:
                uow.patch("client", client_id, {"archived_at": uow.now_ms})
            uow.command("client.erase", client_id, {"reason": why}, effects=())
            return str(row["name"])

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def merge(
        self, client_id: str, into_id: str, actor: Actor, *, take: Sequence[str] = (),
        keep: Mapping[str, Any] | None = None,
    ) -> str:  # fmt: skip
        """Say that two records are one person; `into_id` stays and gets everything. Returns the name that stays.

        `take` names fields whose value of the record that ends is right (`birth` for a birthday), `keep` holds values
        of its own. Carried out at the next contact; `unmerge` takes it back for 30 days. Raises NotFoundError,
        InvalidInputError for one and the same client, two of different stores, and fields that are not to be chosen.
        """
        return self._db.change(
            lambda uow: merge(uow, client_id, into_id, take, keep), by=actor.guide_id, origin=actor.origin
        )

    def unmerge(self, client_id: str, actor: Actor) -> str:
        """Take a merge back: the record that ended is a client of her own again; returns her name.

        What was written since stays with the survivor. Raises NotFoundError, InvalidInputError for who is not merged.
        """
        return self._db.change(lambda uow: unmerge(uow, client_id), by=actor.guide_id, origin=actor.origin)

    def transfer(self, client_id: str, to_store: str, reason: str, actor: Actor, to_guide: str | None = None) -> str:
        """Hand a client over to another store, with all that hangs on her; returns her name. For managers.

        Carried out at the next contact: then she leaves this PC. Until then she is off the lists. Raises NotFoundError,
        InvalidInputError without a reason, for a guide who is no manager, or for a store that is not another one.
        """
        why = reason.strip()

        def deed(uow: UnitOfWork) -> str:
            row = known_client(uow.conn, client_id)
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


def _word(cleaned: dict[str, Any], said: Said | None) -> Said | None:
    """What a new client said of contact; takes it out of her fields, where it would stand without a fact."""
    state, version = cleaned.pop("contact_state", "none"), cleaned.pop("consent_version", "")
    cleaned.pop("consent_at", None)
    if said is not None:
        return said
    return None if state in ("", "none") else Said(state, version)


def _refuse_duplicate(uow: UnitOfWork, phone: str, *, but: str) -> None:
    if not phone:
        return
    other = uow.conn.exec_driver_sql(_WHOSE_PHONE, (phone, but)).first()
    if other is not None:
        raise InvalidInputError(
            "client.duplicate",
            "手机号 {phone} 已在本店客户「{name}」名下。",
            "请打开那位客户。",
            phone=mask_phone(phone),
            name=other[0],
        )
