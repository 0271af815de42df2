"""The counter: a bill with its lines and coupons, reckoned by what this PC knows. Money in fen, moments in UTC ms.

A page or a command keeps a `Draft` and asks for it to be reckoned after each change; nothing here is kept.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from guide_app.base.clock import Clock
from guide_app.base.errors import GuideError, InvalidInputError
from guide_app.coupons.limits import offline_room
from guide_app.coupons.model import HeldCoupon, RedemptionRow
from guide_app.coupons.proof import present_ms, prove, read_recalls
from guide_app.coupons.queries import CounterState, CouponQueries, Shown, look
from guide_app.performance.whose import Outlook, Touch, outlook
from guide_app.protocol.coupon_bill import Bill, BillLine, Ticket, take_off
from guide_app.protocol.coupon_mix import best, compatible
from guide_app.store.database import Database
from guide_app.store.device import Device, read_device

#: What more goods on the bill can mend; a coupon that anything else speaks against leaves it for the next one.
_MENDABLE = frozenset({"coupon.min_spend", "coupon.min_qty", "coupon.goods", "coupon.gift", "coupon.no_freight"})
#: Of a client with more coupons than this only those that end first are looked at.
_MOST = 40
_GOODS = "SELECT id, category, tags FROM product WHERE id IN (SELECT value FROM json_each(?))"
_BUYER = """
    SELECT c.id, c.name, c.level, NOT EXISTS (SELECT 1 FROM purchase p WHERE p.client_id = c.id AND p.kind = 'sale')
    FROM client c WHERE c.id = ?"""
_HERS = """
    SELECT code FROM coupon WHERE client_id = ? AND status = 'claimed' AND code <> ''
        AND (valid_until = 0 OR valid_until > ?) ORDER BY valid_until = 0, valid_until, id LIMIT ?"""


@dataclass(frozen=True, slots=True)
class TillLine:
    """An article on the bill: `qty` pieces for `amount_fen` together."""

    product_id: str | None
    title: str
    qty: int
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A bill that is not paid yet.

    `texts` are codes or vouchers of the coupons that lie on it, the latest last; `beside` others that were shown.
    `amount_fen` counts only while there are no lines. `client_id` None: whoever the first coupon belongs to.
    """

    id: str
    texts: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    client_id: str | None = None
    lines: tuple[TillLine, ...] = ()
    amount_fen: int | None = None
    freight_fen: int = 0

    @property
    def total_fen(self) -> int | None:
        """Goods and freight before coupons; None while nothing is known."""
        if self.lines:
            return sum(line.amount_fen for line in self.lines) + self.freight_fen
        return None if self.amount_fen is None else self.amount_fen + self.freight_fen

    def with_coupon(self, text: str) -> Draft:
        """The draft with one more coupon laid on it, as its latest."""
        return replace(self, texts=(*(known for known in self.texts if known != text), text))

    def without_coupons(self) -> Draft:
        """The draft with the coupons laid aside."""
        return replace(self, texts=(), beside=tuple(dict.fromkeys((*self.beside, *self.texts))))


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who buys, as far as coupons ask. `is_new`: the book knows of no purchase."""

    id: str
    name: str
    level: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class Option:
    """A coupon that could be used: what it takes off alone, whether it lies on the bill, what it does not go with."""

    text: str
    shown: Shown
    laid: bool
    rivals: tuple[str, ...]

    @property
    def off_fen(self) -> int:
        """What it takes off alone."""
        return self.shown.verdict.discount_fen

    @property
    def coupon(self) -> HeldCoupon:
        """The coupon."""
        return self.shown.coupon


@dataclass(frozen=True, slots=True)
class Better:
    """The combination that takes most off, where it is not the one that lies on the bill."""

    texts: tuple[str, ...]
    names: tuple[str, ...]
    total_fen: int


@dataclass(frozen=True, slots=True)
class Refused:
    """A code that was shown and cannot be looked up."""

    text: str
    error: GuideError


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A draft with all that follows from it.

    `draft` is the one given, with the coupons that do not go with its latest laid aside. `shares` are what the coupons
    take off each line (one share where only the amount is known), `discount_fen` everything they take off. `proven` are
    the coupons whose signature holds, `latest` the last redemption of the coupon laid last, with those made with it.
    """

    draft: Draft
    bill: Bill
    buyer: Buyer | None
    laid: tuple[Shown, ...]
    shares: tuple[int, ...]
    discount_fen: int
    options: tuple[Option, ...]
    better: Better | None
    state: CounterState
    outlook: Outlook
    latest: tuple[RedemptionRow, ...]
    refused: tuple[Refused, ...]
    proven: frozenset[str]

    @property
    def usable(self) -> bool:
        """Whether there is a coupon on the bill and every one on it may be used."""
        return bool(self.laid) and all(shown.verdict.usable for shown in self.laid)

    @property
    def payable_fen(self) -> int | None:
        """What is to be paid; None while no amount is known."""
        total = self.draft.total_fen
        return None if total is None else total - self.discount_fen


