"""The second person of an export on the command line: named by a flag, her PIN on standard input."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from guide_app.base.errors import GuideError
from guide_app.cli.pin import read_pin
from guide_app.flows.take_control import NEEDS_MANAGER, Approval, approve

if TYPE_CHECKING:
    from guide_app.base.actor import Actor
    from guide_app.flows.desk import Desk


@contextmanager
def answered_for(desk: Desk, actor: Actor, approver: str) -> Iterator[Approval | None]:
    """The approval of the manager whom `--approver` names, None without one.

    Raises GuideError as `approve` does; an export inside that lacks a manager is told how she is named here.
    """
    try:
        yield approve(desk.roster, actor, approver, read_pin("店长 PIN: ")) if approver else None
    except GuideError as e:
        if e.code != NEEDS_MANAGER:
            raise
        way_out = "请加 --approver 店长工号, 由店长输入 PIN 批准; 本店没有另一位店长时由总部导出。"
        raise GuideError(e.code, e.said, way_out) from e
