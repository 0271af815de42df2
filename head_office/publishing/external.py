"""Batches of other systems' coupons that counters recognise: published by their number, kept as one house rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from guide_app.protocol.coupon_code import LENGTH
from guide_app.protocol.external_coupon import BATCHES, RULE, ExternalBatch, is_pattern
from guide_app.protocol.scopes import BRAND
from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter
from head_office.publishing.model import PublishError
from head_office.store.audit import new_id
from head_office.store.tables import KIND_TABLES


def stage_external_coupons(writer: FeedWriter, batches: Sequence[ExternalBatch]) -> list[Key]:
    """Stage batches; those that the file does not name stay as they are, also those that only a newer office knows.

    Raises PublishError for one that cannot be.
    """
    if not batches:
        return []
    for number, batch in enumerate(batches, 1):
        _check(batch, f"external_coupons 第 {number} 条")
    if len({batch.stock_id for batch in batches}) < len(batches):
        raise PublishError("external_coupons", "同一个 stock_id 写了两次。")
    table = KIND_TABLES["house_rule"]
    rule_id = writer.connection.execute(table.select().where(table.c.name == RULE)).scalar()
    key: Key = (BRAND, "house_rule", rule_id or new_id(writer.now_ms))
    held = writer.get(key) if rule_id else None
    said = {batch.stock_id: msgspec.to_builtins(batch) for batch in batches}
    value = {"batches": list((_kept(held.data["value"] if held is not None else {}) | said).values())}
    if len(value["batches"]) > BATCHES:
        raise PublishError("external_coupons", f"最多 {BATCHES} 批。")
    if held is None:
        writer.put(key, {"name": RULE, "value": value})
    else:
        writer.change(key, value=value)
    return [key]


def _kept(value: Mapping[str, Any]) -> dict[str, Any]:
    """What is published, as it was written, by its number; what has none stands for itself."""
    batches = value.get("batches")
    found = batches if isinstance(batches, list) else []
    return {str(one.get("stock_id", n)) if isinstance(one, dict) else str(n): one for n, one in enumerate(found)}


def _check(batch: ExternalBatch, where: str) -> None:
    if not is_pattern(batch.pattern):
        raise PublishError(where, "pattern 只能有 #(数字)、*(任意一位) 和券码里有的字符。")
    if len(batch.pattern) == LENGTH and set(batch.pattern) <= {"*"}:
        raise PublishError(where, f"pattern 和本品牌的 {LENGTH} 位券码分不开, 请写上开头的字符。")