class Till:
    """Reckons bills."""

    def __init__(self, db: Database, coupons: CouponQueries, clock: Clock) -> None:
        self._db = db
        self._coupons = coupons
        self._clock = clock

    def reckon(self, draft: Draft, served_by: str | None) -> Reckoned:
        """Everything about a draft that the guide `served_by` has before her.

        Raises InvalidInputError if the recall list is not genuine.
        """

        def read(conn: Connection) -> Reckoned:
            device = read_device(conn)
            return _Reading(conn, device, present_ms(device, self._clock), draft).reckoned(served_by)

        found = self._db.query(read)
        if not found.laid:
            return found
        coupon = found.laid[-1].coupon
        return replace(found, latest=self._coupons.used_together(coupon.id))


class _Reading:
    """One reckoning over one state of the book."""

    def __init__(self, conn: Connection, device: Device, now: int, draft: Draft) -> None:
        self._conn, self._device, self._now, self._draft = conn, device, now, draft
        self._refused: list[Refused] = []

    def reckoned(self, served_by: str | None) -> Reckoned:
        draft = self._draft
        client_id = draft.client_id or self._owner(draft.texts)
        laid = self._laid(self._bill(self._buyer(client_id)))
        if draft.client_id is None:
            client_id = self._owner([text for text, _ in laid])  # a coupon that left the bill says no more whose it is
        buyer = self._buyer(client_id)
        bill = self._bill(buyer)
        self._refused.clear()  # they are asked again with the bill
        laid = self._laid(bill)
        texts = [text for text, _ in laid]
        aside = [text for text in (*draft.texts, *draft.beside) if text not in texts]
        options = self._options(bill, laid, [*aside, *self._hers(client_id)])
        shown = tuple(one for _, one in laid)
        usable = [one.coupon.ticket for one in shown if one.verdict.usable]
        offs = take_off(usable, bill) if bill.lines else ()
        kept = replace(draft, texts=tuple(texts), beside=tuple(text for text in aside if not self._is_refused(text)))
        room = CounterState(offline_room(self._conn, self._device), read_recalls(self._conn).at, self._now)
        return Reckoned(
            draft=kept,
            bill=bill,
            buyer=buyer,
            laid=shown,
            shares=tuple(sum(off.lines[i] for off in offs) for i in range(len(bill.lines))),
            discount_fen=sum(off.total_fen for off in offs),
            options=options,
            better=_better(options, bill, sum(off.total_fen for off in offs)),
            state=room,
            outlook=outlook(self._conn, client_id, _touches(shown, self._now), served_by, self._now),
            latest=(),
            refused=tuple(self._refused),
            proven=frozenset(one.coupon.id for one in shown if self._is_proven(one)),
        )

    def _owner(self, texts: Sequence[str]) -> str | None:
        """Whose the first coupon is that says so."""
        nothing = Bill((), self._now, self._device.store_id)
        for text in texts:
            shown = self._look(text, nothing, None)
            if shown is not None and shown.coupon.client_id is not None:
                return shown.coupon.client_id
        return None

    def _buyer(self, client_id: str | None) -> Buyer | None:
        row = self._conn.exec_driver_sql(_BUYER, (client_id,)).one_or_none() if client_id else None
        return None if row is None else Buyer(row[0], row[1], row[2], bool(row[3]))

    def _bill(self, buyer: Buyer | None) -> Bill:
        draft = self._draft
        ids = sorted({line.product_id for line in draft.lines if line.product_id})
        found = self._conn.exec_driver_sql(_GOODS, (json.dumps(ids),)).all()
        goods: dict[str, tuple[str, list[str]]] = {row[0]: (row[1], json.loads(row[2])) for row in found}
        lines = []
        for line in draft.lines:
            category, tags = goods.get(line.product_id or "", ("", []))
            lines.append(BillLine(line.product_id, category, line.qty, line.amount_fen, tuple(tags)))
        if not lines and draft.amount_fen is not None:
            lines = [BillLine(None, "", 1, draft.amount_fen)]
        level, is_new = (buyer.level, buyer.is_new) if buyer else ("", True)
        return Bill(
            tuple(lines), self._now, self._device.store_id, level=level, is_new=is_new, freight_fen=draft.freight_fen
        )

    def _laid(self, bill: Bill) -> list[tuple[str, Shown]]:
        """The coupons on the bill; the latest stays, those that do not go with a later one leave it."""
        kept: list[tuple[str, Shown]] = []
        for text in reversed(self._draft.texts):
            shown = self._look(text, bill, self._draft.client_id)
            if shown is None or any(shown.coupon.id == other.coupon.id for _, other in kept):
                continue
            stays = not kept or _MENDABLE.issuperset(shown.verdict.codes)
            if stays and all(compatible(shown.coupon.ticket, other.coupon.ticket) for _, other in kept):
                kept.insert(0, (text, shown))
        return kept

    def _options(self, bill: Bill, laid: Sequence[tuple[str, Shown]], more: Sequence[str]) -> tuple[Option, ...]:
        """The coupons on the bill and all others within reach, those that take more before others."""
        found = {shown.coupon.id: (text, shown) for text, shown in laid}
        on_bill = set(found)
        standing = {shown.coupon.id for _, shown in laid if _MENDABLE.issuperset(shown.verdict.codes)}
        for text in more:
            shown = self._look(text, bill, self._draft.client_id)
            if shown is not None:
                found.setdefault(shown.coupon.id, (text, shown))
        tickets = {coupon_id: shown.coupon.ticket for coupon_id, (_, shown) in found.items()}
        options = [
            Option(text, shown, coupon_id in on_bill, _rivals(coupon_id, tickets, found, standing))
            for coupon_id, (text, shown) in found.items()
        ]
        return tuple(sorted(options, key=lambda o: (not o.laid, not o.shown.verdict.usable, -o.off_fen, o.coupon.id)))

    def _hers(self, client_id: str | None) -> list[str]:
        if client_id is None:
            return []
        return list(self._conn.exec_driver_sql(_HERS, (client_id, self._now, _MOST)).scalars())

    def _look(self, text: str, bill: Bill, client_id: str | None) -> Shown | None:
        try:
            return look(self._conn, text, bill, client_id, self._draft.id)
        except GuideError as error:
            if error.code == "coupon.list_broken":
                raise
            if not self._is_refused(text):
                self._refused.append(Refused(text, error))
            return None

    def _is_proven(self, shown: Shown) -> bool:
        """Whether head office's signature was checked: of what was scanned, or of what lies in the book."""
        if shown.voucher is not None or not shown.coupon.token:
            return shown.voucher is not None
        try:
            voucher, _ = prove(self._conn, shown.coupon.token)
        except InvalidInputError:
            return False
        return voucher.coupon_id == shown.coupon.id

    def _is_refused(self, text: str) -> bool:
        return any(refused.text == text for refused in self._refused)


