"""How old a figure is, in words: no number of stock is shown without it."""

from PySide6.QtCore import QCoreApplication

_MINUTE_MS, _HOUR_MS, _DAY_MS = 60_000, 3_600_000, 86_400_000
STALE_MS = _DAY_MS
"""Figures older than this are marked: what they say may have been sold since."""


def age_text(at_ms: int, now_ms: int) -> str:
    """`刚刚`, `12 分钟前`, `1 小时前`, `3 天前` for two moments in UTC ms; what lies ahead counts as now."""
    age = max(0, now_ms - at_ms)
    if age < _MINUTE_MS:
        return QCoreApplication.translate("Age", "刚刚")
    if age < _HOUR_MS:
        return QCoreApplication.translate("Age", "{count} 分钟前").format(count=age // _MINUTE_MS)
    if age < _DAY_MS:
        return QCoreApplication.translate("Age", "{count} 小时前").format(count=age // _HOUR_MS)
    return QCoreApplication.translate("Age", "{count} 天前").format(count=age // _DAY_MS)


def is_stale(at_ms: int, now_ms: int) -> bool:
    """Whether a figure is too old to promise anything by it."""
    return now_ms - at_ms > STALE_MS
