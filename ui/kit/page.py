"""How a page plugs into the window: what it is handed, what it may ask for, when it is told to look again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from guide_app.base.change import Change
from ui.kit.theme import Theme
from ui.kit.undo import UndoStack
from ui.kit.work import Work


@dataclass(frozen=True, slots=True)
class Target:
    """Where to go: a page's key, perhaps a record's id, and whatever else that page understands."""

    page: str
    record: str = ""
    args: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Header:
    """The page's line at the top of the window: title and, in grey after it, a subtitle."""

    title: str
    subtitle: str = ""


@dataclass(frozen=True, slots=True)
class PageContext:
    """What every page gets besides its own services and queries."""

    theme: Theme
    work: Work
    undo: UndoStack


class Page(QWidget):
    """Base of all pages. Build widgets in `__init__`, read data in `refresh`, never before.

    The window calls `open` at each navigation. When a `Change` touches one of the `watches` kinds, `refresh` runs
    now if the page is shown, else when it is next shown. After a language switch the page is made anew.
    """

    navigate = Signal(object)
    """`Target`: please go there."""
    header_changed = Signal(object)
    """`Header`: this is my title line now."""
    notice = Signal(object)
    """`ui.kit.toast.Notice`: please say this in a toast."""
    failure = Signal(object)
    """`ui.kit.errors.Failure`: please show this."""

    watches: frozenset[str] = frozenset()
    """Record kinds whose change makes this page stale."""

    def __init__(self, context: PageContext) -> None:
        """Keep the context and listen for changes."""
        super().__init__()
        self.context = context
        self.theme = context.theme
        self.work = context.work
        self._stale = True
        self.shown_header: Header | None = None
        self.work.changed.connect(self._on_change)

    def open(self, target: Target) -> None:
        """Show what `target` asks for. The default has one view and ignores record and args."""

    def say(self, title: str, subtitle: str = "") -> None:
        """Put other words into the title line, now and whenever this page is shown again."""
        self.shown_header = Header(title, subtitle)
        self.header_changed.emit(self.shown_header)

    def refresh(self) -> None:
        """Read everything shown again, through `self.work.query(..., owner=self, slot=...)`."""

    @property
    def in_hand(self) -> Mapping[str, str]:
        """Ids of what is chosen here (`client`, `product`, `offer` …), for a page that takes it along."""
        return {}

    def scanned(self, found: Any) -> bool:  # noqa: ARG002 - for pages that take it
        """Take what the gun read while this page is in sight (`Found`). False lets the window lead to its place."""
        return False

    def back(self) -> bool:
        """Handle Esc: close what is open inside the page. False lets the window go back."""
        return False

    def affected(self, change: Change) -> bool:
        """Whether `change` makes this page stale; by default when it touches a kind in `watches`."""
        return not self.watches.isdisjoint(change.kinds)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Read again what became stale while out of sight."""
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.refresh()

    def _on_change(self, change: Change) -> None:
        if not self.affected(change):
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True


PageFactory = Callable[[PageContext], Page]


@dataclass(frozen=True, slots=True)
class Quick:
    """A key that opens a page from anywhere with what the page in sight has in hand; `words` say so."""

    keys: str
    words: Callable[[], str]


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page of the window. `title` and `subtitle` are asked again after a language switch.

    `on_rail` pages have an item; the others are reached by `Target` only. `factory` runs when the page is first
    shown, so heavy imports belong inside it. `shortcuts` are the page's own keys and what they do, for the F1 sheet.
    """

    key: str
    icon: str
    title: Callable[[], str]
    factory: PageFactory
    subtitle: Callable[[], str] = str
    at_bottom: bool = False
    on_rail: bool = True
    quick: Quick | None = None
    shortcuts: Callable[[], Sequence[tuple[str, str]]] = tuple
