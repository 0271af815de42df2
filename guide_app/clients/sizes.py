"""What purchases say of a client: what she kept, her usual sizes, what she buys most, when she buys it again.

Pure rules over the lines of her receipts. Returned goods count for nothing, and what she bought for somebody else is
left out of her sizes (it stays in her amounts: she paid it).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median, quantiles
from typing import Literal

from guide_app.base.clock import china_date

SizeKind = Literal["shoe", "top", "trousers", "ring"]
Basis = Literal["hers", "store", "product"]

#: Words of a category or title that say what kind of size a thing has; the first that fits counts.
_SIZE_WORDS: tuple[tuple[SizeKind, tuple[str, ...]], ...] = (
    ("ring", ("戒",)),
    ("shoe", ("鞋", "靴", "乐福", "拖")),
    ("trousers", ("裤", "半裙", "半身裙")),
    ("top", ("衣", "衫", "恤", "外套", "夹克", "上装", "裙", "羽绒", "马甲", "西装")),
)
#: What is written where there is only one size.
_NO_SIZE = frozenset({"", "均码", "F", "均"})
_TOP = 3
#: Fewer gaps than these say nothing: of one client, and of a store.
HER_GAPS, STORE_GAPS = 3, 8
#: A window is at least this much of the gap to either side, and as wide as this when only the product says it.
_LEAST, _ASSUMED = 0.1, 0.15


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a receipt with what its product says. `category` is a path such as `鞋/女鞋/乐福鞋`, empty if unknown.

    Of a return `qty` and `amount_fen` are negative and `origin_order_no` names the sale. `for_whom` is who it was
    bought for, empty for herself.
    """

    id: str
    order_no: str
    at: int
    kind: Literal["sale", "return"]
    origin_order_no: str
    sku_id: str | None
    title: str
    colour: str
    size: str
    qty: int
    amount_fen: int
    category: str = ""
    warranty_days: int = 0
    wear_days: int = 0
    for_whom: str = ""

    @property
    def thing(self) -> tuple[str, str, str]:
        """What was sold, to find the sale that a return takes back."""
        return (self.sku_id or self.title, self.colour, self.size)


@dataclass(frozen=True, slots=True)
class UsualSize:
    """The size she kept most pieces of, of how many, and when she last bought it (UTC ms)."""

    kind: SizeKind
    size: str
    pieces: int
    of: int
    last_at: int


@dataclass(frozen=True, slots=True)
class CategoryShare:
    """What she kept of one category: pieces and fen."""

    category: str
    pieces: int
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Window:
    """When she is likely to buy of a category again: first and last day, the usual gap in days, and who says so.

    `basis` hers: from her own gaps; store: from those of the store's clients; product: from how long one lasts.
    `gaps` is how many the figure rests on.
    """

    category: str
    from_day: dt.date
    until_day: dt.date
    gap_days: int
    basis: Basis
    gaps: int


@dataclass(frozen=True, slots=True)
class Habits:
    """Figures of what she kept. `average_fen` is the mean of a receipt of which something was kept."""

    sizes: tuple[UsualSize, ...]
    categories: tuple[CategoryShare, ...]
    average_fen: int
    kept_fen: int
    windows: tuple[Window, ...]


