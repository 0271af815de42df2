"""What the trade pages have in common: the desk they ask, and who is acting."""

from collections.abc import Callable
from dataclasses import replace

from guide_app.base.actor import Actor
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
