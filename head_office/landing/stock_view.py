"""Sizes with the link's store's own figures: never without saying how old they are, never scarcer than they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from guide_app.base.clock import DAY_MS
from guide_app.protocol.records import Sku, Stock
from head_office.landing import words
from head_office.landing.facts import Facts

State = Literal["some", "few", "none", "unknown"]

#: From this many pieces on a size is simply there; below, the true number is told.
FEW = 3
#: Figures older than this are shown with the advice to ask first.
STALE_MS = DAY_MS
_SPOKEN = {"some": "有货", "none": "无货", "unknown": "库存未知"}
_NEARBY_SHOWN = 3


@dataclass(frozen=True, slots=True)
class SizeView:
    """One chip. `left` is told for the last few pieces only."""

    label: str
    state: State
    left: int = 0
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class ColourView:
    """A row of chips; the name is empty where the product comes in one unnamed colour."""

    name: str
    sizes: tuple[SizeView, ...]


@dataclass(frozen=True, slots=True)
class StockView:
    """All sizes, one sentence about them, and what neighbouring stores have of what is missing here."""

    colours: tuple[ColourView, ...]
    sentence: str
    as_of: int | None
    age: str = ""
    stale: bool = False
    nearby: tuple[str, ...] = ()

    @property
    def gone(self) -> bool:
        """Whether the store is known to have none of it."""
        return all(size.state == "none" for colour in self.colours for size in colour.sizes)


def stock_view(facts: Facts, now_ms: int) -> StockView | None:
    """The sizes of the link's product in the link's store; None without a store or for a product without variants."""
    if facts.product is None or facts.store is None or not facts.skus:
        return None
    unit = words.counter(facts.product.category)
    skus = sorted(facts.skus, key=lambda s: (s.rank, s.colour, s.size))
    figures = [facts.stock[s.id] for s in skus if s.id in facts.stock]
    colours = tuple(
        ColourView(colour, tuple(_size(s, facts.stock, unit) for s in skus if s.colour == colour))
        for colour in dict.fromkeys(s.colour for s in skus)
    )
    as_of = min((f.as_of for f in figures), default=None)
    return StockView(
        colours,
        _sentence(colours, unit),
        as_of,
        "" if as_of is None else words.age(as_of, now_ms),
        as_of is not None and now_ms - as_of > STALE_MS,
        tuple(_nearby(facts, skus, unit, now_ms)),
    )


def _size(sku: Sku, stock: Mapping[str, Stock], unit: str) -> SizeView:
    figure = stock.get(sku.id)
    label = sku.size.strip() or "均码"
    if figure is None:
        return SizeView(label, "unknown", spoken=f"{words.size(sku.size)}，{_SPOKEN['unknown']}")
    state: State = "none" if figure.available <= 0 else "few" if figure.available <= FEW else "some"
    left = figure.available if state == "few" else 0
    spoken = f"余 {left} {unit}" if left else _SPOKEN[state]
    return SizeView(label, state, left, f"{words.size(sku.size)}，{spoken}")


def _sentence(colours: tuple[ColourView, ...], unit: str) -> str:
    """`本店 37 码余 2 双`, else which sizes are there, else that there are none."""
    several = len(colours) > 1
    few = [
        f"{colour.name + ' ' if several else ''}{words.size(size.label)}余 {size.left} {unit}"
        for colour in colours
        for size in colour.sizes
        if size.state == "few"
    ]
    if few:
        return "本店 " + "、".join(few[:2]) + (" 等" if len(few) > 2 else "")  # noqa: PLR2004 - two fit on a line
    states = {size.state for colour in colours for size in colour.sizes}
    if "some" in states:
        return "本店有现货" if states == {"some"} else "本店部分尺码有现货"
    return "本店暂时缺货" if states == {"none"} else "本店库存还没有上报"


def _nearby(facts: Facts, skus: Iterable[Sku], unit: str, now_ms: int) -> Iterable[str]:
    """Lines for sizes that are gone here and known to be next door, newest figure first."""
    found = [
        (figure.as_of, sku, figure)
        for sku in skus
        if sku.id in facts.stock and facts.stock[sku.id].available <= 0
        for figure in facts.nearby.get(sku.id, ())
        if figure.available > 0 and figure.store_id in facts.store_names
    ]
    found.sort(key=lambda one: -one[0])
    several = len({sku.colour for sku in facts.skus}) > 1
    for as_of, sku, figure in found[:_NEARBY_SHOWN]:
        what = f"{sku.colour} {words.size(sku.size)}" if several and sku.colour else words.size(sku.size)
        left = "有货" if figure.available > FEW else f"余 {figure.available} {unit}"
        yield f"{facts.store_names[figure.store_id]} {what}{left} · {words.age(as_of, now_ms)}"
