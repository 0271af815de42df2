"""Tags that staff give products, by which coupons may be for them: whole lists, known by SPU.

The till system may send tags too (`tags` of its products); the last word counts, whoever says it.
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from guide_app.protocol.scopes import BRAND
from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter
from head_office.publishing.model import ProductEntry, PublishError
from head_office.store.tables import KIND_TABLES

#: As many, and as long, as the till system may say.
MOST_TAGS, _MOST_NAME = 20, 64
#: Products of one file: they are written in one transaction.
MOST_PRODUCTS = 2_000


def stage_products(writer: FeedWriter, entries: Sequence[ProductEntry]) -> list[Key]:
    """Stage the tags of products; returns these. Raises PublishError, naming the product."""
    if len(entries) > MOST_PRODUCTS:
        most = f"一个文件最多 {MOST_PRODUCTS:,} 款"
        raise PublishError("products", f"有 {len(entries):,} 款商品, {most}; 请分成几个文件。")
    table = KIND_TABLES["product"]
    spus = [entry.spu for entry in entries]
    found = writer.connection.execute(sa.select(table.c.spu, table.c.id).where(table.c.spu.in_(spus)))
    held = {spu: product_id for spu, product_id in found}  # noqa: C416 - rows are no plain pairs to mypy
    keys: dict[Key, None] = {}
    for number, entry in enumerate(entries, 1):
        where = f"products 第 {number} 条「{entry.spu}」"
        if entry.spu not in held:
            raise PublishError(where, "没有这款商品。")
        key: Key = (BRAND, "product", held[entry.spu])
        if key in keys:
            raise PublishError(where, "与前面的一条相同。")
        keys[key] = None
        _check(entry.tags, where)
    writer.load(keys)
    for key, entry in zip(keys, entries, strict=True):
        writer.change(key, tags=list(entry.tags))
    return list(keys)


def _check(tags: Sequence[str], where: str) -> None:
    if len(tags) > MOST_TAGS:
        raise PublishError(where, f"tags: 有 {len(tags)} 个标签, 最多 {MOST_TAGS} 个。")
    for tag in tags:
        if not 0 < len(tag) <= _MOST_NAME or tag != tag.strip():
            raise PublishError(where, f"tags: 「{tag}」应为 1 到 {_MOST_NAME} 个字, 前后没有空格。")
    if len(set(tags)) != len(tags):
        raise PublishError(where, "tags: 有重复的标签。")
