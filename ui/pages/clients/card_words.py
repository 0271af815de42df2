"""How the portrait words dates, sizes, habits, relations and services."""

from PySide6.QtCore import QCoreApplication

from guide_app.base.clock import china_datetime
from guide_app.base.dates import YearlyDate, lunar_day_text
from guide_app.base.money import yuan
from guide_app.clients.aftercare import ServiceRow
from guide_app.clients.dates import Birthday, DateRow, Kept
from guide_app.clients.relations import RelationRow
from guide_app.clients.sizes import CategoryShare, SizeKind, UsualSize, Window
from guide_app.clients.standing import FOLLOW_STATES
from guide_app.clients.wishes import WishRow
from ui.kit.i18n import counted, say

_SEPARATOR = " · "


def date_kinds() -> dict[str, str]:
    """The kinds of dates, in the order in which they are offered."""
    return {
        "child_birthday": QCoreApplication.translate("CardWords", "孩子生日"),
        "anniversary": QCoreApplication.translate("CardWords", "纪念日"),
        "birthday": QCoreApplication.translate("CardWords", "另一历法的生日"),
        "custom": QCoreApplication.translate("CardWords", "其他日子"),
    }


def relation_kinds() -> dict[str, str]:
    """What somebody is to the client; the last one is only seen, never chosen."""
    return {
        "spouse": QCoreApplication.translate("CardWords", "配偶"),
        "child": QCoreApplication.translate("CardWords", "孩子"),
        "parent": QCoreApplication.translate("CardWords", "父母"),
        "family": QCoreApplication.translate("CardWords", "家人"),
        "friend": QCoreApplication.translate("CardWords", "朋友"),
        "referred_by": QCoreApplication.translate("CardWords", "介绍人"),
        "referred": QCoreApplication.translate("CardWords", "她介绍来的"),
    }


def service_kinds() -> dict[str, str]:
    """The kinds of services."""
    return {
        "repair": QCoreApplication.translate("CardWords", "维修"),
        "exchange": QCoreApplication.translate("CardWords", "换货"),
        "alteration": QCoreApplication.translate("CardWords", "修改"),
        "complaint": QCoreApplication.translate("CardWords", "投诉"),
        "warranty": QCoreApplication.translate("CardWords", "保修"),
    }


def follow_text(state: str) -> str:
    """The word for a follow-up state; one that another system wrote is shown as it is."""
    words = (
        QCoreApplication.translate("CardWords", "未跟进"),
        QCoreApplication.translate("CardWords", "待跟进"),
        QCoreApplication.translate("CardWords", "跟进中"),
        QCoreApplication.translate("CardWords", "已赢单"),
        QCoreApplication.translate("CardWords", "已输单"),
        QCoreApplication.translate("CardWords", "已流失"),
    )
    return dict(zip(FOLLOW_STATES, words, strict=True)).get(state, state)


def size_kinds() -> dict[SizeKind, str]:
    """The kinds of sizes."""
    return {
        "shoe": QCoreApplication.translate("CardWords", "鞋"),
        "top": QCoreApplication.translate("CardWords", "上装"),
        "trousers": QCoreApplication.translate("CardWords", "下装"),
        "ring": QCoreApplication.translate("CardWords", "戒指"),
    }


def size_text(usual: UsualSize) -> str:
    """`鞋 37 (4/5 件, 最近 2026-09-30)`."""
    kinds = size_kinds()
    return QCoreApplication.translate("CardWords", "{kind} {size} ({pieces}/{of} 件, 最近 {day})").format(
        kind=kinds[usual.kind], size=usual.size, pieces=usual.pieces, of=usual.of, day=_day(usual.last_at)
    )


def birthday_hint(birthday: Birthday) -> str:
    """Age, the next day, and the same day in the other calendar, as far as they are known."""
    parts = []
    if birthday.age is not None:
        parts.append(counted(QCoreApplication.translate("CardWords", "{age} 岁").format(age=birthday.age)))
    if birthday.next:
        day = birthday.next[0].day.isoformat()
        lunar = birthday.other is not None and birthday.other.calendar == "solar"
        kept = QCoreApplication.translate("CardWords", "下次生日 {day}")
        kept = QCoreApplication.translate("CardWords", "下次农历生日 {day}") if lunar else kept
        parts.append(kept.format(day=day))
    if birthday.other is not None:
        parts.append(yearly_text(birthday.other))
    return _SEPARATOR.join(parts)


