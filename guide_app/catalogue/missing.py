"""缺货登记: what was asked for and not there, counted in one stroke; who asked stands in her own wish, if anywhere."""

from __future__ import annotations

from dataclasses import dataclass

from guide_app.base.actor import Actor
from guide_app.base.clock import DAY_MS, Clock
from guide_app.base.errors import NotFoundError
from guide_app.store.database import Database
from guide_app.store.uow import UnitOfWork

_LOOK_BACK_DAYS = 30
_LISTED = """
    SELECT m.product_id, m.sku_id, coalesce(p.name, ''), coalesce(p.spu, ''), m.colour, m.size, count(*), max(m.at),
        (SELECT count(*) FROM wish w WHERE w.sku_id = m.sku_id AND w.state = 'open' AND w.tell),
        s.available, coalesce(s.as_of, 0)
    FROM missing_size m LEFT JOIN product p ON p.id = m.product_id
        LEFT JOIN stock s ON s.id = m.sku_id AND s.store_id = m.store_id
    WHERE m.at >= ? GROUP BY m.product_id, m.sku_id, m.colour, m.size
    ORDER BY coalesce(s.available, 0) > 0 DESC, count(*) DESC, max(m.at) DESC"""


@dataclass(frozen=True, slots=True)
class MissingRow:
    """A size that was asked for `times` times, last at `at` (UTC ms); `waiting` clients are to be told.

    `available` is what is here now by the figure of `as_of`; None if the store never reported it.
    """

    product_id: str
    sku_id: str | None
    name: str
    spu: str
    colour: str
    size: str
    times: int
    at: int
    waiting: int
    available: int | None
    as_of: int


class MissingSizes:
    """Registers missing sizes, takes a slip back, lists them."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def register(self, sku_id: str, actor: Actor) -> str:
        """Somebody asked for this variant in vain; returns the entry's id. Raises NotFoundError."""

        def deed(uow: UnitOfWork) -> str:
            found = uow.conn.exec_driver_sql(
                "SELECT product_id, colour, size FROM sku WHERE id = ?", (sku_id,)
            ).one_or_none()
            if found is None:
                raise NotFoundError("sku.unknown", "没有这个规格的商品。", "请重新扫码。")
            said = {"product_id": found[0], "colour": found[1], "size": found[2]}
            return uow.put("missing_size", {**said, "sku_id": sku_id, "guide_id": actor.guide_id, "at": uow.now_ms})

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def take_back(self, entry_id: str, actor: Actor) -> None:
        """It was a slip. Raises NotFoundError."""
        self._db.change(lambda uow: uow.remove("missing_size", entry_id), by=actor.guide_id, origin=actor.origin)

    def listed(self, days: int = _LOOK_BACK_DAYS) -> tuple[MissingRow, ...]:
        """What was asked for in the last days: what is here again first, then the most asked for."""
        since = self._clock.now_ms() - days * DAY_MS
        return tuple(
            MissingRow(*row) for row in self._db.query(lambda conn: conn.exec_driver_sql(_LISTED, (since,)).all())
        )
