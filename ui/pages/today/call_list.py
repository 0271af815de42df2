"""Today's list on paper, for a shop floor without a PC: whom to call, why, and boxes for how it ended."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QCoreApplication

from guide_app.flows.paper import CallLine, CallList
from guide_app.followup.results import Result
from ui.kit.i18n import listed, say
from ui.pages.today.results import result_text

_SEPARATOR, _WRITE_HERE = " · ", "_" * 44
translate = QCoreApplication.translate


def call_list_html(calls: CallList) -> str:
    """The sheet; names and reasons are shown as text, never as markup. One who refused contact is not on the list."""
    title = translate("CallList", "今天联系谁")
    head = _SEPARATOR.join((f"{calls.day:%Y-%m-%d}", calls.store, calls.guide))
    count = translate("CallList", "{count} 位").format(count=len(calls.lines))
    rows = "".join(_row(number, line) for number, line in enumerate(calls.lines, 1))
    empty = translate("CallList", "今天没有需要联系的客户。")
    nobody = "" if rows else f"<p>{escape(empty)}</p>"
    told = translate("CallList", "号码在电脑上看全 (会记录)。回来后照勾选在「今日」登记, 本页用完请销毁。")
    return (
        f"<html><body><h1>{escape(title)}</h1><p class=hint>{escape(head)}{_SEPARATOR}{escape(count)}</p><hr>"
        f"<table width='100%' cellspacing='0'>{rows}</table>{nobody}<p class=hint>{escape(told)}</p></body></html>"
    )


def _row(number: int, line: CallLine) -> str:
    who = _SEPARATOR.join(filter(None, (line.phone, listed(line.tags[:3]))))
    why = "; ".join(say(reason) for reason in line.reasons)
    boxes = "&nbsp;&nbsp; ".join(f"□&nbsp;{place} {escape(result_text(code))}" for place, code in enumerate(Result, 1))
    return (
        f"<tr><td width='6%'>{number}</td><td><b>{escape(line.name)}</b> <span class=hint>{escape(who)}</span>"
        f"<p>{escape(why)}</p><p class=box>{boxes}</p>"
        f"<p class=hint>{_WRITE_HERE}</p></td></tr>"
    )
