"""What the trade pages have in common: the desk they ask, who is acting, and the words for a change."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from guide_app.base.actor import Actor
from guide_app.base.change import Change
from guide_app.flows.desk import Desk
from ui.kit.page import Page, PageContext


class DeskPage(Page):
    """A page over the desk. `key` names it in changes and targets."""

    key = ""

    def __init__(self, context: PageContext, desk: Desk, acting: Callable[[], Actor]) -> None:
        """Keep the desk and how to ask who acts; raises nothing, reads nothing."""
        super().__init__(context)
        self.desk = desk
        self._acting = acting

    @property
    def actor(self) -> Actor:
        """The acting guide, acting through this page. Raises LockedError if nobody is."""
        return replace(self._acting(), origin=self.key)

    def changed(self, kinds: Iterable[str], ids: Iterable[str] = ()) -> Change:
        """The announcement of a change that this page made."""
        return Change(frozenset(kinds), frozenset(ids), self.key)
