"""Which of a customer's coupons go together, and which of those combinations is best for her. Pure, in fen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guide_app.protocol.coupon_bill import Bill, Obstacle, Off, Ticket, obstacles, take_off

#: Of more coupons than this only those that take most off alone are tried together: 2^10 combinations.
MOST_TRIED = 10


@dataclass(frozen=True, slots=True)
class Mix:
    """Coupons used together and what each takes off, in the order in which they are taken."""

    offs: tuple[Off, ...]

    @property
    def ids(self) -> frozenset[str]:
        """The coupons."""
        return frozenset(off.ticket_id for off in self.offs)

    @property
    def total_fen(self) -> int:
        """What they take off together."""
        return sum(off.total_fen for off in self.offs)

    def lines(self, n_lines: int) -> tuple[int, ...]:
        """What they take off each of the bill's lines."""
        return tuple(sum(off.lines[i] for off in self.offs) for i in range(n_lines))


@dataclass(frozen=True, slots=True)
class Choice:
    """One coupon beside the best combination: what it takes off alone, why not, and with which it cannot go."""

    ticket: Ticket
    off_fen: int
    obstacles: tuple[Obstacle, ...]
    rivals: tuple[str, ...]


def compatible(one: Ticket, other: Ticket) -> bool:
    """Whether two coupons may lie on one bill: both stack, neither excludes the other, not twice the same batch."""
    if one.terms.id == other.terms.id or not (one.terms.stacking and other.terms.stacking):
        return False
    return not one.terms.exclusive_group or one.terms.exclusive_group != other.terms.exclusive_group


def may_go_together(tickets: Sequence[Ticket]) -> bool:
    """Whether all of these may lie on one bill."""
    return all(compatible(a, b) for i, a in enumerate(tickets) for b in tickets[i + 1 :])


def best(tickets: Sequence[Ticket], bill: Bill) -> Mix:
    """The combination that takes most off.

    Of equal ones the one with fewer coupons, then that whose coupons end first, so that nothing is used up in vain.
    """
    usable = [ticket for ticket in tickets if not obstacles(ticket, bill)]
    usable.sort(key=lambda ticket: (-take_off([ticket], bill)[0].total_fen, _end(ticket), ticket.id))
    found = [Mix(())]
    found += (Mix(take_off(group, bill)) for group in _groups(usable[:MOST_TRIED]))
    ends = {ticket.id: _end(ticket) for ticket in usable}
    return min(
        found,
        key=lambda mix: (-mix.total_fen, len(mix.offs), sorted(ends[i] for i in mix.ids), sorted(mix.ids)),
    )


def choices(tickets: Sequence[Ticket], bill: Bill) -> tuple[Choice, ...]:
    """Each coupon by itself: the usable first, those that take more before others, with the rivals of each."""
    found = []
    for ticket in tickets:
        why = obstacles(ticket, bill)
        rivals = tuple(other.id for other in tickets if other is not ticket and not compatible(ticket, other))
        off = 0 if why else take_off([ticket], bill)[0].total_fen
        found.append(Choice(ticket, off, why, rivals))
    return tuple(sorted(found, key=lambda choice: (bool(choice.obstacles), -choice.off_fen, choice.ticket.id)))


def _groups(tickets: Sequence[Ticket]) -> Iterator[list[Ticket]]:
    """Every set of coupons that may lie on one bill, without the empty one."""
    for i, first in enumerate(tickets):
        yield [first]
        partners = [other for other in tickets[i + 1 :] if compatible(first, other)]
        for group in _groups(partners):
            yield [first, *group]


def _end(ticket: Ticket) -> int:
    return ticket.valid_until or 1 << 48
