"""What the client page does with segments: count and list them."""

from PySide6.QtCore import QObject

from guide_app.clients.model import ClientRow, PageKey
from guide_app.segments.model import All, Tagged
from ui.kit.desk_page import DeskPage
from ui.kit.paged import Source
from ui.pages.clients.segment_source import MemberList
from ui.pages.clients.segment_words import ListCounts
from ui.pages.clients.side import SegmentPane


class SegmentActions(QObject):
    """Asks and acts for the client page; `side` holds the lists."""

    def __init__(self, page: DeskPage, side: SegmentPane) -> None:
        """Nothing is read before `refresh`."""
        super().__init__(page)
        self._page, self._side = page, side

    def refresh(self) -> None:
        """Count all lists again."""
        segments, guide, book = self._page.desk.segments, self._page.actor.guide_id, self._side.filter.book

        def count(_job: object) -> ListCounts:
            kept = segments.kept(guide)
            fitting = {one.id: segments.count(one.rule, guide, book) for one in kept}
            return ListCounts(kept, fitting, segments.stages(guide, book=book), segments.grid(guide, book=book))

        self._page.work.query(count, owner=self._page, slot="lists", done=self._show)

    def source(self) -> Source[PageKey, ClientRow] | None:
        """The clients of the list that is chosen, with the tags that are pressed; None if none is."""
        choice, what = self._side.lists.choice, self._side.filter
        if choice is None:
            return None
        rule = All((choice.rule, *(Tagged(name) for name in what.tags)))
        desk = self._page.desk
        return MemberList(desk.segments, desk.clients, rule, self._page.actor.guide_id, what.book).source()

    def _show(self, counts: ListCounts) -> None:
        if not self._side.lists.show_counts(counts):
            self._side.choose_all()
