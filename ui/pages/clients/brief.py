"""What a guide reads of a client before she speaks to her, in the order in which she needs it."""

from PySide6.QtCore import QCoreApplication

from guide_app.base.clock import china_datetime
from guide_app.base.money import yuan
from guide_app.clients.stated_sizes import StatedSize
from guide_app.coupons.model import HeldCoupon
from guide_app.followup.contact import ContactRoom
from ui.kit.i18n import counted, listed
from ui.pages.clients.card_words import birthday_hint, category_text, date_text, size_kinds, size_text
from ui.pages.clients.facts import Fact
from ui.pages.clients.view import ClientView
from ui.pages.clients.words import days_ago

_DOT = " · "
_COUPONS, _DATES = 3, 2


def brief(view: ClientView) -> tuple[Fact, ...]:
    """Sizes as said and as bought, dates, open coupons, what she buys, how often she was contacted."""
    translate = QCoreApplication.translate
    card = view.card
    return (
        Fact(translate("ClientBrief", "说过"), _DOT.join(map(_stated, card.stated))),
        Fact(translate("ClientBrief", "常买"), _DOT.join(map(size_text, card.habits.sizes))),
        Fact(translate("ClientBrief", "生日"), birthday_hint(card.birthday)),
        Fact(translate("ClientBrief", "日子"), _dates(view)),
        Fact(translate("ClientBrief", "未用券"), _coupons(view.coupons), "accent"),
        Fact(translate("ClientBrief", "购买"), _bought(view)),
        Fact(translate("ClientBrief", "偏爱"), listed(map(category_text, card.habits.categories))),
        Fact(translate("ClientBrief", "联系"), *_contacts(view)),
    )


def _stated(said: StatedSize) -> str:
    name = " ".join(filter(None, (size_kinds()[said.kind], said.brand, said.size)))
    if said.at is None:
        return name
    return QCoreApplication.translate("ClientBrief", "{size} ({day} 说的)").format(
        size=name, day=f"{china_datetime(said.at):%Y-%m-%d}"
    )


def _bought(view: ClientView) -> str:
    """How much, how often, how long ago."""
    figures = view.portrait.figures
    if not figures.orders:
        return QCoreApplication.translate("ClientBrief", "还没有买过")
    parts = [
        yuan(figures.total_fen),
        counted(QCoreApplication.translate("ClientBrief", "{n} 次").format(n=figures.orders)),
    ]
    if figures.interval_days:
        often = QCoreApplication.translate("ClientBrief", "每 {days} 天一次").format(days=figures.interval_days)
        parts.append(counted(often))
    last = days_ago(figures.last_at, view.now_ms)
    return _DOT.join((*parts, QCoreApplication.translate("ClientBrief", "最近 {ago}").format(ago=last)))


def _dates(view: ClientView) -> str:
    coming = sorted((row for row in view.card.dates if row.next), key=lambda row: row.next[0].day)
    return _DOT.join(f"{date_text(row)} → {row.next[0].day.isoformat()}" for row in coming[:_DATES])


def _coupons(coupons: tuple[HeldCoupon, ...]) -> str:
    unused = [held for held in coupons if held.status == "claimed"]
    said = []
    for held in unused[:_COUPONS]:
        until = f"{china_datetime(held.valid_until):%Y-%m-%d}" if held.valid_until else ""
        text = QCoreApplication.translate("ClientBrief", "{name} 到 {day}")
        said.append(text.format(name=held.terms.name, day=until) if until else held.terms.name)
    if len(unused) > _COUPONS:
        said.append(QCoreApplication.translate("ClientBrief", "还有 {n} 张").format(n=len(unused) - _COUPONS))
    return _DOT.join(said)


def _contacts(view: ClientView) -> tuple[str, str]:
    """The last contact, and how much of head office's limit the whole company has used."""
    parts = []
    if view.last_contact:
        ago = days_ago(view.last_contact, view.now_ms)
        parts.append(QCoreApplication.translate("ClientBrief", "上次 {ago}").format(ago=ago))
    room = view.room
    if room is not None and room.used:
        parts.append(_used(room))
    if room is not None and room.next_day is not None:
        text = QCoreApplication.translate("ClientBrief", "{day} 起可以再联系")
        parts.append(text.format(day=room.next_day.isoformat()))
    return _DOT.join(parts), "warn" if room is not None and not room.free else ""


def _used(room: ContactRoom) -> str:
    text = QCoreApplication.translate("ClientBrief", "{days} 天内全公司已联系 {used} 次, 上限 {most} 次")
    return text.format(days=room.limit.days, used=room.used, most=room.limit.contacts)