def kept_lines(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The sales of `lines` less what was returned of them, newest first; fully returned ones are gone.

    A return is taken from the receipt that it names; one that names none, or an unknown one, from the newest sale of
    the same thing before it.
    """
    sales = {line.id: line for line in sorted(lines, key=lambda one: -one.at) if line.kind == "sale" and line.qty > 0}
    for back in sorted((line for line in lines if line.kind == "return"), key=lambda one: one.at):
        left, money = -back.qty, back.amount_fen
        same = [line for line in sales.values() if line.thing == back.thing and line.qty > 0 and line.at <= back.at]
        named = [line for line in same if line.order_no == back.origin_order_no]
        for line in named or same:
            taken = min(left, line.qty)
            if taken <= 0:
                break
            share = money if taken == left else round(money * taken / left)
            sales[line.id] = replace(line, qty=line.qty - taken, amount_fen=line.amount_fen + share)
            left, money = left - taken, money - share
    return tuple(line for line in sales.values() if line.qty > 0)


def size_kind(line: Line) -> SizeKind | None:
    """What kind of size a line's size is, by the words of its category, else of its title; None if neither says."""
    for text in (line.category, line.title):
        for kind, words in _SIZE_WORDS:
            if any(word in text for word in words):
                return kind
    return None


def usual_sizes(kept: Iterable[Line]) -> tuple[UsualSize, ...]:
    """Her usual size of each kind from what she kept for herself; of equally many the latest counts."""
    pieces: dict[SizeKind, dict[str, tuple[int, int]]] = defaultdict(dict)
    for line in kept:
        kind = size_kind(line)
        if kind is None or line.size in _NO_SIZE or line.for_whom:
            continue
        count, last = pieces[kind].get(line.size, (0, 0))
        pieces[kind][line.size] = count + line.qty, max(last, line.at)
    found = []
    for kind, sizes in pieces.items():
        size, (count, last) = max(sizes.items(), key=lambda item: item[1])
        found.append(UsualSize(kind, size, count, sum(n for n, _ in sizes.values()), last))
    return tuple(sorted(found, key=lambda one: one.kind))


def top_categories(kept: Iterable[Line]) -> tuple[CategoryShare, ...]:
    """The categories she spent most on, at most three."""
    shares: dict[str, CategoryShare] = {}
    for line in kept:
        if line.category:
            had = shares.get(line.category, CategoryShare(line.category, 0, 0))
            shares[line.category] = CategoryShare(
                line.category, had.pieces + line.qty, had.amount_fen + line.amount_fen
            )
    return tuple(sorted(shares.values(), key=lambda s: (-s.amount_fen, s.category))[:_TOP])


def own_gaps(kept: Iterable[Line]) -> dict[str, list[int]]:
    """The days between her purchases of each category; several on one day are one purchase."""
    days: dict[str, set[dt.date]] = defaultdict(set)
    for line in kept:
        if line.category and not line.for_whom:
            days[line.category].add(china_date(line.at))
    return {category: [(b - a).days for a, b in pairwise(sorted(them))] for category, them in days.items()}


def windows(kept: Sequence[Line], store_gaps: Mapping[str, Sequence[int]]) -> tuple[Window, ...]:
    """When she is likely to buy again of each category she bought for herself, the earliest first.

    From her own gaps if there are three, else from the store's if there are eight, else from how long its product
    lasts; a category of which nothing is known has no window.
    """
    last: dict[str, Line] = {}
    for line in sorted(kept, key=lambda one: one.at):
        if line.category and not line.for_whom:
            last[line.category] = line
    hers = own_gaps(kept)
    found = (_window(line, hers.get(category, ()), store_gaps.get(category, ())) for category, line in last.items())
    return tuple(sorted((one for one in found if one is not None), key=lambda one: (one.from_day, one.category)))


def habits(lines: Sequence[Line], store_gaps: Mapping[str, Sequence[int]]) -> Habits:
    """All figures of her receipts."""
    kept = kept_lines(lines)
    total = sum(line.amount_fen for line in kept)
    orders = len({line.order_no for line in kept})
    return Habits(
        sizes=usual_sizes(kept),
        categories=top_categories(kept),
        average_fen=round(total / orders) if orders else 0,
        kept_fen=total,
        windows=windows(kept, store_gaps),
    )


def without_windows(lines: Sequence[Line]) -> Habits:
    """The facts alone: nothing is foretold of who asked not to be profiled (个人信息保护法 art. 24)."""
    return replace(habits(lines, {}), windows=())


def _window(line: Line, hers: Sequence[int], stores: Sequence[int]) -> Window | None:
    if len(hers) >= HER_GAPS:
        return _between(line, "hers", hers)
    if len(stores) >= STORE_GAPS:
        return _between(line, "store", stores)
    if line.wear_days > 0:
        return _around(
            line, "product", line.wear_days, line.wear_days * (1 - _ASSUMED), line.wear_days * (1 + _ASSUMED)
        )
    return None


def _between(line: Line, basis: Basis, gaps: Sequence[int]) -> Window:
    usual = median(gaps)
    low, _, high = quantiles(gaps, n=4, method="inclusive")
    return _around(line, basis, usual, min(low, usual * (1 - _LEAST)), max(high, usual * (1 + _LEAST)), len(gaps))


def _around(line: Line, basis: Basis, usual: float, low: float, high: float, gaps: int = 0) -> Window:
    bought = china_date(line.at)
    return Window(
        line.category, bought + dt.timedelta(round(low)), bought + dt.timedelta(round(high)), round(usual), basis, gaps
    )
