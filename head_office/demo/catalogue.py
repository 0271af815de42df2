"""The catalogue of the demo brand: products and variants, laid out over the last four years before `today`."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Final

from head_office.demo.clock import day_ms
from head_office.demo.gtin import restricted_gtin
from head_office.demo.model import Colour, Product, Sku
from head_office.demo.palette import COLOURS
from head_office.demo.rng import make_id, stream
from head_office.demo.styles import ALL_YEAR, AUTUMN, SIZES, SPRING, SUMMER, WINTER, Family, Style
from head_office.demo.styles_more import MORE
from head_office.demo.styles_shoes import SHOES
from head_office.demo.styles_wear import WEAR

FAMILIES: Final[tuple[Family, ...]] = (*SHOES, *WEAR, *MORE)

# Month in which a season's goods reach the shops.
_ARRIVAL: Final = {SPRING: 2, SUMMER: 4, AUTUMN: 8, WINTER: 10}
_SEASON_DIGIT: Final = {ALL_YEAR: 0, SPRING: 1, SUMMER: 2, AUTUMN: 3, WINTER: 4}
# Share of styles that were new this year, last year, and so on; half of an own-label range is carried over.
_AGE_WEIGHTS: Final = (0.34, 0.2, 0.16, 0.3)
_STOPPED_SHARE: Final = 0.03
_NAMED_FIRST: Final = 1
# The styles the whole demo speaks about: always this year's, in these colours, at the top of the list.
_FEATURED: Final[dict[str, tuple[str, ...]]] = {
    "云感小白鞋": ("云朵白", "米白", "薄荷"),
    "软底乐福鞋": ("黑色", "焦糖", "米白"),
    "复古老爹鞋": ("云朵白", "浅灰"),
    "商务德比鞋": ("黑色", "棕色"),
    "轻羽运动鞋": ("雾霾蓝", "曜石黑", "樱粉"),
    "切尔西短靴": ("黑色", "深咖"),
}
_COLOUR_WORDS: Final = {"小白": "云朵白", "小黑": "黑色", "奶油": "米白", "海魂": "本白"}
_MATERIAL_WORDS: Final = (
    "小牛皮", "羊皮", "反绒", "漆皮", "缎面", "油蜡", "擦色", "头层", "帆布", "再生棉", "水洗",
    "飞织", "亚麻", "天丝", "牛津", "桑蚕丝", "莫代尔", "珠地", "美利奴", "羊绒", "羊毛", "抓绒",
    "双面", "鹅绒", "轻薄", "精梳", "醋酸", "牛仔", "格纹", "软木", "速干", "菱格", "荔枝纹",
    "机能", "三防",
)  # fmt: skip
_FEATURED_WEIGHT: Final = 6.0


def products(today: dt.date, seed: int) -> list[Product]:
    """All styles, featured ones first; `no` counts from 1. Same arguments, same list."""
    rng = stream(seed, "catalogue")
    rows = [(family, style) for family in FAMILIES for style in family.styles]
    featured = list(_FEATURED)
    rows.sort(key=lambda row: featured.index(row[1].name) if row[1].name in featured else len(featured))
    serial: dict[str, int] = {}
    made = []
    for no, (family, style) in enumerate(rows, _NAMED_FIRST):
        serial[family.key] = serial.get(family.key, 0) + 1
        made.append(_product(no, serial[family.key], family, style, today, rng))
    return made


def _product(no: int, serial: int, family: Family, style: Style, today: dt.date, rng: Random) -> Product:
    featured = style.name in _FEATURED
    age = rng.choices(range(4), _AGE_WEIGHTS)[0]
    if featured:  # seasonal ones are this season's, the others have long been favourites
        age = 0 if style.season != ALL_YEAR else 2
    launched = _launch(style.season, today, age, rng)
    year = launched.year
    digit = _SEASON_DIGIT[style.season]
    seasonal = style.season != ALL_YEAR
    name = f"{style.name} {year} {style.season}" if seasonal and _is_this_season(launched, today) else style.name
    names = _FEATURED.get(style.name) or _colours(family, style, rng)
    points = style.points or tuple(rng.sample(family.points, rng.choice((2, 3))))
    tag = style.yuan * 100
    return Product(
        id=make_id(rng, day_ms(launched)),
        no=no,
        spu=f"{family.code}{year % 100:02d}{digit}{serial:02d}",
        name=name,
        category=f"{family.room}/{style.audience}/{family.shelf}",
        season=f"{year} {style.season}" if seasonal else ALL_YEAR,
        points=points,
        material=rng.choice(_materials(family, style)),
        care=family.care,
        price_fen=tag if featured else _price(tag, (today - launched).days, seasonal=seasonal),
        tag_price_fen=tag,
        status="stopped" if not featured and rng.random() < _STOPPED_SHARE else "on_sale",
        sensitive=family.sensitive,
        family=family.key,
        audience=style.audience,
        colours=tuple(Colour(n, COLOURS[n]) for n in names),
        sizes=SIZES[family.sizes, style.audience],
        weight=_FEATURED_WEIGHT if featured else rng.lognormvariate(0.0, 0.8),
        launched=launched,
    )


def _colours(family: Family, style: Style, rng: Random) -> tuple[str, ...]:
    """Two or three colours; a name that speaks of one, as 小白鞋 does, has it first."""
    first = next((colour for word, colour in _COLOUR_WORDS.items() if word in style.name), None)
    others = [c for c in rng.sample(family.colours, rng.choice((2, 2, 3))) if c != first]
    return (first, *others[: 2 if len(others) > 1 else 1]) if first else tuple(others)


def _materials(family: Family, style: Style) -> tuple[str, ...]:
    """The family's materials, or those that the style's name or points speak of."""
    told = [word for word in _MATERIAL_WORDS if word in style.name or any(word in p for p in style.points)]
    return tuple(m for m in family.materials if any(word in m for word in told)) or family.materials


def _launch(season: str, today: dt.date, age: int, rng: Random) -> dt.date:
    """The day a style of `season` reached the shops, `age` turns ago, always before `today`."""
    month = _ARRIVAL.get(season) or rng.choice((2, 3, 8, 9))
    day = dt.date(today.year, month, rng.randint(3, 26))
    if day >= today - dt.timedelta(days=3):
        day = day.replace(year=day.year - 1)
    return day.replace(year=day.year - age)


def _is_this_season(launched: dt.date, today: dt.date) -> bool:
    return (today - launched).days < 365  # noqa: PLR2004 - a turn of the seasons


def _price(tag: int, age_days: int, *, seasonal: bool) -> int:
    """Selling price in fen: last year's seasonal goods are marked down, and end in 9 yuan. Never above the tag."""
    if not seasonal or age_days < 300:  # noqa: PLR2004 - still this season's goods
        return tag
    share = 0.8 if age_days < 700 else 0.7  # noqa: PLR2004 - second year, then older
    return min(tag, round(tag * share / 1000) * 1000 - 100)


def skus(made: list[Product], seed: int) -> list[Sku]:
    """All variants: colour by colour, size by size, each with its own GTIN-13."""
    rng = stream(seed, "skus")
    return [
        Sku(
            id=make_id(rng, day_ms(product.launched)),
            product_id=product.id,
            code=f"{product.spu}-{c:02d}-{size.split('/')[0]}",
            gtin=restricted_gtin(product.no, c * 100 + s),
            colour=colour.name,
            size=size,
            price_fen=product.price_fen,
            rank=c * 100 + s,
        )
        for product in made
        for c, colour in enumerate(product.colours, 1)
        for s, size in enumerate(product.sizes, 1)
    ]
