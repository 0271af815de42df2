"""Three years of receipts: clients by BG/NBD and Gamma-Gamma, walk-ins without a name, returns.

Each client's repeat purchases come from `buying.BgNbd` from the day she was first met to yesterday; the value of each
order comes from `buying.GammaGamma`, whose dollars are turned into yuan so that the mean order is about 634 yuan, two
pieces at this catalogue's prices. With 1,600 clients that gives some 5,000 orders. A street shop sells most of its
goods to people it does not know by name: walk-ins, each with a spending level of its own from the same Gamma-Gamma
distribution, are added until `SALE_LINES` lines are sold. Returns follow by line within twenty days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from head_office.demo.baskets import Basket, Offer, Shopper, Store
from head_office.demo.buying import BgNbd, GammaGamma
from head_office.demo.clock import DAY_MS, business_day
from head_office.demo.heroes import Hero
from head_office.demo.model import Guide, Product, Sku
from head_office.demo.people import WEEKS, Person
from head_office.demo.rng import stream
from head_office.demo.trading import TradingDays, is_festival, moment

SALE_LINES: Final = 31_000
YUAN_PER_DOLLAR_OF_FIT: Final = 18.0
_FEN: Final = 100
_HALF_HOUR_MS: Final = 1_800_000
_OWN_GUIDE: Final = 0.78
_WALK_IN_FEMALE: Final = 0.6
RETURN_SHARE: Final = 0.07
RETURN_DAYS: Final = 20

_PLAIN: Final = Offer("")
_MEMBER: Final = Offer("会员 95 折", percent_off=5)
_FESTIVAL: Final = (Offer("节日 88 折", percent_off=12), Offer("满 600 减 60", off_fen=6_000, min_fen=60_000))
COUPON_OFFERS: Final = (
    Offer("cloud", off_fen=8_000, min_fen=40_000, template=True),
    Offer("thanks", off_fen=3_000, min_fen=3_100, template=True),
    Offer("birthday", percent_off=10, cap_fen=10_000, template=True),
)
_COUPONS: Final = {offer.key for offer in COUPON_OFFERS}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an order before it has an id; amounts in fen."""

    product: Product
    sku: Sku
    qty: int
    amount_fen: int
    discount_fen: int


@dataclass(frozen=True, slots=True)
class Order:
    """One receipt before it has a number. `coupon` is the key of the coupon offer used, or empty."""

    store_id: str
    guide_id: str
    client_id: str | None
    at: int
    lines: tuple[Line, ...]
    coupon: str = ""
    scripted: bool = False

    @property
    def total_fen(self) -> int:
        """What was paid."""
        return sum(line.amount_fen for line in self.lines)


@dataclass(frozen=True, slots=True)
class Return:
    """Lines (by position) of an order brought back at `at`."""

    order: int
    lines: tuple[int, ...]
    at: int
    guide_id: str


