"""Who is acting: handed to every deed, so that each change carries its author."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["guide", "store_manager"]


@dataclass(frozen=True, slots=True)
class Actor:
    """The acting guide of this PC. `origin` names what she acts through (a page's key, `cli`)."""

    guide_id: str
    guide_no: int
    number: str
    name: str
    role: Role
    store_id: str
    store_name: str
    origin: str = "cli"

    @property
    def is_manager(self) -> bool:
        """Whether she sees the whole store's figures."""
        return self.role == "store_manager"
