"""One client on one sheet: what a guide reads in thirty seconds before she comes."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QCoreApplication

from guide_app.base.clock import china_datetime
from guide_app.base.money import yuan
from guide_app.clients.model import PurchaseLine
from guide_app.flows.paper import Brief
from ui.kit.i18n import listed, say
from ui.pages.clients.card_words import birthday_hint, date_text, size_text
from ui.pages.clients.words import birthday_text, contact_text, days_ago, sex_text

_SEPARATOR = " · "
translate = QCoreApplication.translate


def brief_html(brief: Brief) -> str:
    """The sheet; whatever was written about her is shown as text, never as markup."""
    promises = [_line((one.title, _day(one.due_at))) for one in brief.promises]
    coupons = [_line((one.terms.name, _until(one.valid_until))) for one in brief.coupons]
    contacts = [_line((_day(one.at), one.body, one.guide)) for one in brief.contacts]
    printed = translate("BriefPaper", "{at} 打印, 用完请销毁").format(at=_moment(brief.now_ms))
    parts = [
        _head(brief),
        _block(translate("BriefPaper", "这次做一件事"), [_line((_suggestion(brief),), "do")]),
        _block(translate("BriefPaper", "答应过"), promises),
        _block(translate("BriefPaper", "没用的券"), coupons),
        _block(translate("BriefPaper", "买过"), [_line((_figures(brief),)), *map(_purchase, brief.purchases)]),
        _block(translate("BriefPaper", "尺码与偏好"), [_line((one,)) for one in _sizes(brief)]),
        _block(translate("BriefPaper", "日子"), [_line((one,)) for one in _dates(brief)]),
        _block(translate("BriefPaper", "最近联系"), contacts),
        "<br>",
        _line((printed,), "hint"),
    ]
    return f"<html><body>{''.join(parts)}</body></html>"


def _head(brief: Brief) -> str:
    portrait, fields = brief.portrait, brief.portrait.fields
    who = (sex_text(fields["sex"]), str(fields["age_band"]), str(fields["level"]), portrait.phone_masked)
    tags = listed(tag.name for tag in portrait.tags)
    flags = {
        "complaint": translate("BriefPaper", "有投诉未结"),
        "blocked": translate("BriefPaper", "已停止服务"),
    }
    flag = flags.get(str(fields["flag"]), "")
    lines = (
        _line(who, "hint"),
        _line((tags, contact_text(fields["contact_state"])[0]), "hint"),
        _line((flag, str(fields["flag_why"])), "do") if flag else "",
    )
    return f"<h1>{escape(str(fields['name']))}</h1>{''.join(lines)}"


def _suggestion(brief: Brief) -> str:
    if brief.suggestion is None:
        return translate("BriefPaper", "没有急事: 问问上次买的合不合适")
    return say(brief.suggestion)


def _figures(brief: Brief) -> str:
    figures = brief.portrait.figures
    return translate("BriefPaper", "累计 {total} · {orders} 次 · 最近 {last}").format(
        total=yuan(figures.total_fen), orders=figures.orders, last=days_ago(figures.last_at, brief.now_ms)
    )


def _purchase(line: PurchaseLine) -> str:
    return _line((_day(line.at), line.title, line.colour, line.size, yuan(line.amount_fen)))


def _sizes(brief: Brief) -> list[str]:
    fields = brief.portrait.fields
    said = {
        translate("BriefPaper", "鞋码"): fields["shoe_size"],
        translate("BriefPaper", "上装"): fields["top_size"],
        translate("BriefPaper", "下装"): fields["trousers_size"],
        translate("BriefPaper", "戒指"): fields["ring_size"],
    }
    own = _SEPARATOR.join(f"{name} {value}" for name, value in said.items() if value)
    usual = listed(size_text(one) for one in brief.card.habits.sizes)
    return [one for one in (own, usual, str(fields["preference"]), str(fields["remark"])) if one]


def _dates(brief: Brief) -> list[str]:
    birth = birthday_text(brief.portrait.fields)
    born = translate("BriefPaper", "生日 {day}").format(day=birth) if birth else ""
    hers = _SEPARATOR.join(filter(None, (born, birthday_hint(brief.card.birthday))))
    return [one for one in (hers, *(date_text(row) for row in brief.card.dates)) if one]


def _block(title: str, lines: list[str]) -> str:
    return f"<p class=head>{escape(title)}</p>{''.join(lines)}" if lines else ""


def _line(parts: tuple[str, ...], role: str = "") -> str:
    text = _SEPARATOR.join(filter(None, parts))
    return f'<p class="{role}">{escape(text)}</p>' if text else ""


def _day(at_ms: int | None) -> str:
    return f"{china_datetime(at_ms):%Y-%m-%d}" if at_ms else ""


def _moment(at_ms: int) -> str:
    return f"{china_datetime(at_ms):%Y-%m-%d %H:%M}"


def _until(at_ms: int) -> str:
    return translate("BriefPaper", "到 {day}").format(day=_day(at_ms)) if at_ms else ""
