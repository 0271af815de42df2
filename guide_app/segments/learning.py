"""The store's model of when clients leave, learnt from its own book on this PC and kept there; docs/decisions/051."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from sqlalchemy import Connection

from guide_app.base.actor import Actor
from guide_app.base.clock import DAY_MS, Clock
from guide_app.segments.rhythm import History, Model, Outlook, learn, outlook
from guide_app.store.database import Database

_KEY = "segments.rhythm"
#: Learnt anew after a day, and tried again after a day where the book taught nothing.
EVERY_MS = DAY_MS
# Nothing is worked out from clients who asked not to be profiled, not even for others (个人信息保护法 art. 24).
_BUYERS = """SELECT f.first_at, f.last_at, f.orders FROM client c JOIN client_figure f ON f.client_id = c.id
    WHERE f.orders > 0 AND NOT c.no_profiling AND c.archived_at IS NULL AND c.merged_into IS NULL ORDER BY c.id"""
_HERS = """SELECT f.first_at, f.last_at, f.orders FROM client c JOIN client_figure f ON f.client_id = c.id
    WHERE c.id = ? AND NOT c.no_profiling"""


class Rhythm:
    """Learns the model and answers by it. `learn` takes about a second for a large store: never on the GUI thread."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock
        self._due = 0

    def learn_when_due(self, actor: Actor) -> Model | None:
        """`learn`, unless that was less than EVERY_MS ago; then None."""
        now = self._clock.now_ms()
        kept = self.model()
        if now < max(self._due, kept.at + EVERY_MS if kept is not None else 0):
            return None
        self._due = now + EVERY_MS
        return self.learn(actor)

    def learn(self, actor: Actor, heard: Callable[[], None] = lambda: None) -> Model | None:
        """Learn from the book as it stands and keep what was learnt; None where it teaches too little.

        `heard` is called at each step; what it raises ends the work and leaves the former model.
        """
        now = self._clock.now_ms()
        model = learn(self._db.query(_buyers), now, heard)
        text = msgspec.json.encode(model).decode()
        self._db.change(lambda uow: uow.save_setting(_KEY, text), by=actor.guide_id, origin=actor.origin)
        return model

    def model(self) -> Model | None:
        """What was learnt last."""
        return self._db.query(kept_model)

    def outlook(self, client_id: str) -> Outlook | None:
        """What the model says of a client; None where nothing was learnt, below two receipts, and for 不做画像."""

        def read(conn: Connection) -> tuple[Model | None, History | None]:
            row = conn.exec_driver_sql(_HERS, (client_id,)).one_or_none()
            return kept_model(conn), History(*row) if row is not None else None

        model, hers = self._db.query(read)
        return outlook(model, hers, self._clock.now_ms()) if model is not None and hers is not None else None


def kept_model(conn: Connection) -> Model | None:
    """The model that this PC keeps."""
    text = conn.exec_driver_sql("SELECT value FROM setting WHERE key = ?", (_KEY,)).scalar()
    return msgspec.json.decode(text, type=Model | None) if text else None


def _buyers(conn: Connection) -> list[History]:
    return [History(*row) for row in conn.exec_driver_sql(_BUYERS)]
