"""Deeds of privacy: taking down a consent or its withdrawal, looking at a number. Each is one transaction."""

from __future__ import annotations

from guide_app.base.actor import Actor
from guide_app.base.errors import GuideError, InvalidInputError, LockedError, NotFoundError
from guide_app.privacy.model import WAYS, Agreement, Channel, Purpose, Way, agreement, client_fields
from guide_app.privacy.queries import looked_at_today, read_ledger
from guide_app.privacy.rules import REVEAL_LIMIT, figure
from guide_app.protocol.kinds import KINDS
from guide_app.protocol.records import Consent
from guide_app.store.database import Database
from guide_app.store.uow import UnitOfWork


class PrivacyService:
    """Changes what is known of a client's will, and hands out what is masked."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def grant(
        self, client_id: str, purpose: Purpose, actor: Actor, *, channel: Channel = "any", version: str, way: Way,
        proof: str,
    ) -> Agreement:  # fmt: skip
        """File a consent and bring the client's record in step; returns what holds then.

        `version` is that of the words she was shown, `proof` where the proof lies (form number, what she said). Raises
        NotFoundError; InvalidInputError without version or proof, for a way that is head office's, and
        (`consent.refused`) after a refusal or withdrawal, which she alone can take back.
        """
        if way not in WAYS:
            raise InvalidInputError("consent.way", "页面上的同意由总部登记。", "请选 口头、纸质 或 扫码。")
        if not version.strip() or not proof.strip():
            raise InvalidInputError(
                "consent.unproven",
                "同意要写明告知书版本和凭据 (个人信息保护法第 14 条)。",
                "例如版本 2026-1, 凭据「告知书编号 0231」。",
            )
        return self._file(client_id, purpose, channel, actor, granted=True, version=version, way=way, proof=proof)

    def withdraw(
        self, client_id: str, purpose: Purpose, actor: Actor, *, channel: Channel = "any", way: Way = "spoken",
        proof: str = "",
    ) -> Agreement:  # fmt: skip
        """File a withdrawal; nothing is asked for it (个人信息保护法 15). Of `service` on all channels it is a refusal.

        Raises NotFoundError.
        """
        return self._file(client_id, purpose, channel, actor, granted=False, version="", way=way, proof=proof)

    def _file(
        self, client_id: str, purpose: Purpose, channel: Channel, actor: Actor, *, granted: bool, version: str,
        way: Way, proof: str,
    ) -> Agreement:  # fmt: skip
        def deed(uow: UnitOfWork) -> Agreement:
            ledger = read_ledger(uow.conn, client_id)
            refused = ledger.contact_state == "refused" and purpose in ("service", "marketing")
            held = agreement(ledger.facts, purpose, channel, uow.now_ms)
            if granted and (refused or held.standing == "withdrawn"):
                raise _hers_alone()
            new = Consent(
                id=uow.new_id(), client_id=client_id, purpose=purpose, channel=channel, granted=granted,
                version=version.strip(), way=way, proof=proof.strip(), guide_id=actor.guide_id, at=uow.now_ms,
            )  # fmt: skip
            known = KINDS["consent"].fields
            store = uow.conn.exec_driver_sql("SELECT store_id FROM client WHERE id = ?", (client_id,)).scalar_one()
            uow.put("consent", {name: getattr(new, name) for name in known}, id=new.id, store_id=store)
            if not refused:
                uow.patch("client", client_id, client_fields(ledger.contact_state, ledger.facts, new))
            return agreement((*ledger.facts, new), purpose, channel, uow.now_ms)

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def printed(self, reason: str, records: int, actor: Actor, client_id: str | None = None) -> None:
        """Note that a list of `records` clients, or one client's sheet, left the screen on paper or as a file."""
        note = {"guide_id": actor.guide_id, "client_id": client_id, "deed": "print_list", "reason": reason}
        self._db.change(
            lambda uow: uow.put("access_log", {**note, "records": records, "at": uow.now_ms}),
            by=actor.guide_id,
            origin=actor.origin,
        )

    def reveal_phone(self, client_id: str, reason: str, actor: Actor | None) -> str:
        """The phone in clear; who looked at whose, when and why is noted first, for her manager and head office.

        Whom she has looked at today she may look at again; a further client counts against the daily limit (house rule
        `reveal_limit`). Raises LockedError without an actor, NotFoundError, InvalidInputError without a reason,
        GuideError (`reveal.limit`).
        """
        if actor is None:
            raise LockedError("locked", "请先选择导购并输入 PIN。", "运行 guide login --guide 工号。")
        guide_id, why = actor.guide_id, reason.strip()
        if not why:
            raise InvalidInputError("reveal.reason", "没有写查看的原因。", "例如「电话回访」。")

        def deed(uow: UnitOfWork) -> str:
            row = uow.conn.exec_driver_sql("SELECT phone, store_id FROM client WHERE id = ?", (client_id,)).first()
            if row is None:
                raise NotFoundError(
                    "client.unknown", "没有编号为 {id} 的客户。", "先用 clients search 找到客户。", id=client_id
                )
            seen, limit = looked_at_today(uow.conn, guide_id, uow.now_ms), figure(uow.conn, REVEAL_LIMIT)
            if client_id not in seen and len(seen) >= limit:
                raise GuideError(
                    "reveal.limit",
                    "今天已查看 {seen} 位客户的号码, 每人每天最多 {limit} 位。",
                    "今天看过的可以再看; 其余请明天再看, 急需时请店长登录后查看。",
                    seen=len(seen),
                    limit=limit,
                )
            note = {"guide_id": guide_id, "client_id": client_id, "deed": "reveal", "reason": why, "records": 1}
            uow.put("access_log", note | {"at": uow.now_ms}, store_id=row[1])
            return str(row[0])

        return self._db.change(deed, by=guide_id, origin=actor.origin)


def _hers_alone() -> GuideError:
    return InvalidInputError("consent.refused", "客户已撤回同意或拒绝联系。", "只有客户本人可以在页面上重新同意。")
