"""活动 as head office publishes them: known by title, each with the number that stands in links.

Moments are text in Chinese time, a day alone as the end means until its end; `coupon` names the coupon that goes along.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from guide_app.base.clock import DAY_MS, china_date, day_start_ms
from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter
from head_office.publishing.coupons import TEMPLATES
from head_office.publishing.model import PublishError, moment
from head_office.publishing.named import Entry, Named, ids_held, stage_named

CAMPAIGNS = Named("campaign", ("title",), frozenset({"no"}))


def stage_campaigns(writer: FeedWriter, entries: Sequence[Entry]) -> list[Key]:
    """Stage campaigns; a new one gets the next free number. Stage the coupons they name before.

    Raises PublishError, naming the campaign: for a coupon nobody knows, and for one that ends before it begins.
    """
    coupons = {str(name): template_id for (name,), template_id in ids_held(writer, TEMPLATES).items()}
    places = [f"campaigns 第 {number} 条「{entry.get('title', '')}」" for number, entry in enumerate(entries, 1)]
    said = [_record(entry, coupons, place) for entry, place in zip(entries, places, strict=True)]
    keys = stage_named(writer, CAMPAIGNS, said)
    last = max((no for (no,) in ids_held(writer, Named("campaign", ("no",)))), default=0)
    for key, place in zip(keys, places, strict=True):
        row = writer.get(key)
        data = row.data if row is not None else {}
        if 0 < data["ends_at"] <= data["starts_at"]:
            raise PublishError(place, "结束要晚于开始。")
        if not data["no"]:
            last += 1
            writer.change(key, no=last)
    return keys


def _record(entry: Entry, coupons: dict[str, str], where: str) -> dict[str, Any]:
    """The fields of the record that an entry says."""
    fields: dict[str, Any] = {"kind": "活动", **entry}
    if "coupon" in fields:
        name = fields.pop("coupon")
        if name and name not in coupons:
            raise PublishError(where, f"没有券「{name}」。")
        fields["coupon_template_id"] = coupons[name] if name else None
    for name in ("starts_at", "ends_at"):
        if name in fields:
            fields[name] = _moment(fields[name], f"{where} {name}")
    if fields.get("ends_at") and day_start_ms(china_date(fields["ends_at"])) == fields["ends_at"]:
        fields["ends_at"] += DAY_MS
    return fields


def _moment(said: object, where: str) -> int:
    if not isinstance(said, str):
        raise PublishError(where, "应为如「2026-12-01 10:00」的时间。")
    return moment(said, where) or 0
