"""How moments, amounts and pieces are said to a customer."""

from __future__ import annotations

from guide_app.base.clock import DAY_MS, china_date, china_datetime

_MINUTE_MS, _HOUR_MS = 60_000, 3_600_000
_PAIRS = ("鞋", "靴", "履", "袜")


def age(as_of: int, now_ms: int) -> str:
    """`12 分钟前`: how long ago `as_of` was (both UTC ms). A moment ahead of our clock counts as just now."""
    passed = now_ms - as_of
    if passed < _MINUTE_MS:
        return "刚刚"
    if passed < _HOUR_MS:
        return f"{passed // _MINUTE_MS} 分钟前"
    if passed < DAY_MS:
        return f"{passed // _HOUR_MS} 小时前"
    return f"{passed // DAY_MS} 天前"


def day(ms: int, now_ms: int) -> str:
    """`12 月 12 日`, with the year when it is not this one; the business day in China that contains `ms`."""
    date = china_date(ms)
    year = "" if date.year == china_date(now_ms).year else f"{date.year} 年 "
    return f"{year}{date.month} 月 {date.day} 日"


def last_day(until_ms: int, now_ms: int) -> str:
    """The last day on which something that ends at `until_ms` (exclusive, UTC ms) still holds."""
    return day(until_ms - 1, now_ms)


def moment(ms: int, now_ms: int) -> str:
    """`12 月 12 日 18:05`, China's wall clock."""
    return f"{day(ms, now_ms)} {china_datetime(ms):%H:%M}"


def counter(category: str) -> str:
    """双 for what is sold in pairs, else 件, judged by the category's own words."""
    return "双" if any(word in category for word in _PAIRS) else "件"


def size(label: str) -> str:
    """`37 码` for a number, `M` as it is, `均码` where the variant has no size."""
    plain = label.strip()
    if not plain:
        return "均码"
    return f"{plain} 码" if plain.replace(".", "", 1).isdecimal() else plain
