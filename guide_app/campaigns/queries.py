"""Reads of campaigns and of head office's messages."""

from __future__ import annotations

from dataclasses import dataclass

from guide_app.base.clock import Clock
from guide_app.base.errors import NotFoundError
from guide_app.store.database import Database


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A campaign or message in force. Times are UTC ms; `ends_at` 0 means without end."""

    id: str
    kind: str
    title: str
    body: str
    starts_at: int
    ends_at: int


@dataclass(frozen=True, slots=True)
class CampaignCard:
    """A campaign that may be shared. `no` is its number in links, `offer_id` the coupon that goes with it or empty.

    Times are UTC ms; `ends_at` 0 means without end.
    """

    id: str
    no: int
    title: str
    body: str
    starts_at: int
    ends_at: int
    offer_id: str


class CampaignQueries:
    """Answers what head office says now."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def messages(self, limit: int = 20) -> list[MessageRow]:
        """Those in force, the newest first."""
        now = self._clock.now_ms()
        statement = """SELECT id, kind, title, body, starts_at, ends_at FROM campaign
            WHERE starts_at <= ? AND (ends_at = 0 OR ends_at > ?) ORDER BY starts_at DESC, id LIMIT ?"""
        rows = self._db.query(lambda conn: conn.exec_driver_sql(statement, (now, now, limit)).all())
        return [MessageRow(*row) for row in rows]

    def running(self) -> tuple[CampaignCard, ...]:
        """Those that may be shared now, the one that ends first at the head; messages of head office are none."""
        now = self._clock.now_ms()
        statement = """SELECT id, no, title, body, starts_at, ends_at, coalesce(coupon_template_id, '') FROM campaign
            WHERE no > 0 AND starts_at <= ? AND (ends_at = 0 OR ends_at > ?)
            ORDER BY ends_at = 0, ends_at, starts_at, id"""
        rows = self._db.query(lambda conn: conn.exec_driver_sql(statement, (now, now)).all())
        return tuple(CampaignCard(*row) for row in rows)

    def card(self, campaign_id: str) -> CampaignCard:
        """The running campaign with this id. Raises NotFoundError once it is over or withdrawn."""
        for card in self.running():
            if card.id == campaign_id:
                return card
        raise NotFoundError("campaign.over", "这个活动已经结束或撤下。", "请选另一个活动。")
