"""The first screen: figures, today's list, tasks, messages."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from guide_app.base.actor import Actor
from guide_app.base.clock import china_date, day_start_ms
from guide_app.base.dates import lunar_text
from guide_app.base.money import yuan
from guide_app.campaigns.queries import MessageRow
from guide_app.flows.desk import Desk
from guide_app.followup.festivals import FestivalDay, term_of
from guide_app.followup.model import Cause, Suggestion, TaskRow
from guide_app.followup.results import Result
from guide_app.followup.team import manages
from guide_app.performance.queries import Kpis
from guide_app.privacy.queries import Alarm
from ui.kit.buttons import button
from ui.kit.card import Card, Kpi, KpiStrip, row
from ui.kit.desk_page import DeskPage
from ui.kit.empty import EmptyState, Skeleton
from ui.kit.i18n import counted
from ui.kit.page import PageContext, Target
from ui.kit.pill import Pill
from ui.kit.sent_question import SentQuestion
from ui.kit.sop_dialog import SopDialog
from ui.kit.stack import LineStack
from ui.kit.text import ElidedLabel, label
from ui.pages.today.calendar_taking import ask_calendar
from ui.pages.today.printing import ListPrinting
from ui.pages.today.results import ResultDialog
from ui.pages.today.reveal_alarm import RevealAlarm
from ui.pages.today.rows import SuggestionLine, TaskLine
from ui.pages.today.team_dialog import TeamDialog

_MESSAGES = 5


@dataclass(frozen=True, slots=True)
class Today:
    """Everything the page shows, read in one go."""

    now_ms: int
    kpis: Kpis
    suggestions: list[Suggestion]
    tasks: list[TaskRow]
    messages: list[MessageRow]
    festivals: list[FestivalDay]
    alarms: Sequence[Alarm] = ()


class TodayPage(DeskPage):
    """今日."""

    key = "today"
    watches = frozenset(
        {"client", "client_date", "client_tag", "company_view", "note", "task", "sop", "sop_run", "wish", "stock"}
        | {"copied", "share", "share_event", "coupon", "purchase", "attribution", "target", "campaign"}
        | {"festival", "house_rule", "access_log"}
    )

    def __init__(self, context: PageContext, desk: Desk, acting: Callable[[], Actor]) -> None:
        """Lay the cards out; data comes with `refresh`."""
        super().__init__(context, desk, acting)
        self.question = SentQuestion(self, self.work, desk, lambda: self.actor)
        self.question.said.connect(self.notice)
        self.alarm = RevealAlarm()
        self.strip = KpiStrip(self.theme)
        self.contacts = Card()
        self.tasks = Card()
        self.messages = Card()
        self.printing = ListPrinting(self)
        self.print_list = button(self.tr("打印名单"), "quiet", tip=self.tr("A5 名单, 号码打码 (Ctrl+P)"))
        self.print_list.clicked.connect(self.show_sheet)
        self._listed: list[Suggestion] = []
        self.whole_store = button(
            self.tr("本店任务"), "quiet", tip=self.tr("全店的任务: 谁有多少、按时多少, 转给别人 (Ctrl+T)")
        )
        self.whole_store.hide()
        self.whole_store.clicked.connect(self.show_team)
        self.calendar = button(
            self.tr("日历…"), "quiet", tip=self.tr("自己客户的生日、日子、承诺和任务, 写成手机日历文件 (.ics)")
        )
        self.calendar.clicked.connect(lambda: ask_calendar(self))
        self._heads = {
            self.contacts: self.contacts.set_header(
                self.tr("今天联系谁"), self.tr("每条都说明为什么"), self.calendar, self.print_list
            ),
            self.tasks: self.tasks.set_header(self.tr("待办"), "", self.whole_store),
            self.messages: self.messages.set_header(self.tr("总部消息")),
        }
        self.contact_lines = LineStack(self.tr("今天联系谁"))
        self.task_lines = LineStack(self.tr("待办"))
        self.message_lines = LineStack(self.tr("总部消息"))
        self.contacts.fill(self.contact_lines)
        self.tasks.fill(self.task_lines)
        self.messages.fill(self.message_lines)
        self.contact_lines.set_lines([Skeleton(self.theme)])
        self._lay_out()

        for keys, deed in (("Ctrl+T", self.show_team), ("F8", self.show_sops), ("Ctrl+P", self.show_sheet)):
            shortcut = QShortcut(QKeySequence(keys), self)  # as long as the page is shown, wherever the keyboard is
            shortcut.activated.connect(deed)

    def show_team(self) -> None:
        """The whole store's tasks, for who manages it; for others nothing happens."""
        if manages(self.actor):
            TeamDialog(self, self.work, self.desk, self.actor).open()

    def show_sheet(self) -> None:
        """Today's list as it will be printed, to be taken to the shop floor."""
        self.printing.open(self._listed)

    def show_sops(self) -> None:
        """The sequences of the client whose line or task has the keyboard."""
        client = self._client_in_hand()
        if client is not None:
            SopDialog(self, self.work, self.desk, self.actor, *client).open()

    def _client_in_hand(self) -> tuple[str, str] | None:
        widget: QWidget | None = self.focusWidget()
        while widget is not None and not isinstance(widget, SuggestionLine | TaskLine):
            widget = widget.parentWidget()
        if isinstance(widget, SuggestionLine):
            return widget.suggestion.client_id, widget.suggestion.name
        return (widget.row.client_id, widget.row.client_name) if widget and widget.row.client_id else None

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        side.setSpacing(14)
        side.addWidget(self.tasks, 3)
        side.addWidget(self.messages, 2)
        columns = QHBoxLayout()
        columns.setSpacing(14)
        columns.addWidget(self.contacts, 7)
        columns.addLayout(side, 3)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(14)
        page.addWidget(self.question)
        page.addWidget(self.alarm)
        page.addWidget(self.strip)
        page.addLayout(columns, 1)

    @property
    def in_hand(self) -> Mapping[str, str]:
        """The client of the row that has the keyboard, what it is about, and which scripts fit."""
        widget: QWidget | None = self.focusWidget()
        while widget is not None and not isinstance(widget, SuggestionLine):
            widget = widget.parentWidget()
        return {} if widget is None else _in_hand(widget.suggestion)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """The keyboard begins at today's list: Down is the first client, a digit on her line how it ended."""
        super().focusInEvent(event)
        self.contact_lines.setFocus(event.reason())

    def refresh(self) -> None:
        """Read everything again."""
        self.question.look()
        desk, guide, manager = self.desk, self.actor.guide_id, manages(self.actor)

        def read(_job: object) -> Today:
            now = desk.clock.now_ms()
            return Today(
                now,
                desk.performance.kpis(guide),
                desk.followup.today(guide),
                desk.followup.tasks(guide, done_since=day_start_ms(china_date(now))),
                desk.campaigns.messages(_MESSAGES),
                desk.followup.festivals(),
                desk.privacy.alarms() if manager else (),
            )

        self.work.query(read, owner=self, slot="today", done=self._show, title=self.tr("读取今日"))

    def _show(self, today: Today) -> None:
        day = china_date(today.now_ms)
        weekday = self.tr("星期一 星期二 星期三 星期四 星期五 星期六 星期日").split()[day.weekday()]
        date = self.tr("{month} 月 {day} 日 {weekday}").format(month=day.month, day=day.day, weekday=weekday)
        begins = term_of(day)
        parts = [date, lunar_text(day), *([begins] if begins else []), *map(self._festival, today.festivals)]
        self.say(self.tr("今日"), " · ".join(parts))
        self.alarm.show_alarms(today.alarms)
        self.strip.set_kpis(self._kpis(today.kpis))
        self.whole_store.setVisible(manages(self.actor))
        self._show_contacts(today)
        self.task_lines.set_lines([self._task_line(t, today.now_ms) for t in today.tasks] or [self._no_tasks()])
        self.message_lines.set_lines([_message_line(m) for m in today.messages] or [self._no_messages()])

    def _festival(self, festival: FestivalDay) -> str:
        if festival.ahead == 0:
            return self.tr("今天{name}").format(name=festival.name)
        if festival.ahead == 1:
            return self.tr("明天{name}").format(name=festival.name)
        return counted(self.tr("{days} 天后{name}").format(days=festival.ahead, name=festival.name))

    def _show_contacts(self, today: Today) -> None:
        count = len(today.suggestions)
        self._listed = today.suggestions
        self._heads[self.contacts].set_texts(
            self.tr("今天联系谁"), self.tr("{count} 位 · 每条都说明为什么").format(count=count)
        )
        if not count:
            hint = self.tr("没有到期的承诺、生日或回访。可以去客户页看看快流失的客户。")
            empty = EmptyState(self.theme, "check", self.tr("今天没有需要联系的客户"), hint, self.tr("去客户页"))
            empty.action.clicked.connect(lambda: self.navigate.emit(Target("clients")))
            self.contact_lines.set_lines([empty])
            return
        lines = []
        for suggestion in today.suggestions:
            line = SuggestionLine(self.theme, suggestion)
            line.opened.connect(lambda s: self.navigate.emit(Target("clients", s.client_id)))
            line.acted.connect(self._act)
            line.ended.connect(self._end)
            line.words_asked.connect(lambda s: self.navigate.emit(Target("scripts", args=_in_hand(s))))
            lines.append(line)
        self.contact_lines.set_lines(lines)

    def _kpis(self, k: Kpis) -> list[Kpi]:
        goal = k.target_fen
        ratio = k.month_fen / goal if goal else None
        note = (
            self.tr("目标 {target} · {percent}%").format(target=yuan(goal), percent=round((ratio or 0) * 100))
            if goal
            else self.tr("总部还没有下达目标")
        )
        today_note = counted(
            self.tr("{orders} 单 · 其中分享带来 {shared} 单").format(
                orders=k.today_orders, shared=k.today_shared_orders
            )
        )
        change = None if k.repurchase is None or k.repurchase_before is None else k.repurchase - k.repurchase_before
        return [
            Kpi(self.tr("本月业绩"), yuan(k.month_fen), note, ratio),
            Kpi(self.tr("今日成交"), yuan(k.today_fen), today_note),
            Kpi(
                self.tr("扫码 / 领券 / 核销"),
                f"{k.scans} / {k.claims} / {k.redemptions}",
                self.tr("近 7 天"),
                None,
                "hint",
            ),
            Kpi(self.tr("复购率(90 天)"), _permille(k.repurchase), self._change_note(change), None, _tone(change)),
            Kpi(
                self.tr("本月新客"),
                self.tr("{count} 位").format(count=k.new_clients),
                self.tr("累计 {amount}").format(amount=yuan(k.new_clients_fen)),
            ),
        ]

    def _change_note(self, change: int | None) -> str:
        if change is None:
            return self.tr("上期没有可比数据")
        arrow = "↑" if change > 0 else "↓" if change < 0 else "="
        return self.tr("{arrow} {points} 个百分点").format(arrow=arrow, points=f"{abs(change) / 10:.1f}")

    def _act(self, suggestion: Suggestion) -> None:
        if suggestion.cause == Cause.PROMISE and suggestion.task_id:
            self._finish(suggestion.task_id)
            return
        args = {"client": suggestion.client_id}
        if suggestion.product_id:
            args["product"] = suggestion.product_id
        if suggestion.coupon_template_id:
            args["offer"] = suggestion.coupon_template_id
        if suggestion.script_id:
            args["script"] = suggestion.script_id
        self.navigate.emit(Target("share", args=args))

    def _end(self, suggestion: Suggestion, said: Result | None) -> None:
        actor, deeds = self.actor, self.desk.followup_deeds

        def write(result: Result | None, note: str, again: int | None) -> None:
            if result is not None:
                self.work.change(
                    lambda _job: deeds.handle(suggestion, result, actor, note, again_at=again),
                    owner=self,
                    title=self.tr("记下结果"),
                )

        if said is not None:
            write(said, "", None)
            return
        dialog = ResultDialog(self, suggestion.name, self.desk.clock.now_ms())
        self._ask(dialog, lambda: write(dialog.chosen, dialog.note.text(), dialog.again_ms()))

    def _end_task(self, task: TaskRow, result: Result | None) -> None:
        if result is not None:
            self._finish(task.id, result)
            return
        dialog = ResultDialog(self, task.client_name or task.title, self.desk.clock.now_ms())
        actor, deeds = self.actor, self.desk.followup_deeds

        def write() -> None:
            chosen, note, again = dialog.chosen, dialog.note.text(), dialog.again_ms()
            if chosen is Result.POSTPONED:
                self.work.change(
                    lambda _job: deeds.postpone(task.id, again, actor, note), owner=self, title=self.tr("改期")
                )
            elif chosen is not None:
                self._finish(task.id, chosen, note)

        self._ask(dialog, write)

    def _ask(self, dialog: ResultDialog, write: Callable[[], None]) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(write)
        dialog.open()

    def _task_line(self, task: TaskRow, now_ms: int) -> TaskLine:
        line = TaskLine(task, now_ms)
        line.finished.connect(lambda row: self._finish(row.id))
        line.ended.connect(self._end_task)
        return line

    def _finish(self, task_id: str, result: Result | None = None, note: str = "") -> None:
        actor, deeds = self.actor, self.desk.followup_deeds
        code = "" if result is None else result
        self.work.change(lambda _job: deeds.done(task_id, actor, code, note), owner=self, title=self.tr("完成任务"))

    def _no_tasks(self) -> QWidget:
        return row(label(self.tr("没有待办。在客户页可以记下答应过的事。"), "hint", wrap=True))

    def _no_messages(self) -> QWidget:
        return row(label(self.tr("总部没有新消息。"), "hint", wrap=True))


def _in_hand(suggestion: Suggestion) -> dict[str, str]:
    """What a row takes along: the client, the product, the coupon, and which scripts fit its reason."""
    about = {
        "client": suggestion.client_id, "product": suggestion.product_id, "offer": suggestion.coupon_template_id,
        "scene": ",".join(suggestion.scenes), "script": suggestion.script_id,
    }  # fmt: skip
    return {name: value for name, value in about.items() if value}


def _message_line(message: MessageRow) -> QWidget:
    return row(Pill(message.kind, "warm"), ElidedLabel(message.title), None, gap=8, margins=(14, 6, 14, 6))


def _permille(rate: int | None) -> str:
    return "—" if rate is None else f"{rate / 10:.1f}%"


def _tone(change: int | None) -> str:
    return "hint" if change is None else "accent" if change >= 0 else "warm"
