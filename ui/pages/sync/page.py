"""同步: figures, what needs a decision, what waits, what is under way, and the PCs of the store."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from guide_app.base.actor import Actor
from guide_app.base.change import Change
from guide_app.flows.desk import Desk
from guide_app.protocol.scopes import Scope
from guide_app.sync.health import OddRecord, SyncHealth, TeamPc
from guide_app.sync.parked import ParkedService
from guide_app.sync.queries import LostValue, ParkedChange, QueuedChange, SyncQueries, SyncStanding
from guide_app.sync.removal import HeldRemoval
from ui.kit.buttons import button
from ui.kit.card import Card, KpiStrip
from ui.kit.desk_page import DeskPage
from ui.kit.empty import EmptyState
from ui.kit.page import PageContext
from ui.kit.paged import RowModel
from ui.kit.rows import RowList
from ui.kit.stack import LineStack
from ui.pages.sync.deciding import Deciding, SyncControls
from ui.pages.sync.figures import figures
from ui.pages.sync.monitor import SyncMonitor
from ui.pages.sync.needs import Need, held_need, lost_changes, lost_need, odd_need, parked_need
from ui.pages.sync.progress import ProgressCard
from ui.pages.sync.rows import LINE_HEIGHT, NeedLine, WaitingDelegate, describe_waiting
from ui.pages.sync.team import TeamCard
from ui.pages.sync.trouble import clock_need, trouble_need

_FEWEST_LINES, _MOST_LINES = 2, 5
# What the page needs besides the list of needs (px).
_REST_HEIGHT = 430
_CALM_MS = 120


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything the page shows of the book, read in one go.

    `guides` names guides by id, `stores` the stores held by scope.
    """

    now_ms: int
    standing: SyncStanding
    health: SyncHealth
    waiting: tuple[QueuedChange, ...]
    parked: tuple[ParkedChange, ...]
    lost: tuple[LostValue, ...]
    held: tuple[HeldRemoval, ...]
    odd: tuple[OddRecord, ...]
    pcs: tuple[TeamPc, ...]
    guides: Mapping[str, str]
    stores: Mapping[Scope, str]
    n_photos: int


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
        self._sync, self._monitor, self._controls = sync, monitor, controls
        self.deciding = Deciding(self, context, lambda: self.actor, parked, controls)
        self._seen: Seen | None = None
        self._needs: list[Need] = []
        self.strip = KpiStrip(self.theme)
        self.needs_card, self.waiting_card = Card(), Card()
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
        told = self.tr("改动已全部上交，还有照片")
        hint = self.tr("客户和小票的照片在改动之后逐张上传；没有网络时留在本机。")
        self.only_photos = EmptyState(self.theme, "image", told, hint)
        self.queue.addWidget(self.only_photos)
        self.progress = ProgressCard(self.theme)
        self.team = TeamCard(self.theme)
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
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(14)
        left.addWidget(self.needs_card)
        left.addWidget(self.waiting_card, 1)
        right.addWidget(self.progress)
        right.addWidget(self.team)
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
        self.progress.break_off_asked.connect(self._controls.break_off)
        self.progress.go_on_asked.connect(self._controls.sync_now)
        self._monitor.status_changed.connect(self._status_changed)
        self._monitor.pictures_changed.connect(self._pictures_changed)
        self.deciding.notice.connect(self.notice)
        self.deciding.decided.connect(self._decided)
        self.deciding.leads_to.connect(self.navigate)

    # -- reading --------------------------------------------------------------------------------------------

    def affected(self, change: Change) -> bool:
        """Every change of ours joins the queue."""
        return bool(change.kinds)

    def refresh(self) -> None:
        """Read everything again."""
        self.say(self.tr("同步"), self.tr("断网照常工作，联网后一条不丢、一条不重"))
        sync, desk = self._sync, self.desk

        def read(_job: object) -> Seen:
            return Seen(
                now_ms=desk.clock.now_ms(),
                standing=sync.standing(),
                health=sync.health(),
                waiting=sync.waiting(),
                parked=sync.parked(),
                lost=sync.lost(),
                held=sync.held_removals(),
                odd=sync.odd(),
                pcs=sync.team_pcs(),
                guides={guide.id: guide.name for guide in desk.roster.guides()},
                stores=sync.scope_names(),
                n_photos=sync.waiting_photos(),
            )

        self.work.query(read, owner=self, slot="sync", done=self._show, title=self.tr("读取同步状态"))

    def _status_changed(self, status: object) -> None:
        del status
        self.progress.show_status(self._monitor.status)
        self._look_later()

    def _pictures_changed(self, state: object) -> None:
        del state
        self.progress.show_pictures(self._monitor.pictures)
        self._look_later()  # photos go up in the same run

    def _look_later(self) -> None:
        if not self._later.isActive():  # progress speaks many times a second; the figures need not follow each
            self._later.start()

    def _refresh_if_seen(self) -> None:
        if self.isVisible():
            self.refresh()

    # -- showing --------------------------------------------------------------------------------------------

    def _show(self, seen: Seen) -> None:
        self._seen = seen
        status = self._monitor.status
        self.deciding.guides, self.deciding.stores = seen.guides, seen.stores
        self.deciding.waiting, self.deciding.now_ms = seen.standing.waiting, seen.now_ms
        needs = self._needed(seen)
        n_open = len(needs) - sum(not one.open for one in seen.held)
        odd, photos = len(seen.odd), seen.n_photos
        self.strip.set_kpis(figures(seen.standing, seen.health, status, seen.stores, odd, n_open, seen.now_ms, photos))
        self._show_needs(needs)
        if self.waiting_model.rows != seen.waiting:
            self.waiting_model.set_rows(seen.waiting)
        nothing = self.only_photos if seen.n_photos else self.all_done
        self.queue.setCurrentWidget(self.waiting if seen.waiting else nothing)
        self.team.show_pcs(seen.pcs, status, seen.now_ms)
        self.progress.show_status(status)
        self.progress.show_pictures(self._monitor.pictures)

    def _needed(self, seen: Seen) -> list[Need]:
        first = (trouble_need(self._monitor.status), clock_need(seen.standing.clock_offset_ms))
        needs = [need for need in first if need is not None]
        needs += [held_need(one, seen.stores, seen.now_ms) for one in seen.held]
        needs += [parked_need(one, seen.now_ms) for one in seen.parked]
        needs += [lost_need(one, seen.guides, seen.now_ms) for one in lost_changes(seen.lost)]
        if seen.odd:
            needs.append(odd_need(seen.odd))
        return needs

    def _show_needs(self, needs: list[Need]) -> None:
        """Show the lines; left alone where nothing changed, so that the keyboard stays where it is."""
        self.needs_card.setVisible(bool(needs))
        if needs == self._needs:
            return
        held = self._focused_line()
        self._needs = needs
        lines = [NeedLine(self.theme, need) for need in needs]
        for line in lines:
            line.asked.connect(self.deciding.carry_out)
        self.needs.set_lines(lines)
        self._fit_needs()
        if held is not None:
            self._focus_line(lines, held)

    def _focused_line(self) -> int | None:
        """The number of the line that has the keyboard."""
        focus = QApplication.focusWidget()
        line = focus.parentWidget() if focus is not None else None
        if not isinstance(line, NeedLine):
            return None
        return next((number for number, need in enumerate(self._needs) if need == line.need), None)

    def _focus_line(self, lines: list[NeedLine], number: int) -> None:
        """Give the keyboard to the line that took the place of the one that had it, else to 立即同步."""
        after: QWidget = self.now
        if lines:
            after = next(iter(lines[min(number, len(lines) - 1)].buttons.values()), self.now)
        after.setFocus()

    def _fit_needs(self) -> None:
        room = (self.height() - _REST_HEIGHT) // LINE_HEIGHT
        shown = min(len(self._needs), max(_FEWEST_LINES, min(_MOST_LINES, room)))
        self.needs.setFixedHeight(shown * LINE_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Let the list of needs have what the rest does not need."""
        super().resizeEvent(event)
        self._fit_needs()

    def _decided(self) -> None:
        self.refresh()
        self._controls.sync_now()  # which also counts anew what needs a decision
