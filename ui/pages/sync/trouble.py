"""What stops sync altogether and what to do about it: a copied disk, a PC shut out, a wrong clock, an old program."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from guide_app.sync.watch import SyncStatus
from ui.kit.problems import trouble_words
from ui.pages.sync.needs import Deed, Do, Need

# A clock further off than this (ms) is told; what is written meanwhile counts by head office's time.
CLOCK_TOLERANCE_MS = 5 * 60_000
_MINUTE_MS = 60_000
_HOUR_MINUTES = 60
_REJOIN = frozenset({"device.forked", "auth.invalid", "auth.missing", "device.revoked"})
# Codes of errors that waiting does not cure.
NEEDS_A_PERSON = frozenset({*_REJOIN, "office.clock", "schema.unsupported", "mutation.gap", "sync.failed"})


def trouble_need(status: SyncStatus | None) -> Need | None:
    """The line for an error that waiting does not cure; None where there is none."""
    if status is None or status.state == "syncing" or status.error_code not in NEEDS_A_PERSON:
        return None
    code = status.error_code
    told = trouble_words(code, status.last_error)
    translate = QCoreApplication.translate
    if code in _REJOIN:
        deeds = (Deed(Do.REJOIN, translate("SyncNeeds", "重新接入…"), "primary"),)
    else:
        deeds = (Deed(Do.SYNC, translate("SyncNeeds", "再试一次")),)
    return Need(f"trouble {code}", "!", "red", told.sentence, told.way_out, deeds, code)


def clock_need(offset_ms: int) -> Need | None:
    """The line for a clock that is off though head office can be reached; `offset_ms` is the office's minus ours."""
    if abs(offset_ms) < CLOCK_TOLERANCE_MS:
        return None
    translate = QCoreApplication.translate
    hours, minutes = divmod(abs(offset_ms) // _MINUTE_MS, _HOUR_MINUTES)
    much = (
        translate("SyncNeeds", "{hours} 小时 {minutes} 分").format(hours=f"{hours:,}", minutes=minutes)
        if hours
        else translate("SyncNeeds", "{minutes} 分钟").format(minutes=minutes)
    )
    title = (
        translate("SyncNeeds", "这台电脑的时间慢了 {much}").format(much=much)
        if offset_ms > 0
        else translate("SyncNeeds", "这台电脑的时间快了 {much}").format(much=much)
    )
    detail = translate("SyncNeeds", "记录按总部的时间保存，不会乱；请校正日期和时间。")
    deeds = (Deed(Do.SYNC, translate("SyncNeeds", "已校正，再试一次")),)
    return Need("clock", "!", "gold", title, detail, deeds, "clock")