def kept_text(coming: tuple[Kept, ...]) -> str:
    """The next days, each with its rule where there is one to say, a line each if rules differ from none."""
    plain = all(not kept.rule.template for kept in coming)
    said = [f"{k.day.isoformat()} ({say(k.rule)})" if k.rule.template else k.day.isoformat() for k in coming]
    return (_SEPARATOR if plain else "\n").join(said)


def yearly_text(date: YearlyDate) -> str:
    """`农历正月廿二`, `公历 1991-03-08`, `公历 3 月 8 日`."""
    if date.calendar == "lunar":
        text = lunar_day_text(date.month, date.day, leap=date.leap_month)
        return QCoreApplication.translate("CardWords", "农历{day}").format(day=text)
    if date.year is not None:
        day = f"{date.year}-{date.month:02d}-{date.day:02d}"
        return QCoreApplication.translate("CardWords", "公历 {day}").format(day=day)
    return QCoreApplication.translate("CardWords", "公历 {month} 月 {day} 日").format(month=date.month, day=date.day)


def date_text(row: DateRow) -> str:
    """What a date is and when, as it was said."""
    name = _SEPARATOR.join(filter(None, (date_kinds()[row.kind], row.title)))
    if row.month is None:
        return name
    if row.day is None:
        when = QCoreApplication.translate("CardWords", "{month} 月").format(month=row.month)
    else:
        when = yearly_text(YearlyDate(row.month, row.day, row.calendar, row.leap, row.year))
    return f"{name}{_SEPARATOR}{when}"


def relation_text(row: RelationRow) -> str:
    """`孩子 · 豆豆`."""
    return f"{relation_kinds()[row.kind]}{_SEPARATOR}{row.name}"


def relation_hint(row: RelationRow) -> str:
    """Her sizes and what was noted."""
    shoe = QCoreApplication.translate("CardWords", "鞋 {size}").format(size=row.shoe_size) if row.shoe_size else ""
    top = QCoreApplication.translate("CardWords", "上装 {size}").format(size=row.top_size) if row.top_size else ""
    return _SEPARATOR.join(filter(None, (shoe, top, row.note)))


def wish_hint(row: WishRow) -> str:
    """Variant, her words beside a product's name, stock here, whether she wants to be told."""
    words = row.want if row.want != row.title else ""
    stock = ""
    if row.available is not None:
        stock = QCoreApplication.translate("CardWords", "本店可售 {count}").format(count=row.available)
    tell = QCoreApplication.translate("CardWords", "到货告诉她") if row.tell else ""
    return _SEPARATOR.join(filter(None, (row.colour, row.size, words, stock, tell, _day(row.at))))


def service_hint(row: ServiceRow) -> str:
    """Since when, until when, what was said."""
    due = QCoreApplication.translate("CardWords", "约好 {day}").format(day=_day(row.due_at)) if row.due_at else ""
    until = QCoreApplication.translate("CardWords", "保到 {day}").format(day=_day(row.until)) if row.until else ""
    done = QCoreApplication.translate("CardWords", "已完成") if row.state == "done" else ""
    return _SEPARATOR.join(filter(None, (done, due, until, row.body, _day(row.at))))


def category_text(share: CategoryShare) -> str:
    """`乐福鞋 4 件 ¥2,276`."""
    return QCoreApplication.translate("CardWords", "{category} {pieces} 件 {amount}").format(
        category=share.category.rpartition("/")[2], pieces=share.pieces, amount=yuan(share.amount_fen)
    )


def window_text(window: Window) -> str:
    """`乐福鞋 一般每 45 天买一次, 下次约 2026-11-10 到 11-20 (看她自己 3 次间隔)`."""
    basis = {
        "hers": QCoreApplication.translate("CardWords", "看她自己 {gaps} 次间隔"),
        "store": QCoreApplication.translate("CardWords", "看本店 {gaps} 次间隔"),
        "product": QCoreApplication.translate("CardWords", "看商品一般能用多久"),
    }[window.basis].format(gaps=window.gaps)
    return QCoreApplication.translate(
        "CardWords", "{category} 一般每 {days} 天买一次, 下次约 {start} 到 {end} ({basis})"
    ).format(
        category=window.category.rpartition("/")[2], days=window.gap_days, start=window.from_day, end=window.until_day,
        basis=basis,
    )  # fmt: skip


def _day(ms: int) -> str:
    return f"{china_datetime(ms):%Y-%m-%d}"
