"""Import of coupon templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from guide_app.base.clock import DAY_MS, Clock
from guide_app.base.errors import InvalidInputError
from guide_app.base.tabular.fields import Field, Reading
from guide_app.base.tabular.people import parse_short
from guide_app.base.tabular.values import parse_flag, parse_int, parse_moment, parse_money, plain
from guide_app.protocol.scopes import BRAND
from head_office.coupons.changes import note_change, shortened
from head_office.feed.heads import lock_heads
from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter
from head_office.imports.keyed import gather_keyed, verdict
from head_office.imports.ledger import Ledger
from head_office.imports.model import Problem, Unit, Verdict
from head_office.store.audit import new_id
from head_office.store.tables import KIND_TABLES

_ALL = 100
_CHINA_MIDNIGHT_MS = DAY_MS - 8 * 3_600_000  # 00:00 in China is 16:00 of the day before in UTC
_MOST_NO = (1 << 14) - 1  # the number inside links has 14 bits
_STATUSES = {
    **dict.fromkeys(("启用", "有效", "active"), "active"),
    **dict.fromkeys(("暂停", "paused"), "paused"),
    **dict.fromkeys(("结束", "停用", "ended"), "ended"),
}
#: What makes a template the same one: who hands out the same thing under the same name means the same template.
_KEY = ("name", "kind", "min_spend_fen", "discount_fen", "percent_off")


@dataclass(frozen=True, slots=True)
class CouponRow:
    """A template as a row has it: fields of its record."""

    fields: tuple[tuple[str, Any], ...]

    @property
    def key(self) -> tuple[Any, ...]:
        """What it is known by."""
        fields = dict(self.fields)
        return tuple(fields[name] for name in _KEY)


def _parse_percent(text: str) -> int:
    """What is taken off, in percent: 10 out of `9折`, `10`, `10%`. Raises InvalidInputError."""
    word = plain(text)
    if word.endswith("折"):
        tenths = word.removesuffix("折").replace(".", "")
        if not tenths.isdigit() or len(tenths) > 2:  # noqa: PLR2004 - 9 or 8.5
            raise InvalidInputError("coupon.percent", f"「{text}」不是折扣。", "请输入如 9折 或 8.5折。")
        return _ALL - int(tenths) * (10 if len(tenths) == 1 else 1)
    percent = parse_int(word.removesuffix("%"))
    if not 0 <= percent < _ALL:
        raise InvalidInputError("coupon.percent", f"「{text}」不在 0 到 99 之间。")
    return percent


def _parse_status(text: str) -> str:
    word = plain(text).lower()
    if word not in _STATUSES:
        raise InvalidInputError("coupon.status", f"「{text}」不是券的状态。", "请输入 启用、暂停 或 结束。")
    return _STATUSES[word]


class CouponImporter:
    """券模板: known by name and terms; limits and validity may be changed by a later file."""

    fields = (
        Field("name", ("名称", "券名", "优惠券"), parse_short, required=True),
        Field("min_spend", ("满", "门槛", "最低消费", "使用门槛"), parse_money, default=0),
        Field("discount", ("减", "优惠金额", "面额", "减免"), parse_money, default=0),
        Field("percent_off", ("折扣", "打折"), _parse_percent, default=0),
        Field("max_discount", ("最高优惠", "最多减"), parse_money, default=0),
        Field("valid_from", ("开始", "开始时间", "生效时间", "start_time"), parse_moment, default=0),
        Field("valid_until", ("结束", "结束时间", "失效时间", "end_time"), parse_moment, default=0),
        Field("valid_days", ("有效天数", "领取后有效天数", "days"), parse_int, default=0),
        Field("claim_limit", ("每人限领", "限领", "limit"), parse_int, default=1),
        Field("quota", ("总量", "发行量", "数量", "total"), parse_int, default=0),
        Field("status", ("状态",), _parse_status, default="active"),
        Field("deleted", ("是否删除", "deleted"), parse_flag),
    )
    measure = ""
    tables = ("coupon_template",)

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def gather(self, reading: Reading, ledger: Ledger) -> list[Unit[CouponRow]]:
        """One unit a template."""
        return gather_keyed(reading, ledger, _build)

    def take(self, connection: Connection, units: Sequence[Unit[CouponRow]]) -> list[Verdict | Problem]:
        """Write templates; new ones get the next short number."""
        lock_heads(connection, [BRAND])  # two imports never invent the same number
        writer = FeedWriter(connection, self._clock.now_ms())
        table = KIND_TABLES["coupon_template"]
        query = sa.select(table.c.id, *(table.c[name] for name in _KEY))
        held = {tuple(key): record_id for record_id, *key in connection.execute(query)}
        next_no = 1 + int(connection.scalar(sa.select(sa.func.coalesce(sa.func.max(table.c.no), 0))) or 0)
        writer.load((BRAND, "coupon_template", record_id) for record_id in held.values())
        verdicts: list[Verdict | Problem] = []
        for row in (unit.record for unit in units):
            known = held.get(row.key)
            key: Key = (BRAND, "coupon_template", known or new_id(writer.now_ms))
            held_row = writer.get(key) if known is not None else None
            if known is not None and held_row is not None:
                after = {**held_row.data, **dict(row.fields)}
                if short := shortened(connection, known, held_row.data, after):
                    verdicts.append(Problem("", "", "coupon.dates", f"{short}: 导购手里有额度, 期限只能延长。"))
                    continue
                writer.change(key, **dict(row.fields))
                note_change(writer, key)
            elif next_no > _MOST_NO:
                verdicts.append(Problem("", "", "coupon.numbers", f"券模板最多 {_MOST_NO:,} 个。"))
                continue
            else:
                writer.load([key])
                writer.put(key, {**dict(row.fields), "no": next_no})
                next_no += 1
            verdicts.append(verdict(writer, key))
        writer.flush()
        return verdicts

    def finish(self) -> Sequence[str]:
        """Nothing is left."""
        return ()


def _build(values: Mapping[str, Any]) -> tuple[object, CouponRow]:
    said = {name: value for name, value in values.items() if value is not None}
    minimum, discount, percent = said.get("min_spend", 0), said.get("discount", 0), said.get("percent_off", 0)
    until = said.get("valid_until", 0)
    if until and until % DAY_MS == _CHINA_MIDNIGHT_MS:
        until += DAY_MS - 1  # a day without a time of day is meant whole
    if percent and discount:
        raise InvalidInputError("coupon.terms", "既写了折扣又写了优惠金额。", "只留一个。")
    if not percent and discount <= 0:
        raise InvalidInputError("coupon.terms", "没有写优惠多少。", "填「减」多少元, 或「折扣」如 9折。")
    if min(minimum, discount, said.get("max_discount", 0), said.get("quota", 0), said.get("valid_days", 0)) < 0:
        raise InvalidInputError("coupon.negative", "金额、天数和数量不能是负数。")
    if until and until <= said.get("valid_from", 0):
        raise InvalidInputError("coupon.dates", "结束时间不晚于开始时间。")
    kind = "percent_off" if percent else "threshold_off" if minimum else "cash_off"
    record = {
        "name": said["name"],
        "kind": kind,
        "min_spend_fen": minimum,
        "discount_fen": discount,
        "percent_off": percent,
        "max_discount_fen": said.get("max_discount", 0),
        "valid_from": said.get("valid_from", 0),
        "valid_until": until,
        "valid_days": said.get("valid_days", 0),
        "claim_limit": said.get("claim_limit", 1),
        "quota": said.get("quota", 0),
        "status": "ended" if said.get("deleted") else said.get("status", "active"),
    }
    row = CouponRow(tuple(record.items()))
    return row.key, row
