"""Reads for the sharing page: what can be attached, what was shared, what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from guide_app.base.actor import Actor
from guide_app.base.clock import DAY_MS, Clock
from guide_app.base.errors import NotFoundError
from guide_app.store.database import Database


@dataclass(frozen=True, slots=True)
class CouponOffer:
    """A coupon template that may go with a share now. Money in fen, `valid_until` UTC ms."""

    id: str
    no: int
    name: str
    kind: str
    min_spend_fen: int
    discount_fen: int
    percent_off: int
    max_discount_fen: int
    valid_until: int


@dataclass(frozen=True, slots=True)
class ShareResults:
    """What came of a guide's shares over some days."""

    shares: int
    scans: int
    claims: int
    redemptions: int


@dataclass(frozen=True, slots=True)
class ScriptRow:
    """A 话术 with its variables unfilled."""

    id: str
    scene: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Sender:
    """Who recommends: shown on the poster as she is (brand, name, store, telephone of the store)."""

    brand: str
    guide: str
    store: str
    store_phone: str


class SharingQueries:
    """Answers questions about shares."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def offers(self) -> tuple[CouponOffer, ...]:
        """Coupon templates that are active and in their period."""
        now = self._clock.now_ms()
        statement = """SELECT id, no, name, kind, min_spend_fen, discount_fen, percent_off, max_discount_fen,
                valid_until
            FROM coupon_template WHERE status = 'active' AND valid_from <= ? AND (valid_until = 0 OR valid_until > ?)
            ORDER BY no"""
        return tuple(
            CouponOffer(*row) for row in self._db.query(lambda c: c.exec_driver_sql(statement, (now, now)).all())
        )

    def offer(self, name: str) -> CouponOffer:
        """The offer with this id, number or name. Raises NotFoundError."""
        for offer in self.offers():
            if name in (offer.id, str(offer.no), offer.name):
                return offer
        raise NotFoundError("coupon.unknown", f"没有正在发放的券「{name}」。", "用券名、编号或 ID; 先同步一次。")

    def sender(self, actor: Actor) -> Sender:
        """The acting guide as posters show her."""
        statement = "SELECT d.brand, coalesce(s.phone, '') FROM device d LEFT JOIN store s ON s.id = d.store_id"
        brand, phone = self._db.query(lambda c: c.exec_driver_sql(statement).one())
        return Sender(brand, actor.name, actor.store_name, phone)

    def scripts(self, scene: str = "") -> tuple[ScriptRow, ...]:
        """Scripts in use, of a scene (all when empty), in head office's order."""
        statement = "SELECT id, scene, title, body FROM script WHERE active AND ? IN ('', scene) ORDER BY rank, title"
        return tuple(ScriptRow(*row) for row in self._db.query(lambda c: c.exec_driver_sql(statement, (scene,)).all()))

    def results(self, guide_id: str, days: int = 7) -> ShareResults:
        """Shares, scans, claims and redemptions of the last days."""
        since = self._clock.now_ms() - days * DAY_MS
        statement = """SELECT
            (SELECT count(*) FROM share WHERE guide_id = :g AND at > :t),
            (SELECT count(*) FROM share_event WHERE guide_id = :g AND at > :t AND kind = 'scan'),
            (SELECT count(*) FROM share_event WHERE guide_id = :g AND at > :t AND kind = 'claim'),
            (SELECT count(*) FROM coupon WHERE guide_id = :g AND redeemed_at > :t AND status = 'redeemed')"""
        return ShareResults(*self._db.query(lambda c: c.exec_driver_sql(statement, {"g": guide_id, "t": since}).one()))
