"""The four figures at the top of 同步, from what was read to tiles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from guide_app.protocol.scopes import BRAND, Scope
from guide_app.sync.health import SyncHealth
from guide_app.sync.queries import SyncStanding
from guide_app.sync.report import ScopeState
from guide_app.sync.watch import SyncStatus
from ui.kit.card import Kpi
from ui.kit.i18n import counted
from ui.pages.sync.needs import scope_words
from ui.pages.sync.words import moment

_KIB = 1024


def figures(
    here: SyncStanding,
    health: SyncHealth,
    status: SyncStatus | None,
    names: Mapping[Scope, str],
    n_odd: int,
    n_open: int,
    now_ms: int,
    n_photos: int = 0,
) -> list[Kpi]:
    """待上传, 需要处理, 上次联系总部, 数据校验. `names` are of the stores held, by scope.

    `n_odd` records could not be taken in; `n_open` lines of the list below wait for somebody's word; `n_photos` wait to
    be sent after the changes.
    """
    return [
        _waiting(here, health, now_ms, n_photos),
        _needs(here, n_odd, n_open),
        _contact(here, status, now_ms),
        _check(here, status, names),
    ]


def _waiting(here: SyncStanding, health: SyncHealth, now_ms: int, n_photos: int) -> Kpi:
    translate = QCoreApplication.translate
    note = translate("SyncFigures", "没有要上传的改动")
    if here.oldest_ms is not None:
        note = translate("SyncFigures", "最早 {time} · 共 {size}").format(
            time=moment(here.oldest_ms, now_ms), size=size_words(health.waiting_bytes)
        )
    if n_photos:
        photos = counted(translate("SyncFigures", "照片 {count} 张").format(count=f"{n_photos:,}"))
        note = photos if here.oldest_ms is None else f"{note} · {photos}"
    return Kpi(translate("SyncFigures", "待上传"), _count(here.waiting), note, None, "hint")


def _needs(here: SyncStanding, n_odd: int, n_open: int) -> Kpi:
    translate = QCoreApplication.translate
    own = n_open - here.parked - here.conflicts - here.held - bool(n_odd)
    others = {
        translate("SyncFigures", "大批删除 {count}"): here.held,
        translate("SyncFigures", "放不进来 {count}"): n_odd,
        translate("SyncFigures", "连接或时间 {count}"): max(own, 0),
    }
    usual = {
        translate("SyncFigures", "未能上交 {count}"): here.parked,
        translate("SyncFigures", "被覆盖 {count}"): here.conflicts,
    }
    told = {words: count for words, count in (usual | others).items() if count} if any(others.values()) else usual
    parts = [words.format(count=f"{count:,}") for words, count in told.items()]
    tone = "warn" if n_open else "hint"
    return Kpi(translate("SyncFigures", "需要处理"), _count(n_open), " · ".join(parts), None, tone)


def _contact(here: SyncStanding, status: SyncStatus | None, now_ms: int) -> Kpi:
    translate = QCoreApplication.translate
    when = moment(here.last_contact_ms, now_ms) if here.last_contact_ms is not None else "—"
    report = status.report if status is not None else None
    note = translate("SyncFigures", "打开程序后还没有完成过同步")
    if report is not None:
        note = translate("SyncFigures", "用时 {seconds} 秒 · 收 {pulled} 条 发 {pushed} 条").format(
            seconds=f"{report.seconds:.1f}", pulled=f"{report.pulled:,}", pushed=f"{report.pushed:,}"
        )
    return Kpi(translate("SyncFigures", "上次联系总部"), when, note, None, "hint")


def _check(here: SyncStanding, status: SyncStatus | None, names: Mapping[Scope, str]) -> Kpi:
    translate = QCoreApplication.translate
    parts = [f"{_scope_name(scope.scope, names)} seq {scope.seq:,}" for scope in here.scopes]
    if status is not None and status.report is not None and status.report.repaired:
        mended = [scope_words(scope, names) for scope in status.report.repaired]
        words = translate("SyncFigures", "刚修复了{names}").format(names=translate("SyncFigures", "、").join(mended))
        parts.insert(0, words)
    syncing = status is not None and status.state == "syncing"
    tone = "danger" if _equal(here.scopes) is False else "hint"
    return Kpi(
        translate("SyncFigures", "数据校验"), _verdict(here.scopes, syncing=syncing), " · ".join(parts), None, tone
    )


def _equal(scopes: Sequence[ScopeState]) -> bool | None:
    if any(scope.equal is False for scope in scopes):
        return False
    return None if not scopes or any(scope.equal is None for scope in scopes) else True


def _verdict(scopes: Sequence[ScopeState], *, syncing: bool) -> str:
    translate = QCoreApplication.translate
    equal = _equal(scopes)
    if equal is None:
        return translate("SyncFigures", "校验中") if syncing else translate("SyncFigures", "尚未比对")
    return translate("SyncFigures", "一致") if equal else translate("SyncFigures", "不一致")


def _scope_name(scope: Scope, names: Mapping[Scope, str]) -> str:
    translate = QCoreApplication.translate
    if scope == BRAND:
        return translate("SyncFigures", "品牌")
    return names[scope] if len(names) > 1 and names.get(scope) else translate("SyncFigures", "门店")


def _count(count: int) -> str:
    return QCoreApplication.translate("SyncFigures", "{count} 条").format(count=f"{count:,}")


def size_words(size: int) -> str:
    """Bytes as people read them: `820 B`, `18 KB`, `1.4 MB`."""
    if size < _KIB:
        return f"{size} B"
    if size < _KIB * _KIB:
        return f"{round(size / _KIB)} KB"
    return f"{size / _KIB / _KIB:.1f} MB"
