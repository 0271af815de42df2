"""How the client pages word moments, birthdays and contact states."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from guide_app.base.clock import china_date
from guide_app.base.dates import lunar_day_text, lunar_month_text
from ui.kit.i18n import counted

_JUST_NOW_DAYS, _MONTHS_FROM_DAYS = 1, 365


def days_ago(at_ms: int, now_ms: int) -> str:
    """`今天`, `52 天前`, `1 年前`; a dash if it never was (0)."""
    if not at_ms:
        return "—"
    days = (china_date(now_ms) - china_date(at_ms)).days
    if days < _JUST_NOW_DAYS:
        return QCoreApplication.translate("ClientWords", "今天")
    if days >= _MONTHS_FROM_DAYS:
        years = QCoreApplication.translate("ClientWords", "{years} 年前").format(years=days // _MONTHS_FROM_DAYS)
        return counted(years)
    return counted(QCoreApplication.translate("ClientWords", "{days} 天前").format(days=days))


def birthday_text(fields: Mapping[str, Any]) -> str:
    """`1991-03-08`, `5/12`, `农历闰六月三十`, `3 月`, `1991-03`, `农历八月`; empty if unknown."""
    year, month, day = fields["birth_year"], fields["birth_month"], fields["birth_day"]
    if month is None:
        return str(year) if year else ""
    if fields["birth_calendar"] == "lunar":
        leap = bool(fields["birth_leap"])
        text = lunar_month_text(month, leap=leap) if day is None else lunar_day_text(month, day, leap=leap)
        return QCoreApplication.translate("ClientWords", "农历{day}").format(day=text)
    if day is None and year:
        return f"{year}-{month:02d}"
    if day is None:
        return QCoreApplication.translate("ClientWords", "{month} 月").format(month=month)
    return f"{year}-{month:02d}-{day:02d}" if year else f"{month}/{day}"


def sex_text(sex: str) -> str:
    """The word for a client's sex."""
    words = {
        "female": QCoreApplication.translate("ClientWords", "女"),
        "male": QCoreApplication.translate("ClientWords", "男"),
    }
    return words.get(sex, "")


def contact_text(state: str) -> tuple[str, str]:
    """The words for a contact state and the label role that colours them."""
    return {
        "none": (QCoreApplication.translate("ClientWords", "未征求联系意见"), "hint"),
        "one_to_one": (QCoreApplication.translate("ClientWords", "只接受一对一联系"), "accent"),
        "marketing": (QCoreApplication.translate("ClientWords", "已同意接收优惠"), "accent"),
        "refused": (QCoreApplication.translate("ClientWords", "已拒绝联系"), "danger"),
    }[state]


def field_text(field: str) -> str:
    """The name of a client's field that a search has matched. Raises `KeyError`."""
    return {
        "name": QCoreApplication.translate("ClientMatch", "姓名"),
        "pinyin": QCoreApplication.translate("ClientMatch", "拼音"),
        "phone": QCoreApplication.translate("ClientMatch", "手机号含"),
        "member": QCoreApplication.translate("ClientMatch", "会员号含"),
        "wechat": QCoreApplication.translate("ClientMatch", "微信含"),
        "tag": QCoreApplication.translate("ClientMatch", "标签"),
        "note": QCoreApplication.translate("ClientMatch", "记录"),
        "remark": QCoreApplication.translate("ClientMatch", "备注"),
        "preference": QCoreApplication.translate("ClientMatch", "偏好"),
    }[field]
