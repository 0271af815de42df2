"""Who acts in this window. Pages ask at every deed and on the GUI thread, so it is kept, not read from the book."""

from __future__ import annotations

from guide_app.base.actor import Actor
from guide_app.base.errors import LockedError


class Session:
    """The acting guide, or nobody."""

    def __init__(self) -> None:
        """Nobody acts yet."""
        self._actor: Actor | None = None

    @property
    def actor(self) -> Actor | None:
        """Who acts, None for nobody."""
        return self._actor

    def begin(self, actor: Actor) -> None:
        """`actor` acts from now on."""
        self._actor = actor

    def acting(self) -> Actor:
        """Who acts. Raises LockedError."""
        if self._actor is None:
            raise LockedError("locked.nobody", "还没有选择导购。", "请选择自己并输入 PIN。")
        return self._actor
