"""转赠: a client has her guide give a coupon to a friend by name. Head office decides; this PC shows it at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import Connection

from guide_app.base.actor import Actor
from guide_app.base.clock import Clock
from guide_app.base.errors import InvalidInputError
from guide_app.base.phrase import Phrase
from guide_app.coupons.holds import holder_of
from guide_app.coupons.model import HeldCoupon
from guide_app.coupons.owner import records_of
from guide_app.coupons.proof import present_ms, read_recalls, recalled_by
from guide_app.coupons.queries import CouponQueries, find_coupon
from guide_app.coupons.welcome import GIVING, require_welcome
from guide_app.protocol.coupon_gift import Gift, Why, why_not
from guide_app.protocol.coupon_terms import is_over
from guide_app.store.database import Database
from guide_app.store.device import enrolled_device
from guide_app.store.overlay import Effect
from guide_app.store.uow import UnitOfWork

_COUNT = "SELECT count(*) FROM coupon_gift WHERE client_id = ? AND template_id = ? AND side = ?"
# Who was merged gets it under the record that stays; it is that one which may have refused.
_NOW = """
    WITH RECURSIVE line (id, into_id) AS (SELECT id, merged_into FROM client WHERE id = ?
        UNION SELECT c.id, c.merged_into FROM client c JOIN line ON c.id = line.into_id)
    SELECT id FROM line WHERE into_id IS NULL"""
_RECEIVER = "SELECT name, store_id FROM client WHERE id = ?"
_STORE = "SELECT store_id FROM coupon WHERE id = ?"
# The end that speaks of the former holder may have gone with her: erased, or in another store.
_CHAIN = """
    SELECT coalesce(f.name, ''), coalesce(t.name, ''), coalesce(w.name, ''), got.at, got.seq IS NULL
    FROM coupon_gift got LEFT JOIN coupon_gift gave ON gave.deed_id = got.deed_id AND gave.side = 'gave'
        LEFT JOIN client f ON f.id = gave.client_id LEFT JOIN client t ON t.id = got.client_id
        LEFT JOIN guide w ON w.id = got.guide_id
    WHERE got.coupon_id = ? AND got.side = 'got' ORDER BY got.at, got.id"""

#: Why a coupon is not given on, and what can be done instead.
_WORDS: Mapping[Why, tuple[Phrase, Phrase]] = MappingProxyType(
    {
        "coupon.redeemed": (Phrase("券「{name}」已核销, 不能再转赠。"), Phrase("可以给她的朋友另发一张。")),
        "coupon.void": (Phrase("券「{name}」已作废, 不能转赠。"), Phrase("可以给她的朋友另发一张。")),
        "coupon.recalled": (Phrase("券「{name}」已由总部召回, 不能转赠。"), Phrase("换一批券发给她的朋友。")),
        "coupon.expired": (Phrase("券「{name}」已过期, 不能转赠。"), Phrase("可以给她的朋友另发一张。")),
        "coupon.not_transferable": (
            Phrase("券「{name}」只限领券的客户本人用, 不能转赠。"),
            Phrase("可以给她的朋友另发一张。"),
        ),
        "coupon.given": (
            Phrase("券「{name}」已转赠过一次, 现在只限 {holder} 本人用。"),
            Phrase("一张券只能转赠一次; 可以另发一张。"),
        ),
        "coupon.give_same": (
            Phrase("不能把券转赠给她自己。"),
            Phrase("请选另一位客户; 同一个手机号的记录是同一个人。"),
        ),
        "coupon.give_limit": (Phrase("{giver} 转赠的「{name}」已到上限 ({n} 张)。"), Phrase("其余的请她本人来用。")),
        "coupon.got_limit": (
            Phrase("{receiver} 受赠的「{name}」已到上限 ({n} 张)。"),
            Phrase("请转赠给别人, 或她本人来用。"),
        ),
    }
)


@dataclass(frozen=True, slots=True)
class GiftRow:
    """One step of a coupon's way: from whom to whom (empty: erased, or not of this store), by which guide's hand.

    `at` is UTC ms; `pending` while head office has not decided.
    """

    giver: str
    receiver: str
    guide: str
    at: int
    pending: bool


class CouponGifts:
    """Gives coupons on, and tells where one has been."""

    def __init__(self, db: Database, queries: CouponQueries, clock: Clock) -> None:
        self._db = db
        self._queries = queries
        self._clock = clock

    def of_coupon(self, coupon_id: str) -> tuple[GiftRow, ...]:
        """The hands a coupon has gone through, the first at the head."""
        rows = self._db.query(lambda conn: conn.exec_driver_sql(_CHAIN, (coupon_id,)).all())
        return tuple(GiftRow(giver, to, guide, at, bool(pending)) for giver, to, guide, at, pending in rows)

    def giveable(self, text: str) -> HeldCoupon:
        """The coupon behind a code or voucher, if it can be given on at all. Raises as `give` does."""

        def read(conn: Connection) -> HeldCoupon:
            now = present_ms(enrolled_device(conn), self._clock)
            coupon = _known(conn, text)
            _require_free(conn, coupon, now)
            _require(coupon, _gift(conn, coupon, None, now))
            return coupon

        return self._db.query(read)

    def give(self, text: str, client_id: str, actor: Actor) -> HeldCoupon:
        """Give the coupon, by code or voucher, to another client of its store; returns it in her hands.

        Shown at once, decided by head office at the next contact. Raises NotFoundError for a coupon or client that is
        not in the book; InvalidInputError with the reason for one that cannot be given on, lies in a bill, is known
        here by its signature alone, or lives in another store than she.
        """

        def deed(uow: UnitOfWork) -> str:
            conn = uow.conn
            now = present_ms(enrolled_device(conn), self._clock)
            coupon = _known(conn, text)
            _require_free(conn, coupon, now)
            to = conn.exec_driver_sql(_NOW, (client_id,)).scalar() or client_id
            require_welcome(conn, to, GIVING)
            receiver = conn.exec_driver_sql(_RECEIVER, (to,)).one()
            _require(coupon, _gift(conn, coupon, to, now), receiver.name)
            if conn.exec_driver_sql(_STORE, (coupon.id,)).scalar_one() != receiver.store_id:
                raise InvalidInputError(
                    "coupon.elsewhere",
                    "{name} 和这张券不在同一家门店。",
                    "请选本店的客户, 或新建一位。",
                    name=receiver.name,
                )
            ids = {name: uow.new_id() for name in ("deed_id", "gave_id", "got_id")}
            end = {
                "coupon_id": coupon.id, "template_id": coupon.terms.id, "deed_id": ids["deed_id"],
                "guide_id": actor.guide_id, "at": now,
            }  # fmt: skip
            effects = (
                Effect("coupon", coupon.id, "patch", {"client_id": to, "given_at": now}),
                Effect("coupon_gift", ids["gave_id"], "put", {**end, "client_id": coupon.client_id, "side": "gave"}),
                Effect("coupon_gift", ids["got_id"], "put", {**end, "client_id": to, "side": "got"}),
            )
            asked = {**ids, "client_id": to, "at": now, "guide_id": actor.guide_id}
            uow.command("coupon.give", coupon.id, asked, effects=effects)
            return coupon.id

        coupon_id = self._db.change(deed, by=actor.guide_id, origin=actor.origin)
        return self._queries.by_id(coupon_id)


def _known(conn: Connection, text: str) -> HeldCoupon:
    """A coupon of this store's books, with its holder. Raises InvalidInputError, NotFoundError."""
    coupon, _voucher = find_coupon(conn, text)
    if coupon.known == "signature" or coupon.client_id is None:
        raise InvalidInputError(
            "coupon.not_here",
            "本机只知道这张券是真的, 不知道在谁名下, 不能转赠。",
            "先同步一次; 别的门店发的券, 请到那家门店转赠。",
        )
    return coupon


