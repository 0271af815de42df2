"""跟进流程 of one client: begin a sequence, see its steps, put the rest off, stop it. Opened from 客户 and 今日."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from guide_app.base.actor import Actor
from guide_app.flows.desk import Desk
from guide_app.followup.sops import RunRow, Silence, SopRow, StepRow
from ui.kit.buttons import button
from ui.kit.spin import roomy
from ui.kit.text import label
from ui.kit.work import Job, Undo, Undoable, Work

_MOST_DAYS = 365
_RUN = Qt.ItemDataRole.UserRole


class SopDialog(QDialog):
    """Her sequences on top, the steps of the one chosen below, and what can be done with it."""

    def __init__(self, parent: QWidget, work: Work, desk: Desk, actor: Actor, client_id: str, name: str) -> None:
        """`name` is the client's; nothing is read before the dialog is shown."""
        super().__init__(parent)
        self._work, self._desk, self._actor, self._client_id = work, desk, actor, client_id
        self._silence: Silence = ""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(QCoreApplication.translate("SopDialog", "跟进流程 · {name}").format(name=name))
        self.resize(520, 460)
        self.offers = QComboBox()
        self.offers.setAccessibleName(self.tr("要开始的流程"))
        self.offers.setPlaceholderText(self.tr("没有别的流程可以开始"))
        self.start = button(self.tr("开始"), "primary")
        self.start.clicked.connect(self._start)
        self.runs = QListWidget()
        self.runs.setAccessibleName(self.tr("她的流程"))
        self.runs.currentRowChanged.connect(lambda _: self._show_steps())
        self.steps = QListWidget()
        for rows in (self.runs, self.steps):
            rows.setSpacing(3)
        self.steps.setAccessibleName(self.tr("步骤"))
        self.days = roomy(QSpinBox())
        self.days.setRange(1, _MOST_DAYS)
        self.days.setValue(3)
        self.days.setSuffix(self.tr(" 天"))
        self.days.setAccessibleName(self.tr("推迟几天"))
        self.postpone = button(self.tr("其余推迟"))
        self.postpone.clicked.connect(self._postpone)
        self.stop = button(self.tr("停下"), "danger")
        self.stop.clicked.connect(self._stop)
        self.close_it = button(self.tr("关闭"))
        self.close_it.clicked.connect(self.accept)
        self._lay_out()
        self._work.changed.connect(self._read)
        self._read()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 16)
        column.setSpacing(10)
        begin = QHBoxLayout()
        begin.addWidget(self.offers, 1)
        begin.addWidget(self.start)
        column.addLayout(begin)
        column.addWidget(self.runs, 2)
        self.hint = label("", "hint", wrap=True)
        column.addWidget(self.hint)
        column.addWidget(self.steps, 3)
        deeds = QHBoxLayout()
        for widget in (self.days, self.postpone, self.stop):
            deeds.addWidget(widget)
        deeds.addStretch(1)
        deeds.addWidget(self.close_it)
        column.addLayout(deeds)

    @property
    def chosen(self) -> RunRow | None:
        """The sequence that the cursor is on."""
        item = self.runs.currentItem()
        run: RunRow | None = None if item is None else item.data(_RUN)
        return run

    def _read(self) -> None:
        sops, client = self._desk.sops, self._client_id

        def read(_job: Job) -> tuple[list[SopRow], list[RunRow], Silence]:
            return sops.offered(), sops.of_client(client), sops.silence(client)

        self._work.query(read, owner=self, slot="sops", done=lambda found: self._show(*found))

    def _show(self, offered: list[SopRow], runs: list[RunRow], silence: Silence) -> None:
        self._silence = silence
        self.hint.setText(_hint_text(silence))
        begun, before = {run.sop_id for run in runs if run.state == "running"}, self.chosen
        self.offers.clear()
        for sop in offered:
            if sop.id not in begun and sop.steps:
                self.offers.addItem(self.tr("{name} ({count} 步)").format(name=sop.name, count=len(sop.steps)), sop.id)
        self.offers.setCurrentIndex(min(0, self.offers.count() - 1))  # with a placeholder Qt chooses none by itself
        may_begin = self.offers.count() > 0 and silence != "refused"
        for widget in (self.offers, self.start):
            widget.setEnabled(may_begin)
        self.runs.clear()
        for run in runs:
            item = QListWidgetItem(_run_text(run, silence))
            item.setData(_RUN, run)
            self.runs.addItem(item)
            if before is not None and run.id == before.id:
                self.runs.setCurrentItem(item)
        if self.runs.currentRow() < 0 and runs:
            self.runs.setCurrentRow(0)
        self._show_steps()

    def _show_steps(self) -> None:
        run = self.chosen
        self.steps.clear()
        self.steps.addItems([] if run is None else [_step_text(step, run.state, self._silence) for step in run.steps])
        going = run is not None and run.state == "running"
        for widget in (self.days, self.postpone, self.stop):
            widget.setEnabled(going)

    def _start(self) -> None:
        sop_id, client, actor, deeds = self.offers.currentData(), self._client_id, self._actor, self._desk.sop_deeds

        def write(_job: Job) -> Undoable[str]:
            run = deeds.start(sop_id, client, actor)
            return Undoable(run, Undo(self.tr("已开始流程"), lambda _j: deeds.stop(run, actor)))

        if sop_id:
            self._work.change(write, owner=self, title=self.tr("开始流程"))

    def _postpone(self) -> None:
        days, deeds, actor = self.days.value(), self._desk.sop_deeds, self._actor
        self._change(lambda run: deeds.postpone(run, days, actor), self.tr("推迟流程"))

    def _stop(self) -> None:
        deeds, actor = self._desk.sop_deeds, self._actor
        self._change(lambda run: deeds.stop(run, actor), self.tr("停下流程"))

    def _change(self, deed: Callable[[str], None], title: str) -> None:
        run = self.chosen
        if run is not None:
            self._work.change(lambda _job: deed(run.id), owner=self, title=title)


