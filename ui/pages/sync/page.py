"""同步: figures, what needs a decision, what waits, and what is under way."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from guide_app.base.actor import Actor
from guide_app.base.change import Change
from guide_app.flows.desk import Desk
from guide_app.protocol.scopes import BRAND
from guide_app.sync.parked import ParkedService
from guide_app.sync.queries import LostValue, ParkedChange, QueuedChange, SyncQueries, SyncStanding
from guide_app.sync.report import ScopeState
from ui.kit.buttons import button
from ui.kit.card import Card, Kpi, KpiStrip, row
from ui.kit.confirm import ConfirmDialog
from ui.kit.desk_page import DeskPage
from ui.kit.empty import EmptyState
from ui.kit.page import PageContext
from ui.kit.paged import RowModel
from ui.kit.painted import StatusDot
from ui.kit.rows import RowList
from ui.kit.stack import LineStack
from ui.kit.text import ElidedLabel, label
from ui.kit.toast import Notice
from ui.pages.sync.dialog import ParkedDialog
from ui.pages.sync.monitor import SyncMonitor
from ui.pages.sync.progress import ProgressCard
from ui.pages.sync.rows import (
    LINE_HEIGHT,
    LostChange,
    LostLine,
    ParkedLine,
    WaitingDelegate,
    describe_waiting,
    lost_changes,
)
from ui.pages.sync.words import change_words, moment

_MOST_LINES = 4
_CALM_MS = 120


@dataclass(frozen=True, slots=True)
class SyncControls:
    """What the page may ask of sync; both return at once."""

    sync_now: Callable[[], None]
    pause_pictures: Callable[[bool], None]


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything the page shows of the book, read in one go. `guides` names guides by id."""

    now_ms: int
    standing: SyncStanding
    waiting: tuple[QueuedChange, ...]
    parked: tuple[ParkedChange, ...]
    lost: tuple[LostValue, ...]
    guides: Mapping[str, str]


