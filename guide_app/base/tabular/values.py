"""Turns cells into values, exactly or not at all. Every parser raises InvalidInputError; none rounds or guesses.

Full-width digits and signs count as the plain ones (NFKC). Blank cells are the business of `fields.Field`.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal
from typing import Literal

from guide_app.base.clock import CHINA
from guide_app.base.errors import InvalidInputError

DateOrder = Literal["ymd", "mdy", "dmy"]

_GROUPED = r"(?:\d{1,3}(?:,\d{3})+|\d+)"
_MONEY = re.compile(
    rf"(?P<sign>[-+]?)\s*(?:CNY|RMB|¥)?\s*(?P<inner>[-+]?)(?P<number>{_GROUPED}(?:\.\d*)?|\.\d+)\s*(?:元|CNY|RMB)?",
    re.IGNORECASE,
)
_INTEGER = re.compile(rf"(?P<sign>[-+]?)(?P<number>{_GROUPED})(?:\.0*)?")
_BRACKETED = re.compile(r"\((.+)\)")
_SCIENTIFIC = re.compile(r"[-+]?\d(?:\.\d+)?E[-+]?\d+", re.IGNORECASE)
_FLOATED = re.compile(r"(\d+)\.0+")
_DATE = re.compile(r"(?P<a>\d{1,4})\s*(?P<s>[-/.年])\s*(?P<b>\d{1,2})\s*(?:(?P=s)|月)\s*(?P<c>\d{1,4})\s*日?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_COMPACT_TIME = re.compile(r"(\d{2})(\d{2})(\d{2})")
_TIME = re.compile(
    r"(?P<noon>上午|下午|早上|晚上|中午|凌晨)?\s*(?P<h>\d{1,2})[:时](?P<m>\d{1,2})[:分]?(?:(?P<s>\d{1,2})秒?(?:\.(?P<f>\d{1,9}))?)?"
    r"\s*(?P<half>[AP]\.?M\.?)?\s*(?P<zone>Z|UTC|[-+]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_EPOCH_S, _EPOCH_MS = re.compile(r"[12]\d{9}"), re.compile(r"[12]\d{12}")
_EXCEL_DAY_0 = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - wall-clock time, the zone comes with the caller
_YEARS = range(1900, 2200)
_NOON = 12
_MOST_DIGITS = 15
_CODE = 200
_YES = frozenset(("是", "有", "真", "对", "y", "yes", "true", "t", "1", "√", "✓"))
_NO = frozenset(("否", "无", "没有", "假", "不", "n", "no", "false", "f", "0", "×", "✗"))


def plain(text: str) -> str:
    """`text` in NFKC without blanks around it; a Unicode minus becomes `-`."""
    if text.isascii():  # which NFKC leaves as it is
        return text.strip()
    return unicodedata.normalize("NFKC", text).replace("\u2212", "-").strip()


def parse_text(text: str, most: int = _CODE) -> str:
    """`text` without blanks around it, in NFC, with plain line feeds; at most `most` characters, none for control."""
    value = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(value) > most:
        raise InvalidInputError("value.too_long", "有 {count} 个字, 最多 {most} 个。", count=len(value), most=most)
    # What is printable has no control character, and nearly every cell is; looking at each mark costs the most here.
    if not value.isprintable() and any(unicodedata.category(mark) == "Cc" and mark not in "\n\t" for mark in value):
        raise InvalidInputError("value.control", "含有看不见的控制字符。", "请删去后重填。")
    return value


def parse_code(text: str) -> str:
    """A number that is a name (phone, SKU, order): digits that a spreadsheet spoilt are refused or repaired.

    `13812345678.0` loses its zero; `1.38E+10` has lost digits for good and is refused.
    """
    value = plain(text)
    if value.isascii() and value.isdigit() and len(value) <= _CODE:
        return value
    value = parse_text(value, _CODE)
    if _SCIENTIFIC.fullmatch(value):
        raise InvalidInputError(
            "value.mangled",
            "「{value}」被 Excel 变成了科学计数法, 后面的数字已经丢失。",
            "请把该列设为文本后重填。",
            value=value,
        )
    floated = _FLOATED.fullmatch(value)
    return floated[1] if floated else value


def parse_money(text: str) -> int:
    """Fen of an amount in yuan: `429`, `¥1,234.50`, `1234.5 元`, `(12.00)` for minus 12.

    More than two decimals are taken only if the rest is zeros (`12.3400`); nothing is rounded. Commas only between
    groups of three: `12,50` is refused, not read as 1250.
    """
    value = plain(text)
    bracketed = _BRACKETED.fullmatch(value)
    found = _MONEY.fullmatch(bracketed[1] if bracketed else value)
    signs = "" if found is None else found["sign"] + found["inner"] + ("-" if bracketed else "")
    if found is None or len(signs) > 1 or len(found["number"]) > _MOST_DIGITS * 2:
        raise InvalidInputError("money.invalid", "「{text}」不是金额。", "请输入如 429 或 429.50。", text=text)
    fen = Decimal(found["number"].replace(",", "")).scaleb(2)
    if fen != fen.to_integral_value():
        raise InvalidInputError("money.invalid", "「{text}」不是整分的金额。", "最多两位小数。", text=text)
    return -int(fen) if signs == "-" else int(fen)


def parse_int(text: str) -> int:
    """A whole number: `12`, `1,200`, `-3`, `3.0`."""
    value = plain(text)
    found = _INTEGER.fullmatch(value)
    if found is None or len(found["number"].replace(",", "")) > _MOST_DIGITS:
        raise InvalidInputError("number.invalid", "「{text}」不是整数。", "请输入如 12。", text=text)
    number = int(found["number"].replace(",", ""))
    return -number if found["sign"] == "-" else number


def parse_flag(text: str) -> bool:
    """是/否, yes/no, true/false, 1/0, √/×."""
    value = plain(text).lower()
    if value in _YES:
        return True
    if value in _NO:
        return False
    raise InvalidInputError("flag.invalid", "「{text}」不是「是」或「否」。", text=text)


def parse_date(text: str, order: DateOrder = "ymd") -> dt.date:
    """A day: `2026-11-20`, `2026/1/5`, `2026.1.5`, `2026年1月5日`, `20261120`, Excel's serial day `46346`.

    `order` says how dates with the year behind are meant (`1/5/2026`); without it they are refused as ambiguous.
    A time of day behind the date is left off.
    """
    return _wall_clock(text, order).date()


def parse_moment(text: str, order: DateOrder = "ymd", zone: dt.tzinfo = CHINA) -> int:
    """UTC milliseconds of a date with or without a time of day (then its midnight), in `zone` unless it names one.

    Also `2026-11-20T08:30:00+08:00`, `20261120083000`, `下午3:05`, `3:05 PM`, Excel's serial day with a fraction,
    and Unix time in seconds (10 digits) or milliseconds (13 digits).
    """
    value = plain(text)
    if _EPOCH_MS.fullmatch(value):
        return int(value)
    if _EPOCH_S.fullmatch(value):
        return int(value) * 1000
    moment = _wall_clock(text, order)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return round((aware - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) / dt.timedelta(milliseconds=1))


def _wall_clock(text: str, order: DateOrder) -> dt.datetime:
    """The moment as written: naive, or aware if it names its zone."""
    value = plain(text)
    try:
        if _SERIAL.fullmatch(value):
            return _from_serial(float(value))
        day, rest = _leading_date(value, order)
        return _with_time(day, rest)
    except ValueError as e:
        raise InvalidInputError(
            "date.invalid", "「{text}」不是日期。", "请输入如 2026-11-20 或 2026-11-20 08:30。", text=text
        ) from e


def _from_serial(days: float) -> dt.datetime:
    moment = _EXCEL_DAY_0 + dt.timedelta(days=days)
    # A second is 0.0000116 of a day; spreadsheets round the fraction.
    return (moment + dt.timedelta(milliseconds=500)).replace(microsecond=0)


def _leading_date(value: str, order: DateOrder) -> tuple[dt.date, str]:
    found = _DATE.match(value)
    if found:
        parts = (found["a"], found["b"], found["c"])
    else:
        found = _COMPACT.match(value)
        if found is None:
            raise ValueError("no date in front")
        parts = (found[1], found[2], found[3])
    rest = value[found.end() :].removeprefix("T").strip()
    return _date_of(parts, order), _COMPACT_TIME.sub(r"\1:\2:\3", rest) if _COMPACT_TIME.fullmatch(rest) else rest


def _date_of(parts: tuple[str, str, str], order: DateOrder) -> dt.date:
    a, b, c = map(int, parts)
    if len(parts[0]) == len("2026"):
        day = dt.date(a, b, c)
    elif len(parts[2]) != len("2026") or order == "ymd":
        raise ValueError("which number is the year or the month is not clear")
    else:
        day = dt.date(c, a, b) if order == "mdy" else dt.date(c, b, a)
    if day.year not in _YEARS:
        raise ValueError("year out of range")
    return day


def _with_time(day: dt.date, rest: str) -> dt.datetime:
    if not rest:
        return dt.datetime(day.year, day.month, day.day)  # noqa: DTZ001 - the zone comes with the caller
    found = _TIME.fullmatch(rest)
    if found is None:
        raise ValueError("no time of day behind the date")
    hour = int(found["h"])
    afternoon = found["noon"] in {"下午", "晚上", "中午"} or (found["half"] or "").upper().startswith("P")
    halved = found["noon"] is not None or found["half"] is not None
    if halved and hour > _NOON:
        halved = afternoon = False  # 下午15:05 says it twice
    if halved:
        hour = hour % _NOON + (_NOON if afternoon else 0)
    micro = int((found["f"] or "").ljust(6, "0")[:6] or 0)
    return dt.datetime(
        day.year, day.month, day.day, hour, int(found["m"]), int(found["s"] or 0), micro, tzinfo=_zone(found["zone"])
    )


def _zone(text: str | None) -> dt.tzinfo | None:
    if text is None:
        return None
    if text.upper() in {"Z", "UTC"}:
        return dt.UTC
    digits = text[1:].replace(":", "")
    offset = dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return dt.timezone(-offset if text[0] == "-" else offset)
