"""Reads of coupons in customers' hands."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from guide_app.base.clock import Clock
from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.coupons.holds import holder_of
from guide_app.coupons.limits import OfflineRoom, offline_room
from guide_app.coupons.model import Doubt, HeldCoupon, RedemptionRow, Verdict, amount_bill, doubt, judge
from guide_app.coupons.owner import whose
from guide_app.coupons.proof import Recalls, present_ms, prove, read_recalls, read_template, recalled_by
from guide_app.protocol.coupon_bill import Bill
from guide_app.protocol.coupon_text import coupon_in
from guide_app.protocol.voucher import Voucher, is_voucher
from guide_app.store.database import Database
from guide_app.store.device import read_device

_VOID = "coupon.void"
_TOLD = 40  # characters of what is no coupon: whoever pasted a message knows it
_COUPON = """
    SELECT c.id, c.code, c.status, c.template_id, c.client_id, coalesce(k.name, '') AS client_name, c.guide_id,
        coalesce(g.name, '') AS guide_name, c.claimed_at, c.valid_from, c.valid_until, c.redeemed_at, c.value_fen,
        c.token, c.allotment_id, c.given_at
    FROM coupon c JOIN coupon_template t ON t.id = c.template_id LEFT JOIN client k ON k.id = c.client_id
        LEFT JOIN guide g ON g.id = c.guide_id"""
_REDEEMED = """
    SELECT r.coupon_id, coalesce(nullif(r.coupon_code, ''), c.code, ''),
                coalesce(t.name, r.source_name, ''), coalesce(k.name, ''),
        coalesce(g.name, ''), r.order_no, r.amount_fen, r.discount_fen, r.status, r.at, r.borne_by, r.rule,
        r.refunded_fen, r.returned_at
    FROM redemption r LEFT JOIN coupon c ON c.id = r.coupon_id LEFT JOIN coupon_template t ON t.id = c.template_id
        LEFT JOIN client k ON k.id = c.client_id LEFT JOIN guide g ON g.id = r.guide_id"""
# Also one that somebody bears for the terms' sake alone (docs/coupons.md): the coupon is used up by it.
_USED_HERE = """
    SELECT at FROM redemption
    WHERE coupon_id = ? AND (status <> 'conflict' OR rule LIKE 'terms.%') AND returned_at IS NULL LIMIT 1"""


@dataclass(frozen=True, slots=True)
class CounterState:
    """What the counter stands on without network: its room, and how old its recall list is (`at`, UTC ms)."""

    room: OfflineRoom
    recalls_at: int | None
    present_ms: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A coupon shown at the counter, the voucher if one was scanned, and whether it may be used."""

    coupon: HeldCoupon
    voucher: Voucher | None
    verdict: Verdict


class CouponQueries:
    """Answers whether a coupon may be used, and which ones a client holds."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def by_code(self, text: str) -> HeldCoupon:
        """The coupon with this code, however typed, or of this voucher.

        Raises InvalidInputError (mistyped, forged) or NotFoundError.
        """
        return self._db.query(lambda conn: find_coupon(conn, text)[0])

    def by_id(self, coupon_id: str) -> HeldCoupon:
        """The coupon with this id. Raises NotFoundError."""
        found = self._db.query(lambda conn: next(iter(_held(conn, " WHERE c.id = ?", coupon_id)), None))
        if found is None:
            raise NotFoundError("coupon.unknown", "本机还没有这张券。", "先同步一次。")
        return found

    def verify(self, text: str, amount_fen: int | None = None) -> tuple[HeldCoupon, Verdict]:
        """A coupon and whether it may be redeemed now on a bill of which only the amount is known."""
        shown = self.shown(text, amount_fen=amount_fen)
        return shown.coupon, shown.verdict

    def shown(
        self,
        text: str,
        *,
        amount_fen: int | None = None,
        bill: Bill | None = None,
        client_id: str | None = None,
        bill_id: str = "",
    ) -> Shown:
        """A coupon shown at the counter, judged for a bill (its moment is replaced by the present) and its client.

        That it lies in the bill `bill_id` itself does not speak against it.
        """

        def read(conn: Connection) -> Shown:
            device = read_device(conn)
            now = present_ms(device, self._clock)
            asked = amount_bill(amount_fen, now, device.store_id) if bill is None else replace(bill, at=now)
            return look(conn, text, asked, client_id, bill_id)

        return self._db.query(read)

    def of_client(self, client_id: str) -> tuple[HeldCoupon, ...]:
        """All coupons of a client, the unused that expire first at the head."""
        order = " WHERE c.client_id = ? ORDER BY c.status <> 'claimed', c.valid_until, c.id"
        return self._db.query(lambda conn: tuple(_held(conn, order, client_id)))

    def state(self) -> CounterState:
        """What the counter stands on. Raises InvalidInputError if the recall list is not genuine."""

        def read(conn: Connection) -> CounterState:
            device = read_device(conn)
            now = present_ms(device, self._clock)
            return CounterState(offline_room(conn, device), read_recalls(conn).at, now)

        return self._db.query(read)

    def redemptions(self, coupon_id: str = "", limit: int = 50, order_no: str = "") -> tuple[RedemptionRow, ...]:
        """Redemptions at this store's counter, newest first; of one coupon or one receipt where they are given."""
        where, asked = redemptions_of(coupon_id, order_no)
        return self._redeemed(f"{where} ORDER BY r.at DESC, r.id DESC LIMIT ?", (*asked, limit))

    def used_together(self, coupon_id: str) -> tuple[RedemptionRow, ...]:
        """The latest redemption of a coupon at the head of those that were made with it in one deed, on one bill."""
        where = """
            JOIN (SELECT at, order_no, device_id FROM redemption WHERE coupon_id = ? ORDER BY at DESC, id DESC LIMIT 1)
                AS own ON own.at = r.at AND own.order_no = r.order_no AND own.device_id IS r.device_id
            ORDER BY r.coupon_id IS NOT ?, r.id"""
        return self._redeemed(where, (coupon_id, coupon_id))

    def _redeemed(self, where: str, asked: tuple[object, ...]) -> tuple[RedemptionRow, ...]:
        rows = self._db.query(lambda conn: conn.exec_driver_sql(_REDEEMED + where, asked).all())
        return tuple(RedemptionRow(*row) for row in rows)


