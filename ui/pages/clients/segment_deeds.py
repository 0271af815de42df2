"""What the client page does with segments: count and list them, keep and end them, give tasks for them."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from guide_app.base.clock import DAY_MS
from guide_app.clients.model import ClientRow, PageKey
from guide_app.segments import grids
from guide_app.segments.model import All, Kept, Line, Reach, Rule
from ui.kit.buttons import button
from ui.kit.desk_page import DeskPage
from ui.kit.flow import FlowLayout
from ui.kit.paged import Source
from ui.kit.poster.maker import PosterMaker
from ui.kit.thumbs import Pictures
from ui.kit.toast import Notice
from ui.kit.work import Job, Undo, Undoable
from ui.pages.clients.segment_builder import SegmentDialog
from ui.pages.clients.segment_conditions import Known
from ui.pages.clients.segment_overlap import OverlapDialog
from ui.pages.clients.segment_sending import SegmentSending, open_dialog
from ui.pages.clients.segment_source import MemberList
from ui.pages.clients.segment_table import TableDialog
from ui.pages.clients.segment_task import TaskDialog
from ui.pages.clients.segment_words import Choice, ListCounts
from ui.pages.clients.side import SegmentPane

_MOST_PRODUCTS = 10_000
#: A task from the table is due in a week.
_TASK_DAYS = 7


class SegmentActions(QObject):
    """Asks and acts for the client page; `side` holds the lists, `bar` the deeds on the one that is chosen."""

    def __init__(
        self, page: DeskPage, side: SegmentPane, maker: PosterMaker | None = None, pictures: Pictures | None = None
    ) -> None:
        """Nothing is read before `refresh`; without a `maker` one is made when it is first wanted."""
        super().__init__(page)
        self._page, self._side = page, side
        self.give = button(self.tr("派任务…"))
        self.table = button(self.tr("清单…"))
        self.overlap = button(self.tr("重叠…"), "quiet")
        self.sending = SegmentSending(page, lambda: side.lists.choice, maker, pictures)
        self.change = button(self.tr("修改…"))
        self.end = button(self.tr("不再保留"), "quiet")
        self.bar = QWidget()
        around = QVBoxLayout(self.bar)
        around.setContentsMargins(10, 8, 14, 8)
        inside = QWidget()
        around.addWidget(inside)
        line = FlowLayout(inside, 8)
        for deed in (self.give, self.sending.coupons, self.sending.posters, self.table, self.overlap, self.change,
                     self.end):  # fmt: skip
            line.addWidget(deed)
        self.bar.hide()
        self.table.clicked.connect(self._ask_table)
        self.overlap.clicked.connect(self._ask_overlap)
        self.give.clicked.connect(self._ask_task)
        self.change.clicked.connect(self._ask_change)
        self.end.clicked.connect(self._end)
        side.lists.new_asked.connect(lambda: self._build(None))

    def refresh(self) -> None:
        """Count all lists again."""
        segments, guide, book = self._page.desk.segments, self._page.actor.guide_id, self._side.filter.book
        self._show_bar()

        def count(_job: object) -> ListCounts:
            kept, limits = segments.kept(guide), segments.limits()
            fitting = {one.id: segments.count(one.rule, guide, book) for one in kept}
            return ListCounts(
                kept, fitting, segments.stages(guide, limits, book), segments.grid(guide, limits, book),
                segments.count(grids.overdue(), guide, book), limits,
            )  # fmt: skip

        self._page.work.query(count, owner=self._page, slot="lists", done=self._show)

    def source(self) -> Source[PageKey, ClientRow] | None:
        """The clients of the list that is chosen, with the tags that are pressed; None if none is."""
        choice, what = self._side.lists.choice, self._side.filter
        if choice is None:
            return None
        rule = All((choice.rule, *self._side.narrowing.rules()))
        desk = self._page.desk
        return MemberList(desk.segments, desk.clients, rule, self._page.actor.guide_id, what.book).source()

    # -- keeping -----------------------------------------------------------------------------------------

    def _ask_change(self) -> None:
        choice = self._side.lists.choice
        if choice is not None and choice.kept is not None:
            self._build(choice.kept)

    def _build(self, kept: Kept | None) -> None:
        desk, guide = self._page.desk, self._page.actor.guide_id

        def read(_job: object) -> Known:
            products = desk.catalogue.products("", _MOST_PRODUCTS)
            return Known(
                tuple(dict.fromkeys(tag.name for tag in desk.tags.dictionary(guide))),
                tuple(dict.fromkeys(sorted(row.category for row in products if row.category))),
                {row.id: f"{row.name} · {row.spu}" for row in products},
            )

        def ask(known: Known) -> None:
            dialog = SegmentDialog(
                self._page, self._page.work, lambda rule: desk.segments.reach(rule, guide), known, kept
            )
            dialog.accepted.connect(lambda: self._keep(dialog, kept))
            open_dialog(dialog)

        self._page.work.query(read, owner=self._page, slot="segment.tags", done=ask)

    def _keep(self, dialog: SegmentDialog, kept: Kept | None) -> None:
        actor, deeds = self._page.actor, self._page.desk.segment_deeds
        name, rule, shared = dialog.name.text(), dialog.rule(), dialog.shared.isChecked()

        def write(_job: Job) -> object:
            if kept is None:
                segment_id = deeds.keep(name, rule, actor, shared=shared)
                return Undoable(segment_id, Undo(self.tr("已保存分群"), lambda _j: deeds.end(segment_id, actor)))
            if name.strip() != kept.name:
                deeds.rename(kept.id, name, actor)
            if rule != kept.rule:
                deeds.redefine(kept.id, rule, actor)
            if shared != kept.shared:
                deeds.share(kept.id, actor, shared=shared)
            return kept.id

        self._page.work.change(write, owner=self._page, title=self.tr("保存分群"))

    def _end(self) -> None:
        choice, actor, deeds = self._side.lists.choice, self._page.actor, self._page.desk.segment_deeds
        if choice is None or choice.kept is None:
            return
        kept = choice.kept

        def write(_job: Job) -> None:
            deeds.end(kept.id, actor)

        said = Notice(self.tr("不再保留「{name}」").format(name=kept.name))
        self._page.work.change(
            write, owner=self._page, done=lambda _: self._page.notice.emit(said), title=self.tr("不再保留分群")
        )

    # -- table and overlap -------------------------------------------------------------------------------

    def _ask_table(self) -> None:
        choice, guide, segments = self._side.lists.choice, self._page.actor.guide_id, self._page.desk.segments
        book = self._side.filter.book
        if choice is None:
            return

        def ask(lines: tuple[Line, ...]) -> None:
            dialog = TableDialog(self._page, choice.name, lines, self._page.desk.clock.now_ms)
            dialog.task_asked.connect(lambda chosen: self._task_for(choice, [line.id for line in chosen]))
            dialog.list_asked.connect(lambda wanted: self._keep_list(wanted[0], [line.id for line in wanted[1]]))
            open_dialog(dialog)

        self._page.work.query(
            lambda _job: segments.lines(choice.rule, guide, book), owner=self._page, slot="segment.table", done=ask
        )

    def _keep_list(self, name: str, client_ids: list[str]) -> None:
        actor, deeds = self._page.actor, self._page.desk.segment_deeds

        def write(_job: Job) -> object:
            segment_id = deeds.keep_list(name, client_ids, actor)
            return Undoable(segment_id, Undo(self.tr("已存固定名单"), lambda _j: deeds.end(segment_id, actor)))

        self._page.work.change(write, owner=self._page, title=self.tr("存固定名单"))

    def _task_for(self, choice: Choice, client_ids: list[str]) -> None:
        actor, desk = self._page.actor, self._page.desk
        title = self.tr("联系「{name}」").format(name=choice.name)
        due = desk.clock.now_ms() + _TASK_DAYS * DAY_MS

        def write(job: Job) -> Undoable[tuple[str, ...]]:
            # Asked again: whoever refused since the table opened gets no task.
            still = set(desk.segments.reached(choice.rule, actor.guide_id))
            wanted = [client for client in client_ids if client in still]
            given = desk.followup_deeds.tasks(title, due, wanted, actor, job.report)
            said = self.tr("已派 {count} 项任务").format(count=f"{len(given):,}")
            return Undoable(given, Undo(said, lambda _j: desk.followup_deeds.close(given, actor)))

        self._page.work.change(write, owner=self._page, title=self.tr("派任务"), cancellable=True)

    def _ask_overlap(self) -> None:
        choices, chosen = self._side.lists.choices(), self._side.lists.choice
        first = next((n for n, choice in enumerate(choices) if chosen and choice.key == chosen.key), 0)
        segments, guide = self._page.desk.segments, self._page.actor.guide_id
        open_dialog(
            OverlapDialog(self._page, self._page.work, lambda a, b: segments.overlap(a, b, guide), choices, first)
        )

    # -- tasks -------------------------------------------------------------------------------------------

    def _ask_task(self) -> None:
        choice, guide, segments = self._side.lists.choice, self._page.actor.guide_id, self._page.desk.segments
        if choice is None:
            return
        rule = choice.rule

        def ask(reach: Reach) -> None:
            dialog = TaskDialog(self._page, choice.name, reach)
            dialog.accepted.connect(lambda: self._give(rule, dialog))
            open_dialog(dialog)

        self._page.work.query(
            lambda _job: segments.reach(rule, guide), owner=self._page, slot="segment.reach", done=ask
        )

    def _give(self, rule: Rule, dialog: TaskDialog) -> None:
        actor, desk = self._page.actor, self._page.desk
        title, due = dialog.title.text(), dialog.due_ms(desk.clock.now_ms())

        def write(job: Job) -> Undoable[tuple[str, ...]]:
            # Asked again: whoever refused since the dialog opened gets no task.
            reached = desk.segments.reached(rule, actor.guide_id)
            given = desk.followup_deeds.tasks(title, due, reached, actor, job.report)
            said = self.tr("已派 {count} 项任务").format(count=f"{len(given):,}")
            return Undoable(given, Undo(said, lambda _j: desk.followup_deeds.close(given, actor)))

        self._page.work.change(write, owner=self._page, title=self.tr("派任务"), cancellable=True)

    # -- showing -----------------------------------------------------------------------------------------

    def _show(self, counts: ListCounts) -> None:
        if not self._side.lists.show_counts(counts):
            self._side.choose_all()
        self._show_bar()

    def _show_bar(self) -> None:
        choice: Choice | None = self._side.lists.choice
        kept = choice.kept if choice else None
        self.bar.setVisible(choice is not None)
        self.change.setVisible(kept is not None and kept.mine and kept.mode == "dynamic")
        self.end.setVisible(kept is not None and (kept.mine or self._page.actor.is_manager))
