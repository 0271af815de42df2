"""What a guide copied for a client, and whether she sent it. Nothing is sent by this program (TK 13: no bot).

A copy is a question from the moment it lies on the clipboard, on this PC and, once synced, on the others. "Sent" files
the message note, which alone counts as a contact; "not sent" is kept as that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guide_app.base.actor import Actor
from guide_app.base.errors import NotFoundError
from guide_app.base.ids import derived_id
from guide_app.followup.outcome import BODY_LIMIT, store_of
from guide_app.followup.touches import require_copy_room
from guide_app.store.database import Database
from guide_app.store.uow import UnitOfWork

_OPEN = """SELECT k.id, k.client_id, c.name, k.body, k.script_id, k.share_id, k.at
    FROM copied k JOIN client c ON c.id = k.client_id
    WHERE k.guide_id = ? AND k.state = 'open' ORDER BY k.at DESC, k.id DESC"""

#: What the timeline says of a message whose words nobody kept: a note has to say something.
_WORDLESS = "已发送"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What is about to be copied for a client: words, the script they were written with, the share they belong to."""

    client_id: str
    body: str
    script_id: str | None = None
    share_id: str | None = None


@dataclass(frozen=True, slots=True)
class OpenCopy:
    """A copy of which nobody has said yet whether it was sent. `at`: when it was copied (UTC ms)."""

    id: str
    client_id: str
    client_name: str
    body: str
    script_id: str | None
    share_id: str | None
    at: int


class CopyBook:
    """Keeps copies, and the answers to their question."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def copy(self, outgoing: Outgoing, actor: Actor) -> str:
        """Keep that this is copied now; returns the copy's id.

        Call it before anything reaches the clipboard. Raises NotFoundError; InvalidInputError (`contact.limit`, naming
        the next day; `contact.open`) as `touches.require_copy_room`.
        """
        return self._db.change(lambda uow: put_copy(uow, outgoing, actor), by=actor.guide_id, origin=actor.origin)

    def add_words(self, copied_id: str, body: str, script_id: str | None, actor: Actor) -> None:
        """Say which words went with a picture copied before; of a copy answered already only the words follow."""

        def deed(uow: UnitOfWork) -> None:
            uow.patch("copied", copied_id, {"body": body[:BODY_LIMIT], "script_id": script_id})

        self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def unanswered(self, guide_id: str) -> list[OpenCopy]:
        """The guide's copies that wait for an answer, the newest first."""
        return self._db.query(lambda conn: [OpenCopy(*row) for row in conn.exec_driver_sql(_OPEN, (guide_id,))])

    def answer(self, copied_id: str, actor: Actor, *, sent: bool) -> bool:
        """Say whether a copy was sent; returns whether its message stands on the timeline now.

        Two PCs that both say "sent" write one note. What was answered with "sent" stays sent. Raises NotFoundError.
        """
        return self._db.change(
            lambda uow: _answer(uow, copied_id, actor, sent=sent), by=actor.guide_id, origin=actor.origin
        )

    def answer_all(self, copied_ids: Sequence[str], actor: Actor, *, sent: bool) -> None:
        """Say the same of several copies in one change, as `answer` does of each: all of them, or none."""

        def deed(uow: UnitOfWork) -> None:
            for copied_id in copied_ids:
                _answer(uow, copied_id, actor, sent=sent)

        self._db.change(deed, by=actor.guide_id, origin=actor.origin)


def _answer(uow: UnitOfWork, copied_id: str, actor: Actor, *, sent: bool) -> bool:
    row = uow.conn.exec_driver_sql(
        "SELECT client_id, body, script_id, at, state, store_id FROM copied WHERE id = ?", (copied_id,)
    ).first()
    if row is None:
        raise NotFoundError("copied.unknown", "没有这条复制记录。", "刷新后再试。")
    client_id, body, script_id, at, state, store = row
    if state == "sent":
        return True
    uow.patch("copied", copied_id, {"state": "sent" if sent else "not_sent", "answered_at": uow.now_ms})
    note_id = derived_id(at, f"copied:{copied_id}")
    if not sent or uow.conn.exec_driver_sql("SELECT 1 FROM note WHERE id = ?", (note_id,)).first():
        return sent
    note = {"client_id": client_id, "guide_id": actor.guide_id, "kind": "message",
            "body": body if body.strip() else _WORDLESS, "at": at, "script_id": script_id}  # fmt: skip
    uow.put("note", note, id=note_id, store_id=store)
    return True


def put_copy(uow: UnitOfWork, outgoing: Outgoing, actor: Actor, *, left: bool = False) -> str:
    """Keep a copy in a change under way; as `CopyBook.copy`. One that has `left` already is not refused any more."""
    store = store_of(uow, outgoing.client_id)
    if store is None:
        raise NotFoundError(
            "client.unknown", "没有编号为 {id} 的客户。", "先用 clients search 找到客户。", id=outgoing.client_id
        )
    if not left:
        require_copy_room(uow.conn, outgoing.client_id, uow.now_ms)
    record = {
        "client_id": outgoing.client_id, "guide_id": actor.guide_id, "share_id": outgoing.share_id,
        "script_id": outgoing.script_id, "body": outgoing.body[:BODY_LIMIT], "at": uow.now_ms,
    }  # fmt: skip
    return uow.put("copied", record, store_id=store)
