"""券模板 as head office publishes them: known by name, with every term that coupons may have, each figure checked.

Stores are named by code, products by SPU, moments by their text in Chinese time, weekdays by 1 (Monday) to 7, hours as
`10:00`. No condition reads who somebody is, except declared membership level and first purchase (个人信息保护法 24).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection

from guide_app.base.clock import DAY_MS, china_date, day_start_ms
from guide_app.protocol.coupon_records import CouponTemplate
from head_office.coupons.changes import note_change, shortened
from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter
from head_office.publishing.coupon_terms import FIXED, fault_of
from head_office.publishing.model import PublishError, moment
from head_office.publishing.named import Entry, Named, stage_named
from head_office.store.tables import KIND_TABLES

TEMPLATES = Named("coupon_template", ("name",), frozenset({"recalled_at"}))
_MOST_NO = (1 << 14) - 1
_CATEGORY = "SELECT 1 FROM product WHERE category = %(name)s OR starts_with(category, %(name)s || '/') LIMIT 1"
_TAGGED = "SELECT id::text FROM product WHERE tags @> to_jsonb(%(name)s::text)"
_OUT = (
    "SELECT EXISTS (SELECT 1 FROM coupon WHERE template_id = %(id)s::uuid)"
    " OR EXISTS (SELECT 1 FROM allotment WHERE template_id = %(id)s::uuid)"
)


def stage_coupons(writer: FeedWriter, entries: Sequence[Entry]) -> list[Key]:
    """Stage templates; one without `no` gets the next free number.

    Raises PublishError, naming the template and the figure; also for a change of what coupons in customers' hands are
    worth.
    """
    for number, entry in enumerate(entries, 1):
        _check_tags(writer, entry.get("for_tags", []), f"{_place(number, entry)} for_tags")
    said = [_record(writer.connection, entry, _place(number, entry)) for number, entry in enumerate(entries, 1)]
    keys = stage_named(writer, TEMPLATES, said)
    for number, (key, entry) in enumerate(zip(keys, entries, strict=True), 1):
        _number(writer, key, _place(number, entry))
    for number, (key, entry) in enumerate(zip(keys, entries, strict=True), 1):
        _check(writer, key, _place(number, entry))
    return keys


def _place(number: int, entry: Entry) -> str:
    return f"coupons 第 {number} 条「{entry.get('name', '')}」"


def _record(connection: Connection, entry: Entry, where: str) -> dict[str, Any]:
    """The fields of the record that an entry says."""
    fields = dict(entry)
    if "gift_product" in fields:
        gift = fields.pop("gift_product")
        fields["gift_product_id"] = _ids(connection, "product", "spu", [gift], where)[0] if gift else None
    for name, read in _READERS.items():
        if name in fields:
            fields[name] = read(connection, fields[name], f"{where} {name}")
    return fields


def _words(said: object, where: str) -> list[str]:
    if not isinstance(said, list) or not all(isinstance(one, str) and one for one in said):
        raise PublishError(where, "应为若干个词。")
    return said


def _ids(connection: Connection, kind: str, by: str, said: object, where: str) -> list[str]:
    words = _words(said, where)
    table = KIND_TABLES[kind]
    rows = connection.execute(sa.select(table.c[by], table.c.id).where(table.c[by].in_(words)))
    found = {word: record_id for word, record_id in rows}  # noqa: C416 - rows are no plain pairs to mypy
    for word in words:
        if word not in found:
            raise PublishError(where, f"没有「{word}」。")
    return [found[word] for word in words]


def _products(connection: Connection, said: object, where: str) -> list[str]:
    return _ids(connection, "product", "spu", said, where)


def _stores(connection: Connection, said: object, where: str) -> list[str]:
    return _ids(connection, "store", "code", said, where)


def _categories(connection: Connection, said: object, where: str) -> list[str]:
    words = _words(said, where)
    for word in words:
        if connection.exec_driver_sql(_CATEGORY, {"name": word}).first() is None:
            raise PublishError(where, f"没有商品属于品类「{word}」。")
    return words


def _check_tags(writer: FeedWriter, said: object, where: str) -> None:
    """Some product has each of these tags, as this transaction leaves them: a file may give tags and use them."""
    staged = {key[2]: row.data["tags"] for key in writer.staged() if key[1] == "product" and (row := writer.get(key))}
    given = {tag for tags in staged.values() for tag in tags}
    for word in _words(said, where):
        tagged = set(writer.connection.exec_driver_sql(_TAGGED, {"name": word}).scalars())
        if word not in given and not tagged - staged.keys():
            raise PublishError(where, f"没有商品有标签「{word}」。")


def _moment(_connection: Connection, said: object, where: str) -> int:
    if not isinstance(said, str):
        raise PublishError(where, "应为如「2026-12-01 10:00」的时间。")
    return moment(said, where) or 0


def _end(connection: Connection, said: object, where: str) -> int:
    """A day without a time of day is meant to its end."""
    at = _moment(connection, said, where)
    return at + DAY_MS if at and day_start_ms(china_date(at)) == at else at


def _weekdays(_connection: Connection, said: object, where: str) -> int:
    days = {1, 2, 3, 4, 5, 6, 7}
    if not isinstance(said, list) or not all(type(one) is int and one in days for one in said):
        raise PublishError(where, "应为 1 (周一) 到 7 (周日)。")
    return sum(1 << day - 1 for day in set(said))


_DAY_HOURS, _HOUR_MINUTES = 24, 60


def _hour(_connection: Connection, said: object, where: str) -> int:
    hours, colon, minutes = said.partition(":") if isinstance(said, str) else ("", "", "")
    plain = bool(colon) and hours.isdecimal() and minutes.isdecimal()
    if not plain or not ((int(hours) < _DAY_HOURS and int(minutes) < _HOUR_MINUTES) or said == "24:00"):
        raise PublishError(where, "应为如「10:00」的钟点。")
    return int(hours) * _HOUR_MINUTES + int(minutes)


_READERS: Mapping[str, Callable[[Connection, object, str], object]] = {
    "for_products": _products,
    "not_products": _products,
    "for_categories": _categories,
    "for_stores": _stores,
    "valid_from": _moment,
    "valid_until": _end,
    "weekdays": _weekdays,
    "day_from": _hour,
    "day_until": _hour,
}


def _number(writer: FeedWriter, key: Key, where: str) -> None:
    """Links name a template by a short number: the next free one, or the one that was said if it is free."""
    row = writer.get(key)
    if row is None:
        raise KeyError(key)
    table = KIND_TABLES["coupon_template"]
    taken = {no: template_id for no, template_id in writer.connection.execute(sa.select(table.c.no, table.c.id))}  # noqa: C416
    taken |= {
        other.data["no"]: staged[2]
        for staged in writer.staged()
        if staged[1] == key[1] and staged != key and (other := writer.get(staged)) is not None
    }
    no, before = row.data["no"], writer.before(key)
    if before is not None and no != before.data["no"]:
        raise PublishError(where, "no: 编号已印在链接里, 不能改。")
    if no and taken.get(no, key[2]) != key[2]:
        raise PublishError(where, f"no: 编号 {no} 已属于另一批券。")
    if not no:
        no = max(taken, default=0) + 1
        if no > _MOST_NO:
            raise PublishError(where, f"no: 编号已用到 {_MOST_NO}。")
        writer.change(key, no=no)


def _check(writer: FeedWriter, key: Key, where: str) -> None:
    row, before = writer.get(key), writer.before(key)
    if row is None:
        raise KeyError(key)
    terms = msgspec.convert(dict(row.data), CouponTemplate)
    fault = fault_of(terms)
    if fault:
        raise PublishError(where, fault)
    changed = [name for name in FIXED if before is not None and before.data[name] != row.data[name]]
    if changed and writer.connection.exec_driver_sql(_OUT, {"id": key[2]}).scalar_one():
        raise PublishError(where, f"已有券在客户或导购手里, 不能再改 {'、'.join(changed)}; 请另发一批。")
    if before is not None and (short := shortened(writer.connection, key[2], before.data, row.data)):
        raise PublishError(where, f"{short}: 导购手里有这批券的额度, 期限只能延长; 要提早结束请召回这批券。")
    note_change(writer, key)