def _require_free(conn: Connection, coupon: HeldCoupon, now_ms: int) -> None:
    if holder_of(conn, coupon.id, now_ms) is not None:
        raise InvalidInputError("coupon.held", "这张券正放在另一张未结的单里。", "先结掉或取消那张单。")


def _gift(conn: Connection, coupon: HeldCoupon, receiver_id: str | None, now_ms: int) -> Gift:
    """What the rule asks; without a receiver as far as it concerns coupon and giver."""
    giver, template = coupon.client_id or "", coupon.terms

    def count(client_id: str, side: str) -> int:
        n: int = conn.exec_driver_sql(_COUNT, (client_id, template.id, side)).scalar_one()
        return n

    return Gift(
        status=coupon.status,
        transferable=template.transferable,
        is_given=coupon.given_at is not None,
        limit=template.give_limit,
        is_recalled=(template.recalled_at is not None and template.recalled_at <= now_ms)
        or recalled_by(read_recalls(conn), coupon) is not None,
        is_over=is_over(coupon.valid_until, now_ms),
        is_same=receiver_id is not None and receiver_id in records_of(conn, giver),
        gave=count(giver, "gave"),
        got=count(receiver_id, "got") if receiver_id is not None else 0,
    )


def _require(coupon: HeldCoupon, gift: Gift, receiver: str = "") -> None:
    why = why_not(gift)
    if why:
        sentence, way_out = _WORDS[why]
        said = sentence.given(
            name=coupon.terms.name, holder=coupon.client_name, giver=coupon.client_name, receiver=receiver, n=gift.limit
        )
        raise InvalidInputError(why, said, way_out)