class Simulation:
    """Makes the orders of one brand; all randomness comes from streams of `seed`."""

    def __init__(
        self, products: Sequence[Product], skus: Sequence[Sku], guides: Sequence[Guide], today: dt.date, seed: int
    ) -> None:
        self._floor = Store(products, skus)
        self._by_name = {p.name.split(" ")[0]: p for p in products}
        self._days = TradingDays(today - dt.timedelta(days=WEEKS * 7), today - dt.timedelta(days=1))
        self._teams: dict[str, list[str]] = {}
        for guide in guides:
            self._teams.setdefault(guide.store_id, []).append(guide.id)
        self._today = today
        self._seed = seed
        self._timing, self._spending = BgNbd(), GammaGamma()

    def orders(self, people: Sequence[Person]) -> list[Order]:
        """All sales, in order of time."""
        rng = stream(self._seed, "orders")
        sales: list[Order] = []
        for person in people:
            if person.hero is not None:
                sales.extend(self._scripted(person, person.hero, rng))
            elif person.first is not None:
                sales.extend(self._client(person, person.first, rng))
        lines = sum(len(o.lines) for o in sales)
        walk = stream(self._seed, "walk-ins")
        while lines < SALE_LINES:
            sales.append(self._walk_in(walk))
            lines += len(sales[-1].lines)
        return sorted(sales, key=lambda o: (o.at, o.store_id, o.guide_id, o.client_id or ""))

    def _client(self, person: Person, first: int, rng: Random) -> list[Order]:
        client = person.client
        start, end = business_day(first), self._days.days[-1]
        weeks = ((end - start).days + 1) / 7
        nu = self._spending.customer(rng)
        shopper = Shopper(client.sex, client.tastes, client.shoe_size, client.top_size)
        back = [start + dt.timedelta(days=int(week * 7)) for week in self._timing.repeats(rng, weeks)]
        days = [start, *(self._days.near(day, rng, start) for day in back)]
        made = []
        for i, day in enumerate(sorted(days)):
            at = first if i == 0 else max(moment(day, rng), first + _HALF_HOUR_MS)
            offers = (_PLAIN, _MEMBER, *COUPON_OFFERS, *(_FESTIVAL if is_festival(day) else ()))
            basket = self._floor.basket(rng, shopper, day, self._target(rng, nu), offers)
            made.append(
                self._order(
                    basket, client.store_id, self._guide(client.store_id, client.primary_guide_id, rng), client.id, at
                )
            )
        return made

    def _walk_in(self, rng: Random) -> Order:
        day = self._days.any_day(rng)
        sex = "female" if rng.random() < _WALK_IN_FEMALE else "male"
        store = rng.choices(list(self._teams), [len(t) for t in self._teams.values()])[0]
        offers = (_PLAIN, *(_FESTIVAL if is_festival(day) else ()))
        shopper = Shopper("female" if sex == "female" else "male", (), "", "")
        basket = self._floor.basket(rng, shopper, day, self._target(rng, self._spending.customer(rng)), offers)
        return self._order(basket, store, rng.choice(self._teams[store]), None, moment(day, rng))

    def _target(self, rng: Random, nu: float) -> int:
        return round(self._spending.order(rng, nu) * YUAN_PER_DOLLAR_OF_FIT * _FEN)

    def _guide(self, store_id: str, primary: str, rng: Random) -> str:
        return primary if rng.random() < _OWN_GUIDE else rng.choice(self._teams[store_id])

    @staticmethod
    def _order(basket: Basket, store_id: str, guide_id: str, client_id: str | None, at: int) -> Order:
        parts = apportion(basket.discount_fen, [i.list_fen for i in basket.items])
        lines = tuple(
            Line(i.product, i.sku, i.qty, i.list_fen - off, off) for i, off in zip(basket.items, parts, strict=True)
        )
        return Order(store_id, guide_id, client_id, at, lines, basket.offer if basket.offer in _COUPONS else "")

    def _scripted(self, person: Person, hero: Hero, rng: Random) -> list[Order]:
        client = person.client
        shopper = Shopper(client.sex, client.tastes, client.shoe_size, client.top_size)
        made = []
        for bought in hero.bought:
            day = self._today - dt.timedelta(days=bought.days)
            product = self._available(bought.product, day, bought.yuan * _FEN)
            sku = self._floor.variant(rng, product, shopper)
            if bought is hero.bought[0]:
                sku = next(
                    s
                    for s in self._floor.variants(product)
                    if (s.colour, s.size) == (product.colours[0].name, sku.size)
                )
            paid = bought.yuan * _FEN
            line = Line(product, sku, 1, paid, max(0, product.tag_price_fen - paid))
            at = moment(day, rng)
            at = at - at % DAY_MS + (bought.minute * 60_000 - 8 * 3_600_000) % DAY_MS
            made.append(Order(client.store_id, client.primary_guide_id, client.id, at, (line,), scripted=True))
        return made

    def _available(self, name: str, day: dt.date, paid: int) -> Product:
        """The product of this name, or what the shop had like it on that day at no lower a tag price."""
        wanted = self._by_name[name]
        if wanted.launched <= day:
            return wanted
        like = (p for p in self._by_name.values() if p.launched <= day and p.tag_price_fen >= paid)
        return min(like, key=lambda p: (p.family != wanted.family, p.audience != wanted.audience, p.no), default=wanted)

    def returns(self, sales: Sequence[Order]) -> list[Return]:
        """What came back: some lines of some orders, one to twenty days later, before today. Underwear is kept."""
        rng = stream(self._seed, "returns")
        last = self._days.days[-1]
        made = []
        for index, order in enumerate(sales):
            back = tuple(
                i
                for i, line in enumerate(order.lines)
                if rng.random() < RETURN_SHARE and not line.product.sensitive and line.amount_fen > 0
            )
            day = business_day(order.at) + dt.timedelta(days=rng.randint(1, RETURN_DAYS))
            if back and not order.scripted and day <= last:
                made.append(Return(index, back, moment(day, rng), rng.choice(self._teams[order.store_id])))
        return made


def apportion(total: int, weights: Sequence[int]) -> list[int]:
    """`total` fen split by weight with the largest remainders rounded up: the parts add up exactly."""
    whole = sum(weights)
    if not total or not whole:
        return [0] * len(weights)
    parts = [total * w // whole for w in weights]
    order = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in order[: total - sum(parts)]:
        parts[i] += 1
    return parts