class SyncPage(DeskPage):
    """同步."""

    key = "sync"

    def __init__(
        self,
        context: PageContext,
        desk: Desk,
        acting: Callable[[], Actor],
        sync: SyncQueries,
        parked: ParkedService,
        monitor: SyncMonitor,
        controls: SyncControls,
    ) -> None:
        """Read by `sync`, decide by `parked`, follow `monitor`, ask by `controls`."""
        super().__init__(context, desk, acting)
        self._sync, self._parked, self._monitor, self._controls = sync, parked, monitor, controls
        self._seen: Seen | None = None
        self.strip = KpiStrip(self.theme)
        self.needs_card, self.waiting_card, self.here_card = Card(), Card(), Card()
        self.needs = LineStack(self.tr("需要你处理"))
        self.now = button(self.tr("立即同步 F5"), "primary")
        self.waiting_model: RowModel[QueuedChange] = RowModel(describe_waiting)
        self.waiting = RowList(WaitingDelegate(self.theme, desk.clock.now_ms), self.tr("等待上传"))
        self.waiting.setModel(self.waiting_model)
        done = self.tr("全部已上交")
        self.all_done = EmptyState(self.theme, "check", done, self.tr("断网时的改动会排在这里，联网后自动上传。"))
        self.queue = QStackedWidget()
        self.queue.addWidget(self.all_done)
        self.queue.addWidget(self.waiting)
        self.progress = ProgressCard(self.theme)
        self.here = LineStack(self.tr("这台电脑"))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_CALM_MS)
        self._later.timeout.connect(self._refresh_if_seen)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.needs_card.set_header(self.tr("需要你处理"))
        self.needs_card.fill(self.needs)
        self.needs_card.hide()
        self.waiting_card.set_header(self.tr("等待上传"), self.tr("联网后按顺序自动上传"), self.now)
        self.waiting_card.add_row(self.queue)
        self.here_card.set_header(self.tr("这台电脑"))
        self.here_card.fill(self.here)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(14)
        left.addWidget(self.needs_card)
        left.addWidget(self.waiting_card, 1)
        right.addWidget(self.progress)
        right.addWidget(self.here_card)
        right.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(14)
        columns.addLayout(left, 7)
        columns.addLayout(right, 3)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(14)
        page.addWidget(self.strip)
        page.addLayout(columns, 1)

    def _connect(self) -> None:
        self.now.clicked.connect(self._controls.sync_now)
        self.progress.pause_asked.connect(self._controls.pause_pictures)
        self._monitor.status_changed.connect(self._status_changed)
        self._monitor.pictures_changed.connect(self.progress.show_pictures)

    # -- reading --------------------------------------------------------------------------------------------

    def affected(self, change: Change) -> bool:
        """Every change of ours joins the queue."""
        return bool(change.kinds)

    def refresh(self) -> None:
        """Read everything again."""
        self.say(self.tr("同步"), self.tr("断网照常工作，联网后一条不丢、一条不重"))
        sync, desk = self._sync, self.desk

        def read(_job: object) -> Seen:
            guides = {guide.id: guide.name for guide in desk.roster.guides()}
            return Seen(desk.clock.now_ms(), sync.standing(), sync.waiting(), sync.parked(), sync.lost(), guides)

        self.work.query(read, owner=self, slot="sync", done=self._show, title=self.tr("读取同步状态"))

    def _status_changed(self, status: object) -> None:
        del status
        self.progress.show_status(self._monitor.status)
        if not self._later.isActive():  # progress speaks many times a second; the figures need not follow each
            self._later.start()

    def _refresh_if_seen(self) -> None:
        if self.isVisible():
            self.refresh()

    def _show(self, seen: Seen) -> None:
        self._seen = seen
        self.strip.set_kpis(self._kpis(seen))
        self._show_needs(seen)
        self.waiting_model.set_rows(seen.waiting)
        self.queue.setCurrentWidget(self.waiting if seen.waiting else self.all_done)
        self._show_here(seen)
        self.progress.show_status(self._monitor.status)
        self.progress.show_pictures(self._monitor.pictures)

    def _kpis(self, seen: Seen) -> list[Kpi]:
        here, count = seen.standing, self.tr("{count} 条")
        needs = here.parked + here.conflicts
        oldest = (
            self.tr("最早 {time}").format(time=moment(here.oldest_ms, seen.now_ms))
            if here.oldest_ms is not None
            else self.tr("没有要上传的改动")
        )
        parts = [self.tr("未能上交 {count}").format(count=here.parked)]
        parts.append(self.tr("被覆盖 {count}").format(count=here.conflicts))
        if here.quarantined:
            parts.append(self.tr("读不懂 {count}").format(count=here.quarantined))
        contact = moment(here.last_contact_ms, seen.now_ms) if here.last_contact_ms is not None else "—"
        return [
            Kpi(self.tr("待上传"), count.format(count=f"{here.waiting:,}"), oldest, None, "hint"),
            Kpi(
                self.tr("需要处理"),
                count.format(count=needs),
                " · ".join(parts),
                None,
                "warn" if needs or here.quarantined else "hint",
            ),
            Kpi(self.tr("上次联系总部"), contact, self._took(), None, "hint"),
            Kpi(
                self.tr("数据校验"),
                self._verdict(here.scopes),
                " · ".join(f"{self._scope_name(s)} seq {s.seq:,}" for s in here.scopes),
                None,
                "hint",
            ),
        ]

    def _took(self) -> str:
        report = self._monitor.status.report if self._monitor.status is not None else None
        if report is None:
            return self.tr("打开程序后还没有完成过同步")
        return self.tr("用时 {seconds} 秒 · 收 {pulled} 条 发 {pushed} 条").format(
            seconds=f"{report.seconds:.1f}", pulled=f"{report.pulled:,}", pushed=f"{report.pushed:,}"
        )

    def _verdict(self, scopes: tuple[ScopeState, ...]) -> str:
        if any(scope.equal is False for scope in scopes):
            return self.tr("不一致")
        if not scopes or any(scope.equal is None for scope in scopes):
            return self.tr("尚未比对")
        return self.tr("一致")

    def _scope_name(self, scope: ScopeState) -> str:
        return self.tr("品牌") if scope.scope == BRAND else self.tr("门店")

    def _show_needs(self, seen: Seen) -> None:
        lines: list[QWidget] = []
        for parked in seen.parked:
            refused = ParkedLine(self.theme, parked, seen.now_ms)
            refused.looked_into.connect(self.look_into)
            refused.export_asked.connect(self.ask_export)
            lines.append(refused)
        for lost in lost_changes(seen.lost):
            overtaken = LostLine(self.theme, lost, seen.guides, seen.now_ms)
            overtaken.restore_asked.connect(self._restore)
            overtaken.accepted.connect(self._accept)
            lines.append(overtaken)
        self.needs.set_lines(lines)
        self.needs.setFixedHeight(min(len(lines), _MOST_LINES) * LINE_HEIGHT)
        self.needs_card.setVisible(bool(lines))

    def _show_here(self, seen: Seen) -> None:
        here = seen.standing
        status = self._monitor.status
        ink, words = {
            "synced": ("dot_ok", self.tr("已同步")),
            "syncing": ("dot_ok", self.tr("正在同步")),
            "offline": ("dot_wait", self.tr("离线工作中")),
            "attention": ("dot_alarm", self.tr("需要处理")),
            "never": ("dot_idle", self.tr("尚未同步")),
        }[status.state if status is not None else "never"]
        first = row(StatusDot(self.theme, ink), ElidedLabel(here.store_name), None, label(words, "hint"))
        lines = [first]
        for scope in here.scopes:
            said = {True: self.tr("一致"), False: self.tr("不一致"), None: self.tr("尚未比对")}[scope.equal]
            name = self.tr("品牌资料") if scope.scope == BRAND else self.tr("本店资料")
            figures = self.tr("{count} 条 · {said}").format(count=f"{scope.n_live:,}", said=said)
            lines.append(row(label(name), None, label(figures, "hint")))
        self.here.set_lines(lines)
        self.here.setFixedHeight(len(lines) * 40)

    # -- deciding -------------------------------------------------------------------------------------------

    def look_into(self, parked: ParkedChange) -> None:
        """Show what can be done about a refused change."""
        dialog = ParkedDialog(self, parked, self._seen.guides if self._seen is not None else {})
        dialog.finished.connect(dialog.deleteLater)
        dialog.export_asked.connect(lambda: self.ask_export(parked))
        dialog.given_up.connect(lambda: self._ask_give_up(parked, dialog))
        dialog.resubmitted.connect(lambda changes: self._resubmit(parked, changes, dialog))
        dialog.open()

    def _resubmit(self, parked: ParkedChange, changes: Mapping[str, Any], dialog: ParkedDialog) -> None:
        actor, service, mid = self.actor, self._parked, parked.change.mid

        def handed_in(_none: object) -> None:
            dialog.accept()
            self.notice.emit(Notice(self.tr("已重新排队上传")))
            self._decided()

        self.work.change(
            lambda _job: service.resubmit(mid, changes, by=actor.guide_id, origin=actor.origin),
            owner=dialog,
            done=handed_in,
            title=self.tr("重新提交"),
        )

    def _ask_give_up(self, parked: ParkedChange, dialog: ParkedDialog) -> None:
        what = change_words(parked.change).title
        sentence = self.tr("「{what}」将从本机丢弃，不能恢复。需要留底请先导出。").format(what=what)
        confirm = ConfirmDialog(self.theme, dialog, self.tr("放弃这条修改？"), sentence, self.tr("放弃"))
        confirm.accepted.connect(lambda: self._give_up(parked, dialog))
        confirm.finished.connect(confirm.deleteLater)
        confirm.open()

    def _give_up(self, parked: ParkedChange, dialog: ParkedDialog) -> None:
        actor, service, mid = self.actor, self._parked, parked.change.mid
        dialog.accept()
        self.work.change(
            lambda _job: service.discard(mid, by=actor.guide_id, origin=actor.origin),
            owner=self,
            done=lambda _none: self._decided(),
            title=self.tr("放弃修改"),
        )

    def _restore(self, lost: LostChange) -> None:
        actor, service = self.actor, self._parked
        self.work.change(
            lambda _job: service.restore(lost.mid, lost.fields, by=actor.guide_id, origin=actor.origin),
            owner=self,
            done=lambda _none: self._decided(),
            title=self.tr("恢复"),
        )

    def _accept(self, lost: LostChange) -> None:
        actor, service = self.actor, self._parked
        self.work.change(
            lambda _job: service.mark_seen((lost.mid,), origin=actor.origin),
            owner=self,
            done=lambda _none: self._decided(),
        )

    def _decided(self) -> None:
        self.refresh()
        self._controls.sync_now()  # which also counts anew what needs a decision

    def ask_export(self, parked: ParkedChange) -> None:
        """Ask for a file, and write the refused change into it."""
        dialog = QFileDialog(self, self.tr("导出到"), str(Path.home()))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.selectFile(f"{parked.change.kind}-{parked.change.mid}.json")
        dialog.fileSelected.connect(lambda name: self.export(parked, Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def export(self, parked: ParkedChange, target: Path) -> None:
        """Write what was refused, and why, to `target` as JSON."""

        def write(_job: object) -> None:
            target.write_text(json.dumps(asdict(parked), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")

        said = Notice(self.tr("已导出 {name}").format(name=target.name))
        self.work.query(write, owner=self, done=lambda _none: self.notice.emit(said), title=self.tr("导出"))
