"""The members of a segment as the list of clients shows them."""

from guide_app.clients.model import Book, ClientRow, PageKey
from guide_app.clients.queries import ClientQueries
from guide_app.segments.model import Member, Rule
from guide_app.segments.queries import SegmentQueries
from ui.kit.paged import Source
from ui.pages.clients.book_list import describe

#: More than any store's book holds; who fits is five small values each, the lines come page by page.
_ALL = 1_000_000


class MemberList:
    """Who fits, as of the moment of `count`; the pages that follow belong to that moment."""

    def __init__(self, segments: SegmentQueries, clients: ClientQueries, rule: Rule, viewer: str, book: Book) -> None:
        """`viewer` is the guide who asks; nothing is read before `count`."""
        self._segments, self._clients = segments, clients
        self._rule, self._viewer, self._book = rule, viewer, book
        self._members: tuple[Member, ...] = ()
        self._places: dict[str, int] = {}

    def source(self) -> Source[PageKey, ClientRow]:
        """The list for a `PagedModel`."""
        return Source(self.count, self.page, self.anchors, lambda row: self._key(self._places[row.id]), describe)

    def count(self) -> int:
        """How many fit now."""
        self._members = self._segments.members(self._rule, self._viewer, self._book, limit=_ALL)
        self._places = {member.id: n for n, member in enumerate(self._members)}
        return len(self._members)

    def page(self, after: PageKey | None, limit: int) -> tuple[ClientRow, ...]:
        """The lines after `after`."""
        start = 0 if after is None else after.number + 1
        return self._clients.rows(tuple(member.id for member in self._members[start : start + limit]))

    def anchors(self, step: int) -> list[PageKey]:
        """The keys of the last line of each full page."""
        return [self._key(place) for place in range(step - 1, len(self._members), step)]

    def _key(self, place: int) -> PageKey:
        return PageKey(self._members[place].last_at, place)
