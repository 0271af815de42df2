"""本店任务: for who manages the store: every guide's tasks, how many in time, and handing them to somebody else."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from guide_app.base.actor import Actor
from guide_app.flows.desk import Desk
from guide_app.followup.team import DAYS, GuideLoad, OpenTask
from ui.kit.buttons import button
from ui.kit.table import ID, fill_lines, line_table
from ui.kit.text import label
from ui.kit.work import Job, Undo, Undoable, Work
from ui.pages.today.rows import due_text


class TeamDialog(QDialog):
    """Guides above, the open tasks of the one chosen below, and to whom they go at the bottom."""

    def __init__(self, parent: QWidget, work: Work, desk: Desk, actor: Actor) -> None:
        """`actor` manages the store."""
        super().__init__(parent)
        self._work, self._desk, self._actor = work, desk, actor
        self._team: list[GuideLoad] = []
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("本店任务"))
        self.resize(760, 560)
        heads = (self.tr("导购"), self.tr("未完成"), self.tr("逾期"), self.tr("近 30 天完成"), self.tr("按时"))
        self.guides = line_table(self.tr("导购"), heads)
        self.guides.itemSelectionChanged.connect(self._read_tasks)
        self.tasks = line_table(self.tr("未完成的任务"), (self.tr("做什么"), self.tr("客户"), self.tr("期限")))
        self.tasks.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.tasks.itemSelectionChanged.connect(self._ready)
        self.to = QComboBox()
        self.to.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)  # the guides come later
        self.to.setAccessibleName(self.tr("转给"))
        self.move_some = button(self.tr("转选中的"), "primary")
        self.move_some.clicked.connect(lambda: self._move(self._selected()))
        self.move_all = button(self.tr("全部转走"))
        self.move_all.clicked.connect(lambda: self._move(self._all()))
        self.close_it = button(self.tr("关闭"))
        self.close_it.clicked.connect(self.accept)
        self._lay_out()
        self._work.changed.connect(self._read)
        self._read()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 16)
        column.setSpacing(10)
        hint = self.tr("按时: 近 {days} 天有期限的任务里按期完成的, 逾期未做的也算在内").format(days=DAYS)
        column.addWidget(label(hint, "hint", wrap=True))
        column.addWidget(self.guides, 2)
        column.addWidget(self.tasks, 3)
        deeds = QHBoxLayout()
        deeds.addWidget(label(self.tr("转给"), "muted"))
        for widget in (self.to, self.move_some, self.move_all):
            deeds.addWidget(widget)
        deeds.addStretch(1)
        deeds.addWidget(self.close_it)
        column.addLayout(deeds)

    @property
    def chosen(self) -> GuideLoad | None:
        """The guide that the cursor is on."""
        row = self.guides.currentRow()
        return self._team[row] if 0 <= row < len(self._team) else None

    def _read(self) -> None:
        team, actor = self._desk.team, self._actor
        self._work.query(lambda _job: team.team(actor), owner=self, slot="team", done=self._show)

    def _show(self, team: list[GuideLoad]) -> None:
        before, self._team = self.chosen, team
        self.guides.blockSignals(True)
        fill_lines(self.guides, [_figures(one) for one in team], [one.guide_id for one in team])
        place = next((n for n, one in enumerate(team) if before and one.guide_id == before.guide_id), 0)
        self.guides.blockSignals(False)
        self.guides.selectRow(place)
        self._read_tasks()

    def _read_tasks(self) -> None:
        guide, team, actor = self.chosen, self._desk.team, self._actor
        if guide is None:
            return
        wanted = self.to.currentData()
        self.to.clear()
        for one in self._team:
            if one.guide_id != guide.guide_id:
                self.to.addItem(f"{one.name} ({one.open})", one.guide_id)
        self.to.setCurrentIndex(max(0, self.to.findData(wanted)))
        self._work.query(
            lambda _job: team.open_of(guide.guide_id, actor), owner=self, slot="tasks", done=self._show_tasks
        )

    def _show_tasks(self, tasks: list[OpenTask]) -> None:
        now = self._desk.clock.now_ms()
        rows = [
            (" · ".join((self.tr("催办"), t.title)) if t.urged else t.title, t.client_name or "—",
             "—" if t.due_at is None else due_text(t.due_at, now))
            for t in tasks
        ]  # fmt: skip
        fill_lines(self.tasks, rows, [t.id for t in tasks])
        self._ready()

    def _ready(self) -> None:
        somebody = self.to.count() > 0
        self.move_some.setEnabled(somebody and bool(self._selected()))
        self.move_all.setEnabled(somebody and self.tasks.rowCount() > 0)

    def _selected(self) -> list[str]:
        return [str(index.data(ID)) for index in self.tasks.selectionModel().selectedRows()]

    def _all(self) -> list[str]:
        model = self.tasks.model()
        return [str(model.index(row, 0).data(ID)) for row in range(model.rowCount())]

    def _move(self, task_ids: Sequence[str]) -> None:
        to, actor, team = self.to.currentData(), self._actor, self._desk.team
        if not to or not task_ids:
            return
        said = self.tr("已转 {count} 项任务").format(count=len(task_ids))

        def write(_job: Job) -> Undoable[int]:
            moved = team.reassign(task_ids, to, actor)
            return Undoable(len(moved), Undo(said, lambda _j: team.hand_back(moved, actor)))

        self._work.change(write, owner=self, title=self.tr("转任务"))


def _figures(one: GuideLoad) -> tuple[str, ...]:
    share = "—" if one.timeliness is None else f"{one.timeliness}% ({one.in_time}/{one.dated})"
    return (f"{one.name} {one.number}", str(one.open), str(one.overdue), str(one.done), share)
