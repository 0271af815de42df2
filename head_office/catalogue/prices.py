"""What a product was offered at, day by day, and whether a higher price named beside it (原价) was ever real.

规范促销行为暂行规定 (国家市场监督管理总局令第 32 号) art. 21: a reduction is measured by a price named and real;
where none is named, by the lowest price of the seven days before. So head office keeps every price with its first
moment, a price tag cannot be raised afterwards above what was ever asked, and a page strikes through no more than was
asked all through those seven days.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import insert

from guide_app.base.clock import DAY_MS
from guide_app.base.money import yuan
from guide_app.protocol.scopes import BRAND
from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter
from head_office.store.tables import KIND_TABLES, product_price

WEEK_MS = 7 * DAY_MS
_LAST = (
    "SELECT DISTINCT ON (product_id) product_id::text, price_fen FROM product_price"
    " WHERE product_id = ANY(%(ids)s::uuid[]) ORDER BY product_id, since_ms DESC"
)
_HIGHEST = (
    "SELECT product_id::text, max(price_fen) FROM product_price WHERE product_id = ANY(%(ids)s::uuid[]) GROUP BY 1"
)
#: [since_ms, price_fen] of a product, oldest first: one column of a statement. More prices than any week has.
ASKED = (
    "(SELECT jsonb_agg(jsonb_build_array(a.since_ms, a.price_fen) ORDER BY a.since_ms)"
    " FROM (SELECT since_ms, price_fen FROM product_price WHERE product_id = %(product)s::uuid"
    " ORDER BY since_ms DESC LIMIT 64) a)"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A price in fen that every store asked for a product from `since_ms` (UTC ms) until the next one began."""

    since_ms: int
    price_fen: int


@dataclass(frozen=True, slots=True)
class Base:
    """What a reduction is measured by: the lowest price (fen) of the seven days before `before_ms` (UTC ms)."""

    price_fen: int
    before_ms: int


def note_prices(writer: FeedWriter, product_ids: Sequence[str]) -> None:
    """Write down the prices that these products have from now on, where they differ from the last.

    Of a product of which nothing was written down yet the price it had before comes first, since ever.
    """
    last = _by_id(writer.connection, _LAST, product_ids)
    fresh: list[dict[str, Any]] = []
    for product_id in product_ids:
        key: Key = (BRAND, "product", product_id)
        row, before = writer.get(key), writer.before(key)
        if product_id not in last and before is not None and before.data["price_fen"]:
            last[product_id] = before.data["price_fen"]
            fresh.append({"product_id": product_id, "since_ms": 0, "price_fen": last[product_id]})
        if row is not None and row.data["price_fen"] and last.get(product_id) != row.data["price_fen"]:
            fresh.append({"product_id": product_id, "since_ms": writer.now_ms, "price_fen": row.data["price_fen"]})
    if fresh:
        statement = insert(product_price).values(fresh)
        place = [product_price.c.product_id, product_price.c.since_ms]
        writer.connection.execute(
            statement.on_conflict_do_update(index_elements=place, set_={"price_fen": statement.excluded.price_fen})
        )


def lowest_of_week(history: Sequence[Asked], before_ms: int) -> int | None:
    """The lowest price (fen) that was asked at any moment of the seven days before `before_ms`; `history` oldest first.

    None where not all seven days are known: a price that was named for an hour is none to measure by.
    """
    earlier = [asked for asked in history if asked.since_ms <= before_ms - WEEK_MS]
    within = [asked.price_fen for asked in history if before_ms - WEEK_MS < asked.since_ms < before_ms]
    return min([earlier[-1].price_fen, *within]) if earlier else None


def reduced_from(history: Sequence[Asked], shop_fen: int, price_fen: int, now_ms: int) -> Base | None:
    """The price that may stand struck through beside `price_fen` at `now_ms` (UTC ms), where there is one.

    `shop_fen` is what every store asks today. A price below it is one of a channel, of which nobody wrote down when it
    began: it is measured by the seven days before now, and by today. None where `history` does not end with `shop_fen`.
    """
    past = [asked for asked in history if asked.since_ms <= now_ms]
    if not past or past[-1].price_fen != shop_fen:
        return None
    before = now_ms if price_fen < shop_fen else past[-1].since_ms
    lowest = lowest_of_week(past, before)
    if lowest is None:
        return None
    base = Base(min(lowest, shop_fen) if price_fen < shop_fen else lowest, before)
    return base if base.price_fen > price_fen else None


def unreal_prices(connection: Connection, wanted: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Of styles by their code with what is to be said of them: why the price named beside is not real.

    A style that is not known yet brings its tag along; one that is known may name only what was asked for it.
    """
    table = KIND_TABLES["product"]
    columns = (table.c.id, table.c.spu, table.c.price_fen, table.c.tag_price_fen)
    raised = [spu for spu, said in wanted.items() if said.get("tag_price_fen")]
    held = connection.execute(sa.select(*columns).where(table.c.spu.in_(raised))).all()
    highest = _by_id(connection, _HIGHEST, [row.id for row in held])
    wrong: dict[str, str] = {}
    for row in held:
        tag, asked = wanted[row.spu]["tag_price_fen"], wanted[row.spu].get("price_fen") or 0
        real = max(row.price_fen, row.tag_price_fen, asked, highest.get(row.id, 0))
        if tag > real:
            wrong[row.spu] = (
                f"款号 {row.spu} 的吊牌价 (原价) {yuan(tag)} 从未真实标过, 最高标过 {yuan(real)}"
                " (规范促销行为暂行规定第二十一条)。"
            )
    return wrong


def dearer_in_chats(connection: Connection, wanted: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Of styles by their code with what is to be said of them: whose private price is not below the shop's.

    A price called 专享价 that is none would mislead (价格法 art. 14). A shop's price that falls below it later does no
    harm: the lower one is asked of everybody.
    """
    table = KIND_TABLES["product"]
    private = {spu: fen for spu, said in wanted.items() if (fen := said.get("private_price_fen"))}
    held = dict(connection.execute(sa.select(table.c.spu, table.c.price_fen).where(table.c.spu.in_(private))).all())
    prices = {spu: wanted[spu].get("price_fen", held.get(spu, 0)) for spu in private}
    return {
        spu: f"款号 {spu} 的私域专享价 {yuan(fen)} 不低于门店价 {yuan(prices[spu])}。"
        for spu, fen in private.items()
        if fen >= prices[spu]
    }


def _by_id(connection: Connection, statement: str, product_ids: Sequence[str]) -> dict[str, int]:
    return {row[0]: row[1] for row in connection.exec_driver_sql(statement, {"ids": list(product_ids)})}
