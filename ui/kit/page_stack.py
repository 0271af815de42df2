"""The pages of the window: made when first shown, gone through by `Target`, with a way back."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget

from ui.kit.empty import Skeleton
from ui.kit.page import Header, Page, PageContext, PageSpec, Target

_REMEMBERED = 50
_REST_MS = 700
"""Between two pages that are made ahead; and after the first one shown."""


class PageStack(QStackedWidget):
    """Shows a skeleton until `activate`; after that the page of the current target."""

    moved = Signal(str)
    """Key of the page now shown (or to be shown once active)."""
    header = Signal(object)
    """`Header` of the page shown."""
    notice = Signal(object)
    """`Notice` from any page."""
    failure = Signal(object)
    """`Failure` from any page."""

    def __init__(self, context: PageContext, specs: Sequence[PageSpec]) -> None:
        """Begin at the first of `specs`."""
        super().__init__()
        self._context = context
        self.specs = {spec.key: spec for spec in specs}
        self.current = Target(specs[0].key)
        self._history: list[Target] = []
        self._made: dict[str, Page] = {}
        self._active = False
        self._ahead: tuple[str, ...] = ()
        self._may_make: Callable[[], bool] = bool
        self._rest = QTimer(self)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._make_one_ahead)
        self.addWidget(Skeleton(context.theme, rows=8))

    def page(self, key: str) -> Page | None:
        """The page of `key`, if it has been made."""
        return self._made.get(key)

    def activate(self) -> None:
        """Services are ready: make the current page, and from now on each when first asked for."""
        self._active = True
        self._show()

    def make_ahead(self, keys: Sequence[str], may: Callable[[], bool]) -> None:
        """Make these pages while nothing is under way and `may` allows it, so that the first visit only shows them."""
        self._ahead, self._may_make = tuple(keys), may
        self._rest.start()

    def go(self, target: Target) -> None:
        """Show the page of `target`. Raises `KeyError` for a page that does not exist."""
        if target.page not in self.specs:
            raise KeyError(target.page)
        if target != self.current:
            self._history.append(self.current)
            del self._history[:-_REMEMBERED]
        self.current = target
        self._show()

    def back(self) -> None:
        """Close what is open in the page, else go where we came from."""
        page = self._made.get(self.current.page)
        if (page is not None and page.back()) or not self._history:
            return
        self.current = self._history.pop()
        self._show()

    def rebuild(self) -> None:
        """Forget all pages and make the current one anew, e.g. in another language or for another guide."""
        for page in self._made.values():
            self.removeWidget(page)
            page.deleteLater()
        self._made.clear()
        self._show()
        if self._ahead:
            self._rest.start()

    def forget_way(self) -> None:
        """Forget where we came from, e.g. because another guide took over."""
        self._history.clear()

    def _show(self) -> None:
        spec = self.specs[self.current.page]
        self.moved.emit(spec.key)
        page = (self._made.get(spec.key) or self._make(spec)) if self._active else None
        said = page.shown_header if page is not None else None
        self.header.emit(said or Header(spec.title(), spec.subtitle()))
        if page is not None:
            page.open(self.current)
            self.setCurrentWidget(page)
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make(self, spec: PageSpec) -> Page:
        page = spec.factory(self._context)
        page.navigate.connect(self.go)
        page.notice.connect(self.notice)
        page.failure.connect(self.failure)
        page.header_changed.connect(partial(self._page_says, spec.key))
        self._made[spec.key] = page
        self.addWidget(page)
        return page

    def _make_one_ahead(self) -> None:
        """One at a time: between two of them the guide's keys are heard."""
        left = [key for key in self._ahead if key not in self._made]
        if not left:
            self._rest.stop()
        elif self._active and self._may_make() and not self._context.work.pending():
            self._make(self.specs[left[0]])

    def _page_says(self, key: str, header: Header) -> None:
        if key == self.current.page:
            self.header.emit(header)
