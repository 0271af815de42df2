"""Reads for the sharing page: what can be attached, what was shared, what came of it."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection

from guide_app.base.actor import Actor
from guide_app.base.clock import DAY_MS, Clock
from guide_app.base.errors import NotFoundError
from guide_app.protocol.coupon_records import CouponTemplate
from guide_app.protocol.kinds import KINDS
from guide_app.store.codec import CODECS
from guide_app.store.database import Database
from guide_app.store.house_rules import Figure, figure

POSTER_DAYS = Figure("poster_price", "days", 7, 1, 60)
"""How long the price on a poster holds unless its coupon ends before: as long as a price of the week is compared with
(规范促销行为暂行规定, order 32 of 2020, art. 21)."""


@dataclass(frozen=True, slots=True)
class CouponOffer:
    """A coupon template that may go with a share now, with its terms. Money in fen, `valid_until` UTC ms."""

    id: str
    no: int
    name: str
    kind: str
    min_spend_fen: int
    discount_fen: int
    percent_off: int
    max_discount_fen: int
    valid_until: int
    terms: CouponTemplate


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
        """Coupon templates that are active, not recalled, in their period, and taken by this PC's store."""
        now = self._clock.now_ms()
        statement = """SELECT id FROM coupon_template
            WHERE status = 'active' AND recalled_at IS NULL AND valid_from <= ? AND (valid_until = 0 OR valid_until > ?)
            ORDER BY no"""

        def read(conn: Connection) -> tuple[CouponOffer, ...]:
            store = conn.exec_driver_sql("SELECT store_id FROM device").scalar_one_or_none()
            ids = conn.exec_driver_sql(statement, (now, now)).scalars().all()
            found = (_offer(conn, template_id) for template_id in ids)
            return tuple(one for one in found if not one.terms.for_stores or store in one.terms.for_stores)

        return self._db.query(read)

    def offer(self, name: str) -> CouponOffer:
        """The offer with this id, number or name. Raises NotFoundError."""
        for offer in self.offers():
            if name in (offer.id, str(offer.no), offer.name):
                return offer
        raise NotFoundError(
            "coupon.unknown", "没有正在发放的券「{name}」。", "用券名、编号或 ID; 先同步一次。", name=name
        )

    def poster_days(self) -> int:
        """For how many days the price on a poster holds (house rule `poster_price`)."""
        return self._db.query(lambda conn: figure(conn, POSTER_DAYS))

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


def _offer(conn: Connection, template_id: str) -> CouponOffer:
    held = CODECS["coupon_template"].read(conn, template_id)
    data = held.data if held is not None else {}
    known = {name: data[name] for name in KINDS["coupon_template"].fields if name in data}
    terms = msgspec.convert({"id": template_id, **known}, CouponTemplate)
    return CouponOffer(
        terms.id, terms.no, terms.name, terms.kind, terms.min_spend_fen, terms.discount_fen, terms.percent_off,
        terms.max_discount_fen, terms.valid_until, terms,
    )  # fmt: skip
