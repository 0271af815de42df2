"""Clients as tables list them: titles of columns, and the record that a row makes. The same on both ends."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from guide_app.base.errors import InvalidInputError
from guide_app.base.phone import normalise_phone
from guide_app.base.tabular.birthdays import Birthday, parse_birthday
from guide_app.base.tabular.fields import Field
from guide_app.base.tabular.values import parse_code, parse_text, plain

_SEXES = {
    **dict.fromkeys(("女", "女士", "小姐", "f", "female", "woman"), "female"),
    **dict.fromkeys(("男", "先生", "m", "male", "man"), "male"),
    **dict.fromkeys(("未知", "保密", "u", "unknown", "o", "n"), ""),
}
_TAG_SEPARATOR = re.compile(r"[、,，;；|/\n]+")
_SHORT, _TAG, _REMARK, _LINE = 64, 30, 4_000, 300


def parse_phone(text: str) -> str:
    """A phone number in stored form, out of a cell that a spreadsheet may have spoilt. Raises InvalidInputError."""
    return normalise_phone(parse_code(text))


def parse_sex(text: str) -> str:
    """`female`, `male` or empty. Raises InvalidInputError."""
    value = plain(text).lower()
    if value not in _SEXES:
        raise InvalidInputError("sex.invalid", "「{text}」不是性别。", "请输入 男 或 女, 不知道就留空。", text=text)
    return _SEXES[value]


def parse_tags(text: str) -> tuple[str, ...]:
    """Tags separated by 、, ; | / or line breaks, each once. Raises InvalidInputError for one that is too long."""
    tags = dict.fromkeys(part.strip() for part in _TAG_SEPARATOR.split(parse_text(text, _LINE * 4)) if part.strip())
    for tag in tags:
        if len(tag) > _TAG:
            raise InvalidInputError(
                "tag.name", "标签「{tag}」超过 {most} 个字。", "换一个短一些的标签。", tag=tag, most=_TAG
            )
    return tuple(tags)


def parse_short(text: str) -> str:
    """Text of at most 64 characters. Raises InvalidInputError."""
    return parse_text(text, _SHORT)


def parse_line(text: str) -> str:
    """Text of at most 300 characters. Raises InvalidInputError."""
    return parse_text(text, _LINE)


def parse_number(text: str) -> str:
    """A number that is a name, at most 64 characters. Raises InvalidInputError."""
    return parse_short(parse_code(text))


def _parse_remark(text: str) -> str:
    return parse_text(text, _REMARK)


NAME = Field(
    "name",
    ("姓名", "客户姓名", "客户名称", "客户", "顾客", "会员姓名", "称呼", "full name", "customer name", "FN"),
    parse_short,
)
PHONE_TITLES = ("手机号", "手机号码", "手机", "电话", "电话号码", "联系电话", "联系方式", "mobile", "tel", "cell")
MEMBER_TITLES = ("会员号", "会员编号", "会员卡号", "卡号", "CustomerID", "customer id", "member no")

#: Columns that say who a client is and what is known of her.
CLIENT_FIELDS = (
    NAME,
    Field("phone", PHONE_TITLES, parse_phone),
    Field("wechat", ("微信", "微信号", "wechat id"), parse_short),
    Field("sex", ("性别", "gender"), parse_sex),
    Field("birthday", ("生日", "出生日期", "出生年月日", "birth date", "date of birth", "bday"), parse_birthday),
    Field("age_band", ("年龄段", "年龄"), parse_short),
    Field("source_channel", ("来源", "来源渠道", "渠道", "source"), parse_short),
    Field("shoe_size", ("鞋码", "鞋号", "shoe size"), parse_number),
    Field("top_size", ("上衣尺码", "衣码", "上装尺码", "top size"), parse_number),
    Field("preference", ("偏好", "喜好", "preferences"), parse_line),
    Field("remark", ("备注", "说明", "remarks", "note", "notes"), _parse_remark),
    Field("tags", ("标签", "客户标签", "tag"), parse_tags),
)


def client_record(values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the client record that a row gives; blank cells and tags are left out."""
    record = {
        name: value
        for name, value in values.items()
        if value not in (None, "", ()) and name not in ("birthday", "tags")
    }
    birthday = values.get("birthday")
    if isinstance(birthday, Birthday):
        record |= birthday_record(birthday)
    return record


def birthday_record(birthday: Birthday) -> dict[str, Any]:
    """A birthday in the fields of the client record."""
    return {
        "birth_calendar": birthday.calendar,
        "birth_year": birthday.year,
        "birth_month": birthday.month,
        "birth_day": birthday.day,
        "birth_leap": birthday.leap,
    }


#: The fields that only make sense together: a birthday is filled in whole or not at all.
BIRTH = ("birth_calendar", "birth_year", "birth_month", "birth_day", "birth_leap")


def missing_fields(held: Mapping[str, Any], offered: Mapping[str, Any]) -> dict[str, Any]:
    """Those of `offered` for which the record has nothing yet; what is there is never overwritten."""
    born = held.get("birth_month") is not None
    return {
        name: value
        for name, value in offered.items()
        if (not born if name in BIRTH else held.get(name) in (None, "") and value not in (None, ""))
    }


def neutral_name(member_no: str, phone: str) -> str:
    """What to call a client whose name nobody knows: 顾客 17850."""
    return f"顾客 {member_no or phone[-4:]}"
