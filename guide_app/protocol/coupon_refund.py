"""What is paid back when pieces of a bill with coupons come back. Pure, in fen; a refund never edits the sale.

Two written rules (docs/coupons.md), chosen by the template:

- share: each piece is paid back at what was paid for it, its share of the coupon taken off. The default.
- reprice: what she keeps is priced anew with the coupons whose conditions it still meets; she gets the difference.
  A customer never has to pay for bringing something back: below zero it is nothing, and later refunds make it up.

Whatever comes back in whatever order: once all has come back, exactly what was paid has been paid back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from guide_app.base.money import apportion
from guide_app.protocol.coupon_bill import Bill, Ticket, obstacles, take_off


@dataclass(frozen=True, slots=True)
class Sale:
    """A paid bill: the coupons used, and how many pieces of each line came back before."""

    bill: Bill
    used: tuple[Ticket, ...]
    returned: tuple[int, ...]

    @property
    def paid(self) -> tuple[int, ...]:
        """What was paid for each line."""
        left = [line.amount_fen for line in self.bill.lines]
        for off in take_off(self.used, self.bill):
            left = [amount - part for amount, part in zip(left, off.lines, strict=True)]
        return tuple(left)


@dataclass(frozen=True, slots=True)
class Refund:
    """What is paid back for each line, and the coupons that come back because nothing bought with them is kept."""

    lines: tuple[int, ...]
    coupons_back: tuple[str, ...]

    @property
    def total_fen(self) -> int:
        """All that is paid back now."""
        return sum(self.lines)


def refund(sale: Sale, pieces: Sequence[int], refunded_fen: int = 0) -> Refund:
    """What `pieces` of each line bring back now; `refunded_fen` was paid back before.

    Raises ValueError for more pieces than are kept.
    """
    after = tuple(before + now for before, now in zip(sale.returned, pieces, strict=True))
    for line, now, back in zip(sale.bill.lines, pieces, after, strict=True):
        if now < 0 or back > line.qty:
            raise ValueError(f"{back} of {line.qty} pieces cannot come back")
    if any(ticket.terms.refund_rule == "reprice" for ticket in sale.used):
        kept = _kept(sale.bill, after)
        still = _earned(sale.used, kept)
        lost = [ticket.id for ticket in _earned(sale.used, _kept(sale.bill, sale.returned)) if ticket not in still]
        due = kept.total_fen - sum(sum(off.lines) for off in take_off(still, kept))
        return Refund(_shared(sale, pieces, max(0, sum(sale.paid) - refunded_fen - due)), tuple(lost))
    lines = tuple(
        _paid_for(paid, line.qty, back) - _paid_for(paid, line.qty, before)
        for paid, line, before, back in zip(sale.paid, sale.bill.lines, sale.returned, after, strict=True)
    )
    return Refund(lines, _coupons_back(sale, after))


def _earned(used: Sequence[Ticket], kept: Bill) -> list[Ticket]:
    """The coupons that what is kept still earns; where nothing is kept, none."""
    return [ticket for ticket in used if kept.lines and not obstacles(ticket, kept)]


def _paid_for(paid: int, qty: int, pieces: int) -> int:
    """What was paid for the first `pieces` of a line: grows with them and ends at the whole."""
    return paid * pieces // qty if qty else 0


def _kept(bill: Bill, returned: Sequence[int]) -> Bill:
    """The bill without what came back."""
    lines = tuple(
        replace(line, qty=line.qty - back, amount_fen=line.amount_fen - _paid_for(line.amount_fen, line.qty, back))
        for line, back in zip(bill.lines, returned, strict=True)
        if back < line.qty
    )
    return replace(bill, lines=lines)


def _shared(sale: Sale, pieces: Sequence[int], back_fen: int) -> tuple[int, ...]:
    """What is paid back, over the lines that come back now by their price."""
    weights = [_paid_for(line.amount_fen, line.qty, now) for line, now in zip(sale.bill.lines, pieces, strict=True)]
    if not sum(weights):
        weights = list(pieces) if sum(pieces) else [1, *[0] * (len(weights) - 1)]
    return tuple(apportion(back_fen, weights))


def _coupons_back(sale: Sale, after: Sequence[int]) -> tuple[str, ...]:
    """A coupon comes back with the last piece that it took something off, and not before: it was used."""
    back = []
    for off in take_off(sale.used, sale.bill):
        touched = [i for i, part in enumerate(off.lines) if part]
        whole = touched or range(len(after))
        if all(after[i] == sale.bill.lines[i].qty for i in whole):
            back.append(off.ticket_id)
    return tuple(back)