def redemptions_of(coupon_id: str = "", order_no: str = "") -> tuple[str, tuple[str, ...]]:
    """The condition that was asked for, and no other, so that its index is used; and its parameters."""
    asked = {f"r.{name} = ?": said for name, said in (("coupon_id", coupon_id), ("order_no", order_no)) if said}
    return (f" WHERE {' AND '.join(asked)}" if asked else ""), tuple(asked.values())


def find_coupon(conn: Connection, text: str) -> tuple[HeldCoupon, Voucher | None]:
    """The coupon behind a code or a voucher. Raises InvalidInputError or NotFoundError."""
    code = coupon_in(text)
    if not code:
        raise InvalidInputError(
            "coupon.mistyped",
            "「{text}」不是券码, 有字符打错了。",
            "请重新扫码或核对 14 位券码。",
            text=text if len(text) <= _TOLD else f"{text[:_TOLD]}…",
        )
    if is_voucher(code):
        voucher, said = prove(conn, code)
        known = next(iter(_held(conn, " WHERE c.id = ?", said.id)), None)
        # What was shown counts, and is what head office judges: it may be another voucher of the same serial.
        return (replace(known, token=code) if known else _as_used_here(conn, said)), voucher
    found = next(iter(_held(conn, " WHERE c.code = ?", code)), None)
    if found is None:
        raise not_here(code)
    return found, None


def not_here(code: str) -> NotFoundError:
    """This PC does not know a code, and without network nothing else can tell what it stands for."""
    return NotFoundError(
        "coupon.unknown",
        "本机还没有券 {code}。",
        "请扫客户手机上的二维码 (不联网也能验); 只有 14 位券码时, 要联网由总部来认。",
        code=code,
    )


def _as_used_here(conn: Connection, said: HeldCoupon) -> HeldCoupon:
    """A coupon known by its signature alone, with what this counter itself did with it."""
    at = conn.exec_driver_sql(_USED_HERE, (said.id,)).scalar()
    return said if at is None else replace(said, status="redeemed", redeemed_at=at)


def look(conn: Connection, text: str, bill: Bill, client_id: str | None, bill_id: str = "") -> Shown:
    """A coupon judged for a bill at this counter. Raises as `find_coupon` and `read_recalls` do."""
    coupon, voucher = find_coupon(conn, text)
    verdict = judge(coupon, bill)
    more = _more(conn, Shown(coupon, voucher, verdict), client_id, read_recalls(conn))
    if holder_of(conn, coupon.id, bill.at, besides=bill_id) is not None:
        more.append(doubt("coupon.held"))
    if not more:
        return Shown(coupon, voucher, verdict)
    recalled = any(code == "coupon.recalled" for code, _ in more)
    # What head office recalled is void by that; one reason is enough.
    terms = [one for one in zip(verdict.codes, verdict.reasons, strict=True) if not (recalled and one[0] == _VOID)]
    codes = tuple(dict.fromkeys(code for code, _ in (*more, *terms)))
    return Shown(coupon, voucher, Verdict(False, tuple(why for _, why in (*more, *terms)), 0, codes))


def _more(conn: Connection, shown: Shown, client_id: str | None, recalls: Recalls) -> list[Doubt]:
    """What speaks against it besides its terms."""
    coupon, said = shown.coupon, shown.verdict.codes
    found = []
    recalled = recalled_by(recalls, coupon)
    if "coupon.recalled" not in said and recalled is not None:
        found.append(doubt(recalled))
    holder = whose(conn, coupon, shown.voucher, client_id) if client_id is not None else "hers"
    if holder == "other":
        found.append(doubt("coupon.holder" if coupon.given_at is None else "coupon.holder/given"))
    elif holder == "elsewhere":
        found.append(doubt("coupon.holder/elsewhere"))
    return found


def _held(conn: Connection, where: str, value: str) -> list[HeldCoupon]:
    found = []
    for row in conn.exec_driver_sql(_COUPON + where, (value,)).all():
        terms = read_template(conn, row.template_id)
        if terms is None:
            continue
        found.append(
            HeldCoupon(
                id=row.id,
                code=row.code,
                status=row.status,
                terms=terms,
                client_id=row.client_id,
                client_name=row.client_name,
                guide_id=row.guide_id,
                guide_name=row.guide_name,
                claimed_at=row.claimed_at,
                valid_from=row.valid_from,
                valid_until=row.valid_until,
                redeemed_at=row.redeemed_at,
                value_fen=row.value_fen,
                token=row.token,
                allotment_id=row.allotment_id,
                given_at=row.given_at,
            )
        )
    return found