def _better(options: Sequence[Option], bill: Bill, now_fen: int) -> Better | None:
    """The best of all usable coupons, where it takes more off than what lies on the bill."""
    if not bill.lines:
        return None
    usable = {option.coupon.id: option for option in options if option.shown.verdict.usable}
    mix = best([option.coupon.ticket for option in usable.values()], bill)
    if mix.total_fen <= now_fen:
        return None
    chosen = [usable[off.ticket_id] for off in mix.offs]
    return Better(
        tuple(option.text for option in chosen), tuple(option.coupon.terms.name for option in chosen), mix.total_fen
    )


def _rivals(
    coupon_id: str, tickets: dict[str, Ticket], found: dict[str, tuple[str, Shown]], on_bill: set[str]
) -> tuple[str, ...]:
    """Names of the coupons on the bill that this one does not go with."""
    return tuple(
        found[other][1].coupon.terms.name
        for other in found
        if other in on_bill and other != coupon_id and not compatible(tickets[coupon_id], tickets[other])
    )


def _touches(laid: Sequence[Shown], now: int) -> list[Touch]:
    return [
        Touch("coupon", shown.coupon.guide_id, shown.coupon.id, shown.coupon.claimed_at or now, "coupon")
        for shown in laid
        if shown.coupon.guide_id is not None
    ]
