"""What a search finds, and who finds it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ui.kit.page import Target


@dataclass(frozen=True, slots=True)
class Hit:
    """One result: what is read, and where Enter goes (`target`) or what it does (`command`, on the GUI thread)."""

    title: str
    detail: str = ""
    icon: str = "search"
    target: Target | None = None
    command: Callable[[], object] | None = None


@dataclass(frozen=True, slots=True)
class SearchProvider:
    """Finds hits for a text, best first. `local` ones are quick and run on the GUI thread, also for empty text."""

    key: str
    find: Callable[[str], Sequence[Hit]]
    local: bool = False
