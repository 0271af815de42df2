"""Whether a coupon in a customer's hand may be used, and why not: pure, in fen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from guide_app.base.clock import china_datetime
from guide_app.base.money import yuan
from guide_app.base.phrase import Phrase
from guide_app.protocol.coupon_bill import Bill, BillLine, Obstacle, Ticket, obstacles, take_off
from guide_app.protocol.coupon_gift import is_hers_alone
from guide_app.protocol.coupon_records import CouponTemplate

_MINUTES = 60
_DAY = 24 * _MINUTES
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class HeldCoupon:
    """A coupon as this PC knows it. Times are UTC ms; `token` is its signed form, empty for coupons from before.

    `known` is how: from its record, which came by sync or was made here, or by its signature alone. `allotment_id` is
    what a guide's PC handed it out of, None for head office's own; `given_at` when it was given on to who has it now.
    """

    id: str
    code: str
    status: str
    terms: CouponTemplate
    client_id: str | None
    client_name: str
    guide_id: str | None
    guide_name: str
    claimed_at: int
    valid_from: int
    valid_until: int
    redeemed_at: int | None
    value_fen: int = 0
    token: str = ""
    known: Literal["record", "signature"] = "record"
    allotment_id: str | None = None
    given_at: int | None = None

    @property
    def is_hers_alone(self) -> bool:
        """Whether nobody but its holder may use it."""
        return is_hers_alone(transferable=self.terms.transferable, given_at=self.given_at)

    @property
    def ticket(self) -> Ticket:
        """The coupon as it is laid on a bill."""
        return Ticket(self.id, self.terms, self.valid_from, self.valid_until, self.value_fen, self.status)


@dataclass(frozen=True, slots=True)
class RedemptionRow:
    """One redemption in this store. `status`: pending (head office has not answered), confirmed, conflict.

    `borne_by` and `rule` say of a conflict who bears the discount and why (docs/coupons.md). `refunded_fen` is what was
    paid back of the receipt so far, all its coupons taken together; `returned_at` is when the coupon was free again.
    """

    coupon_id: str
    code: str
    coupon_name: str
    client_name: str
    guide_name: str
    order_no: str
    amount_fen: int
    discount_fen: int
    status: str
    at: int
    borne_by: str = ""
    rule: str = ""
    refunded_fen: int = 0
    returned_at: int | None = None


def told_once(rows: Sequence[RedemptionRow]) -> tuple[RedemptionRow, ...]:
    """The lines of a list of which each receipt says by its first one alone what was paid back of it.

    Coupons of other systems say it each: they are given back by hand.
    """
    told: set[str] = set()
    lines = []
    for row in rows:
        lines.append(replace(row, refunded_fen=0) if row.coupon_id and row.order_no in told else row)
        if row.coupon_id and row.refunded_fen:
            told.add(row.order_no)
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a coupon may be redeemed now, and every reason why not.

    `discount_fen` for the bill asked about, `shares` of its lines.
    """

    usable: bool
    reasons: tuple[Phrase, ...]
    discount_fen: int
    codes: tuple[str, ...] = ()
    shares: tuple[int, ...] = ()


def amount_bill(amount_fen: int | None, at: int, store_id: str | None) -> Bill:
    """A bill of which only the amount is known, or not even that."""
    lines = (BillLine(None, "", 1, amount_fen),) if amount_fen is not None else ()
    return Bill(lines, at, store_id, is_new=True)


def judge(coupon: HeldCoupon, bill: Bill) -> Verdict:
    """Whether `coupon` may be redeemed on a bill; one without lines is not known yet."""
    found = obstacles(coupon.ticket, bill)
    if found:
        reasons = tuple(told(obstacle, coupon.terms) for obstacle in found)
        return Verdict(False, reasons, 0, tuple(obstacle.code for obstacle in found))
    if not bill.lines:
        return Verdict(True, (), 0)
    (off,) = take_off([coupon.ticket], bill)
    return Verdict(True, (), off.total_fen, (), off.lines)


_PLAIN: Mapping[str, Phrase] = MappingProxyType(
    {
        "coupon.redeemed": Phrase("这张券已核销"),
        "coupon.void": Phrase("这张券已作废"),
        "coupon.recalled": Phrase("这批券已召回"),
        "coupon.expired": Phrase("这张券已过期"),
        "coupon.store": Phrase("不能在本店用"),
        "coupon.channel": Phrase("不能在这个渠道用"),
        "coupon.level": Phrase("她的会员等级不能用"),
        "coupon.new_only": Phrase("只给第一次购买的客户用"),
        "coupon.goods": Phrase("单里没有适用的商品"),
        "coupon.gift": Phrase("单里没有要兑换的商品"),
        "coupon.no_freight": Phrase("单里没有运费"),
        "coupon.held": Phrase("正放在另一张未结的单里"),
        "coupon.recalled/coupon": Phrase("这张券已由总部作废"),
        "coupon.recalled/allotment": Phrase(
            "发这张券的额度已停用 (电脑报失或额度召回), 总部没有登记过这张券; 导购可以另发一张给她"
        ),
        "coupon.holder": Phrase("只能由领券的客户本人用"),
        "coupon.holder/given": Phrase("这张券已转赠, 只能由收券的客户本人用"),
        "coupon.holder/elsewhere": Phrase(
            "只能由领券的客户本人用; 这张券是在别的门店领的, 本机不知道是不是她: "
            "请她在自己手机上打开券页, 是她本人就先取消选客户再核销"
        ),
    }
)

#: A problem code, and its sentence.
Doubt = tuple[str, Phrase]


def doubt(kind: str) -> Doubt:
    """What speaks against a coupon besides its terms: a code, and after a slash which case of it."""
    return kind.partition("/")[0], _PLAIN[kind]


def _clock(minute: int) -> str:
    return f"{minute // _MINUTES}:{minute % _MINUTES:02d}"


def told(obstacle: Obstacle, terms: CouponTemplate) -> Phrase:
    """The sentence of an obstacle, with what is missing by the batch's terms."""
    figure = obstacle.figure
    match obstacle.code:
        case "coupon.not_yet":
            day = china_datetime(figure)
            return Phrase("这张券还没到使用时间, {day} 起可用", {"day": f"{day.month}/{day.day} {day:%H:%M}"})
        case "coupon.weekday":
            days = "、".join(f"周{name}" for i, name in enumerate(_WEEKDAYS) if figure >> i & 1)
            return Phrase("只在{days}可用", {"days": days})
        case "coupon.hour":
            hours = {"begins": _clock(terms.day_from), "ends": _clock(terms.day_until or _DAY)}
            return Phrase("只在 {begins} 到 {ends} 可用", hours)
        case "coupon.min_spend":
            return Phrase("还差 {amount} 才到门槛", {"amount": yuan(figure)})
        case "coupon.min_qty":
            return Phrase("还差 {n} 件", {"n": figure})
        case code:
            return _PLAIN[code]
