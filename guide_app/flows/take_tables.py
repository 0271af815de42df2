"""What an export holds: each file's columns, what they mean, and where they come from.

Titles are those that the import knows, so that what was taken out can be brought in again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from guide_app.base.clock import china_datetime

Kind = str  # a Table Schema type: string, date, datetime, integer, number, boolean


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, its Table Schema type, what it means, and how its text is made of a row."""

    title: str
    kind: Kind
    meaning: str
    text: Callable[[Mapping[str, Any]], str]


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A file of the export. `sql` takes `:mine` (1: only clients of guide `:guide`) and yields the columns' fields."""

    name: str
    meaning: str
    sql: str
    columns: tuple[Column, ...]


def with_mark(spec: TableSpec, mark: str) -> TableSpec:
    """The file with a last column that says in each row who took it out when; the import passes over it."""
    column = Column("导出标记", "string", "谁在什么时候导出的, 和这次导出的编号", lambda _row: mark)
    return replace(spec, columns=(*spec.columns, column))


def _plain(field: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda row: "" if row[field] is None else str(row[field])


def _moment(field: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda row: f"{china_datetime(row[field]):%Y-%m-%d %H:%M:%S}" if row[field] else ""


def _money(field: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda row: f"{Decimal(row[field]) / 100:.2f}"


def _word(field: str, words: Mapping[Any, str]) -> Callable[[Mapping[str, Any]], str]:
    return lambda row: words.get(row[field], str(row[field] or ""))


def birthday_text(row: Mapping[str, Any]) -> str:
    """A birthday as the import reads it: `1991-03-08`, `03-08`, `3月`, `农历1982年闰4月3日`, `农历8月`."""
    year, month, day = row["birth_year"], row["birth_month"], row["birth_day"]
    if month is None:
        return ""
    if row["birth_calendar"] == "lunar":
        leap = "闰" if row["birth_leap"] else ""
        return f"农历{f'{year}年' if year else ''}{leap}{month}月{f'{day}日' if day else ''}"
    if day is None:
        return f"{f'{year}年' if year else ''}{month}月"
    return f"{year}-{month:02d}-{day:02d}" if year else f"{month:02d}-{day:02d}"


_SEX = {"female": "女", "male": "男", "": ""}
_CONTACT = {"none": "未询问", "one_to_one": "同意联系", "marketing": "同意营销", "refused": "拒绝"}
_TOUCH = {"note": "备注", "call": "电话", "visit": "到店", "message": "消息"}
_SALE = {"sale": "销售", "return": "退货"}
_TASK = {"open": "未完成", "done": "已完成", "cancelled": "已取消"}
_FLAG = {1: "是", 0: "否"}

_HERS = "(:mine = 0 OR c.primary_guide_id = :guide)"

CLIENTS = TableSpec(
    "clients.csv",
    "客户: 一行一位",
    f"""SELECT c.*, coalesce(g.number, '') AS guide_number,
            coalesce((SELECT group_concat(t.name, '、') FROM client_tag t WHERE t.client_id = c.id), '') AS tags
        FROM client c LEFT JOIN guide g ON g.id = c.primary_guide_id WHERE {_HERS} ORDER BY c.created_at, c.id""",
    (
        Column("编号", "string", "这位客户在导购台里的编号 (UUID)", _plain("id")),
        Column("姓名", "string", "姓名或称呼", _plain("name")),
        Column("手机号", "string", "大陆号码为 11 位数字, 境外号码以 + 开头", _plain("phone")),
        Column("微信", "string", "微信号", _plain("wechat")),
        Column("会员号", "string", "总部的会员号", _plain("member_no")),
        Column("性别", "string", "女、男, 不知道则空", _word("sex", _SEX)),
        Column("生日", "string", "公历 1991-03-08、03-08 或只有月份 3月; 农历写作 农历8月15日", birthday_text),
        Column("年龄段", "string", "年龄段", _plain("age_band")),
        Column("等级", "string", "会员等级", _plain("level")),
        Column("来源", "string", "从哪里认识的", _plain("source_channel")),
        Column("鞋码", "string", "鞋码", _plain("shoe_size")),
        Column("上衣尺码", "string", "上衣尺码", _plain("top_size")),
        Column("偏好", "string", "偏好", _plain("preference")),
        Column("备注", "string", "备注", _plain("remark")),
        Column("标签", "string", "标签, 以、分开", _plain("tags")),
        Column("专属导购", "string", "专属导购的工号", _plain("guide_number")),
        Column("联系状态", "string", "未询问、同意联系、同意营销、拒绝", _word("contact_state", _CONTACT)),
        Column("同意版本", "string", "她同意的告知书版本", _plain("consent_version")),
        Column("同意时间", "datetime", "同意的时间, 北京时间", _moment("consent_at")),
        Column("建档时间", "datetime", "建档的时间, 北京时间", _moment("created_at")),
        Column("归档时间", "datetime", "从名单中收起的时间, 北京时间", _moment("archived_at")),
    ),
)

_OTHERS = (
    TableSpec(
        "purchases.csv",
        "购买: 一行一条小票明细, 退货的数量和金额为负",
        f"""SELECT p.order_no, p.kind, p.origin_order_no, p.at, p.verified, c.phone, c.member_no, c.name,
                coalesce(g.number, '') AS guide_number, coalesce(k.code, '') AS sku_code, l.title, l.colour, l.size,
                l.qty, l.amount_fen
            FROM purchase p JOIN client c ON c.id = p.client_id JOIN purchase_line l ON l.purchase_id = p.id
            LEFT JOIN guide g ON g.id = p.guide_id LEFT JOIN sku k ON k.id = l.sku_id
            WHERE {_HERS} ORDER BY p.at, p.id, l.id""",
        (
            Column("单号", "string", "小票号, 在门店内唯一", _plain("order_no")),
            Column("时间", "datetime", "北京时间", _moment("at")),
            Column("类型", "string", "销售、退货", _word("kind", _SALE)),
            Column("原单号", "string", "退的是哪一单", _plain("origin_order_no")),
            Column("姓名", "string", "客户", _plain("name")),
            Column("手机号", "string", "客户的手机号", _plain("phone")),
            Column("会员号", "string", "客户的会员号", _plain("member_no")),
            Column("工号", "string", "接待导购", _plain("guide_number")),
            Column("商品编码", "string", "规格编码", _plain("sku_code")),
            Column("品名", "string", "商品名称", _plain("title")),
            Column("颜色", "string", "颜色", _plain("colour")),
            Column("尺码", "string", "尺码", _plain("size")),
            Column("数量", "integer", "件数", _plain("qty")),
            Column("金额", "number", "这一行实付多少元", _money("amount_fen")),
            Column("已核实", "boolean", "是: 总部收到了这张小票; 否: 导购自己记的", _word("verified", _FLAG)),
        ),
    ),
    TableSpec(
        "notes.csv",
        "跟进记录: 备注、电话、到店、消息",
        f"""SELECT c.name, c.phone, n.at, n.kind, n.body, coalesce(g.name, '') AS guide
            FROM note n JOIN client c ON c.id = n.client_id LEFT JOIN guide g ON g.id = n.guide_id
            WHERE {_HERS} AND (NOT n.private OR n.guide_id = :guide) ORDER BY n.at, n.id""",
        (
            Column("姓名", "string", "客户", _plain("name")),
            Column("手机号", "string", "客户的手机号", _plain("phone")),
            Column("时间", "datetime", "北京时间", _moment("at")),
            Column("种类", "string", "备注、电话、到店、消息", _word("kind", _TOUCH)),
            Column("内容", "string", "写了什么", _plain("body")),
            Column("导购", "string", "谁记的", _plain("guide")),
        ),
    ),
    TableSpec(
        "tasks.csv",
        "与客户有关的任务和答应过的事",
        f"""SELECT c.name, c.phone, t.title, t.due_at, t.status, t.done_at, coalesce(g.name, '') AS guide
            FROM task t JOIN client c ON c.id = t.client_id LEFT JOIN guide g ON g.id = t.guide_id
            WHERE {_HERS} ORDER BY t.created_at, t.id""",
        (
            Column("姓名", "string", "客户", _plain("name")),
            Column("手机号", "string", "客户的手机号", _plain("phone")),
            Column("事项", "string", "要做什么", _plain("title")),
            Column("期限", "datetime", "北京时间", _moment("due_at")),
            Column("状态", "string", "未完成、已完成、已取消", _word("status", _TASK)),
            Column("完成时间", "datetime", "北京时间", _moment("done_at")),
            Column("导购", "string", "谁的任务", _plain("guide")),
        ),
    ),
    TableSpec(
        "shares.csv",
        "发给客户的分享",
        f"""SELECT c.name, c.phone, s.at, coalesce(p.name, '') AS product, coalesce(o.name, '') AS coupon, s.code,
                coalesce(g.name, '') AS guide
            FROM share s JOIN client c ON c.id = s.client_id LEFT JOIN product p ON p.id = s.product_id
            LEFT JOIN coupon_template o ON o.id = s.coupon_template_id LEFT JOIN guide g ON g.id = s.guide_id
            WHERE {_HERS} ORDER BY s.at, s.id""",
        (
            Column("姓名", "string", "客户", _plain("name")),
            Column("手机号", "string", "客户的手机号", _plain("phone")),
            Column("时间", "datetime", "北京时间", _moment("at")),
            Column("商品", "string", "分享的商品", _plain("product")),
            Column("券", "string", "附带的券", _plain("coupon")),
            Column("链接码", "string", "短链接最后一段", _plain("code")),
            Column("导购", "string", "谁分享的", _plain("guide")),
        ),
    ),
)  # fmt: skip

TABLES = (CLIENTS, *_OTHERS)
