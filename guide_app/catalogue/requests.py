"""留货 and 调货: pieces kept here for somebody, or asked of another store of the region, which answers by its own PC.

Without network a request waits in the queue and is shown as it was asked; a hold counts as reserved here at once, and
ends by itself when its time is over. A transfer that was agreed to does not: the goods are on their way, and it stands
until they are received or given up, however late.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from guide_app.base.actor import Actor
from guide_app.base.clock import DAY_MS, Clock
from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.store.database import Database
from guide_app.store.overlay import Effect
from guide_app.store.uow import UnitOfWork

Kind = Literal["hold", "transfer"]
State = Literal["open", "accepted", "refused", "done", "cancelled"]
Answer = Literal["accepted", "refused", "done", "cancelled"]
MOST = 20
LONGEST_MS = 7 * DAY_MS
_WHO = "由有货门店的店长同意, 由提出的门店取消或收货。"
_LISTED = """
    SELECT r.id, r.kind, r.sku_id, coalesce(k.product_id, ''), coalesce(p.name, ''), coalesce(k.colour, ''),
        coalesce(k.size, ''), r.qty, r.from_store, coalesce(f.name, ''), r.to_store, coalesce(t.name, ''), r.at,
        r.until, r.state, r.answer, r.seq IS NULL, r.from_store = r.store_id, r.to_store = r.store_id
    FROM stock_request r LEFT JOIN sku k ON k.id = r.sku_id LEFT JOIN product p ON p.id = k.product_id
        LEFT JOIN store f ON f.id = r.from_store LEFT JOIN store t ON t.id = r.to_store
    WHERE r.store_id = (SELECT store_id FROM device) AND (r.state IN ('open', 'accepted') AND r.until > :now
        OR r.state = 'accepted' AND r.kind = 'transfer' OR r.answered_at > :since)
    ORDER BY r.state IN ('open', 'accepted') DESC, r.at DESC"""


@dataclass(frozen=True, slots=True)
class Request:
    """A hold or transfer that concerns this store: it `gives`, `asks`, or (a hold of its own) both. Times UTC ms.

    `waiting`: head office has not heard of it yet.
    """

    id: str
    kind: Kind
    sku_id: str
    product_id: str
    name: str
    colour: str
    size: str
    qty: int
    from_store: str
    from_name: str
    to_store: str
    to_name: str
    at: int
    until: int
    state: State
    answer: str
    waiting: bool
    gives: bool
    asks: bool

    def is_late(self, now_ms: int) -> bool:
        """Whether goods that were agreed to should have been here by `now_ms` (UTC ms)."""
        return self.kind == "transfer" and self.state == "accepted" and self.until <= now_ms

    def answers(self, *, manager: bool) -> tuple[Answer, ...]:
        """What this store may say now; only its manager accepts or refuses."""
        may: list[Answer] = []
        if self.gives and manager and self.state == "open":
            may += ["accepted", "refused"]
        if self.asks:
            may += [step for step in ("done", "cancelled") if self.state in _BEFORE[step]]
        return tuple(may)


_BEFORE: Mapping[Answer, frozenset[str]] = MappingProxyType(
    {
        "accepted": frozenset({"open"}),
        "refused": frozenset({"open"}),
        "done": frozenset({"accepted"}),
        "cancelled": frozenset({"open", "accepted"}),
    }
)


class StockRequests:
    """Asks, answers, lists."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def ask(
        self,
        kind: Literal["hold", "transfer"],
        sku_id: str,
        qty: int,
        lasts_ms: int,
        actor: Actor,
        from_store: str = "",
    ) -> str:
        """Keep pieces here, or ask the store with this id to keep or send them; returns the request's id.

        Raises NotFoundError for an unknown variant; InvalidInputError for a number, time or store that cannot be, and
        for a hold here of more than is there by the last figure.
        """
        source = from_store or actor.store_id
        if not 1 <= qty <= MOST or not 0 < lasts_ms <= LONGEST_MS or (kind == "transfer" and source == actor.store_id):
            raise InvalidInputError("stock.request", "件数、时间或门店不对。", "1 到 {most} 件, 最长 7 天。", most=MOST)

        def deed(uow: UnitOfWork) -> str:
            if uow.conn.exec_driver_sql("SELECT 1 FROM sku WHERE id = ?", (sku_id,)).first() is None:
                raise NotFoundError("sku.unknown", "没有这个规格的商品。", "请重新扫码。")
            here = source == actor.store_id
            if here and qty > _left(uow, sku_id, source):
                raise InvalidInputError("stock.short", "本店没有这么多可以留。", "减少件数, 或向别的门店调货。")
            said = {"kind": kind, "sku_id": sku_id, "qty": qty, "at": uow.now_ms, "until": uow.now_ms + lasts_ms}
            shown = {
                **said, "from_store": source, "to_store": actor.store_id, "guide_id": actor.guide_id,
                "state": "accepted" if here else "open",
            }  # fmt: skip
            request = uow.new_id()
            effect = Effect("stock_request", request, "put", shown)
            uow.command("stock.request", request, {**said, "from_store": source}, [effect])
            return request

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def answer(self, request_id: str, state: Answer, actor: Actor, words: str = "") -> None:
        """Move a request on. Raises NotFoundError; InvalidInputError for whoever may not, and for a step back."""

        def deed(uow: UnitOfWork) -> None:
            found = next((one for one in _read(uow, uow.now_ms) if one.id == request_id), None)
            if found is None:
                raise NotFoundError("stock.unknown", "没有这个留货或调货, 或已经过期。", "先同步一次; 还要就重新提出。")
            if state not in found.answers(manager=actor.is_manager):
                raise InvalidInputError(
                    "stock.settled", "现在不能这样答复。", "由有货门店的店长同意, 由提出的门店取消。"
                )
            said = {"state": state, "answer": words.strip()}
            shown = {**said, "answered_by": actor.guide_id, "answered_at": uow.now_ms}
            effect = Effect("stock_request", request_id, "patch", shown)
            uow.command("stock.answer", request_id, {**said, "at": uow.now_ms}, [effect])

        self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def listed(self) -> tuple[Request, ...]:
        """What is open, kept or on its way, newest first, then what was answered in the last three days."""
        now = self._clock.now_ms()
        asked = {"now": now, "since": now - 3 * DAY_MS}
        rows = self._db.query(lambda conn: conn.exec_driver_sql(_LISTED, asked).all())
        return tuple(_request(row) for row in rows)


def _read(uow: UnitOfWork, now_ms: int) -> tuple[Request, ...]:
    asked = {"now": now_ms, "since": now_ms}
    return tuple(_request(row) for row in uow.conn.exec_driver_sql(_LISTED, asked).all())


def _request(row: Sequence[Any]) -> Request:
    *said, waiting, gives, asks = row
    return Request(*(*said, bool(waiting), bool(gives), bool(asks)))


def _left(uow: UnitOfWork, sku_id: str, store_id: str) -> int:
    statement = """SELECT coalesce((SELECT available FROM stock WHERE id = :sku AND store_id = :store), 0)
        - (SELECT coalesce(sum(qty), 0) FROM stock_request WHERE sku_id = :sku AND store_id = :store
            AND from_store = :store AND state = 'accepted' AND until > :now)"""
    asked = {"sku": sku_id, "store": store_id, "now": uow.now_ms}
    return int(uow.conn.exec_driver_sql(statement, asked).scalar_one())
