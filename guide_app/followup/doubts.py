"""坚持用词: who sent a doubtful word all the same, when, and why; kept in the log that managers read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guide_app.base.actor import Actor
from guide_app.base.errors import InvalidInputError
from guide_app.followup.outcome import store_of
from guide_app.store.codec import json_list
from guide_app.store.database import Database
from guide_app.store.uow import UnitOfWork

_LIMIT = 300
_LOG = """SELECT a.at, coalesce(g.name, ''), coalesce(c.name, ''), a.proof, a.reason
    FROM access_log a LEFT JOIN guide g ON g.id = a.guide_id LEFT JOIN client c ON c.id = a.client_id
    WHERE a.deed = 'word_override' AND a.at >= ? ORDER BY a.at DESC, a.id LIMIT ?"""
_LAST = """SELECT reason FROM access_log WHERE deed = 'word_override' AND guide_id = ?
    AND proof IN (SELECT value FROM json_each(?)) ORDER BY at DESC, id DESC LIMIT 1"""


@dataclass(frozen=True, slots=True)
class Override:
    """A doubtful word that was used with a reason. `at`: UTC ms; `client` is empty for words to nobody."""

    at: int
    guide: str
    client: str
    word: str
    reason: str


class OverrideLog:
    """Writes and reads overrides of doubtful words. Barred words have none."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def keep(self, words: Sequence[str], reason: str, actor: Actor, client_id: str = "") -> None:
        """Log one line a word. Raises InvalidInputError without a reason or with one longer than 300 characters."""
        why = reason.strip()
        if not why or len(why) > _LIMIT:
            raise InvalidInputError("words.reason", "没有写为什么可以这样说。", "例如「吊牌写明头层牛皮」。")

        def deed(uow: UnitOfWork) -> None:
            store = store_of(uow, client_id or None)
            for word in words:
                line = {"guide_id": actor.guide_id, "client_id": client_id or None, "deed": "word_override",
                        "reason": why, "proof": word, "records": 1, "at": uow.now_ms}  # fmt: skip
                uow.put("access_log", line, store_id=store)

        self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def last_reason(self, words: Sequence[str], guide_id: str) -> str:
        """The reason that the guide gave last for one of these words; empty if never."""
        found = self._db.query(lambda conn: conn.exec_driver_sql(_LAST, (guide_id, json_list(words))).scalar())
        return str(found or "")

    def since(self, since_ms: int, limit: int = 100) -> list[Override]:
        """Overrides of the whole store from a moment (UTC ms) on, the newest first."""
        rows = self._db.query(lambda conn: conn.exec_driver_sql(_LOG, (since_ms, limit)).all())
        return [Override(*row) for row in rows]
