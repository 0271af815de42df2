"""What can go wrong on the way to head office, as a person reads it."""

from __future__ import annotations

from guide_app.base.errors import GuideError, OfficeUnreachableError
from guide_app.base.phrase import Phrase
from guide_app.protocol.messages import SCHEMA
from guide_app.protocol.problems import Problem
from guide_app.protocol.ways_out import WAYS_OUT

KEPT = Phrase("所有工作都已保存在本机, 会自动重试。")


class OfficeBusyError(OfficeUnreachableError):
    """Head office answered that it cannot now (429, 5xx). `retry_after_s` is its wish in seconds, if any."""

    def __init__(self, status: int, sentence: str | Phrase, retry_after_s: float | None = None) -> None:
        super().__init__("office.busy", sentence, KEPT)
        self.status = status
        self.retry_after_s = retry_after_s


class OfficeRefusedError(GuideError):
    """Head office refused the request itself (4xx); `problem` is its reason."""

    def __init__(self, problem: Problem, way_out: str | Phrase = "") -> None:
        super().__init__(problem.code, problem.detail or problem.title, way_out)
        self.problem = problem
        self.status = problem.status


class SyncStuckError(GuideError):
    """Office and PC do not agree on what was sent, and no automatic way leads on; nothing was changed."""


def unreachable(code: str, sentence: str | Phrase, way_out: str | Phrase = KEPT) -> OfficeUnreachableError:
    """The office did not answer as the office does."""
    return OfficeUnreachableError(code, sentence, way_out)


def refused(problem: Problem) -> OfficeRefusedError:
    """The office said no: with the way out of the table.

    Where this PC's program and the office's do not fit, the way out says which is behind.
    """
    if problem.code != "schema.unsupported":
        return OfficeRefusedError(problem, WAYS_OUT.get(problem.code, ""))
    newest = problem.extra.get("newest")
    if isinstance(newest, int) and newest < SCHEMA:
        return OfficeRefusedError(problem, Phrase("总部的程序还没有升级, 请联系总部信息部门。{kept}", {"kept": KEPT}))
    kept = {"kept": KEPT}
    return OfficeRefusedError(problem, Phrase("请升级这台电脑的导购台; 未上交的修改会在升级后照常上交。{kept}", kept))