def _hint_text(silence: Silence) -> str:
    """What becomes of her steps: for who refused contact none may be told to be due."""
    hints: dict[Silence, str] = {
        "": QCoreApplication.translate("SopDialog", "步骤到期时出现在今日; 推迟一步, 其余的一起往后。"),
        "refused": QCoreApplication.translate(
            "SopDialog", "她拒绝联系: 流程已歇下, 步骤不再出现在今日, 也不能开始新的。只有她本人重新同意后才接着走。"
        ),
        "objects": QCoreApplication.translate(
            "SopDialog", "她撤回了营销同意: 流程已歇下, 步骤不出现在今日, 直到她本人重新同意。"
        ),
        "blocked": QCoreApplication.translate(
            "SopDialog", "她已归档、有投诉或带着勿扰标签: 流程已歇下, 步骤不出现在今日。"
        ),
    }
    return hints[silence]


def _run_text(run: RunRow, silence: Silence) -> str:
    resting: dict[Silence, str] = {
        "": QCoreApplication.translate("SopDialog", "进行中"),
        "refused": QCoreApplication.translate("SopDialog", "已歇下: 她拒绝联系"),
        "objects": QCoreApplication.translate("SopDialog", "已歇下: 她不要营销"),
        "blocked": QCoreApplication.translate("SopDialog", "已歇下: 她不在名单上"),
    }
    states = {
        "running": resting[silence],
        "stopped": QCoreApplication.translate("SopDialog", "已停下"),
        "done": QCoreApplication.translate("SopDialog", "已走完"),
    }
    done = sum(step.state == "done" for step in run.steps)
    text = QCoreApplication.translate("SopDialog", "{name} · {state} · 完成 {done}/{count} 步")
    return text.format(name=run.name, state=states[run.state], done=done, count=len(run.steps))


def _step_text(step: StepRow, run: str, silence: Silence) -> str:
    """`run` is the state of its sequence: of one that was stopped, or of who is not to be contacted, no step comes.

    The day of a step that is done says nothing: postponing moved it along with the rest.
    """
    states = {
        "done": QCoreApplication.translate("SopDialog", "已做"),
        "due": QCoreApplication.translate("SopDialog", "该做了"),
        "coming": QCoreApplication.translate("SopDialog", "未到"),
    }
    ended = run == "stopped" and step.state != "done"
    said = QCoreApplication.translate("SopDialog", "已停下") if ended else states[step.state]
    if run == "running" and silence and step.state != "done":
        said = QCoreApplication.translate("SopDialog", "已歇下")
    day = [] if step.state == "done" else [f"{step.due.month}/{step.due.day}"]
    return " · ".join([f"{step.no}. {step.title}", *day, said])
