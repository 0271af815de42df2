"""Segments in the window's words: stages, cells of the grid, reasons for leaving a client out."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from guide_app.segments.grids import LIMITS, Limits, Stage
from guide_app.segments.model import Kept, Reason, Rule


@dataclass(frozen=True, slots=True)
class Choice:
    """A list to look at. `kept` is the segment it belongs to, None for a built-in one."""

    key: str
    name: str
    rule: Rule
    kept: Kept | None = None


@dataclass(frozen=True, slots=True)
class ListCounts:
    """The kept segments and how many fit each, by id; and how many stand in each stage and cell, by its key.

    `overdue` let their usual interval pass; `limits` are those of stages and cells.
    """

    kept: tuple[Kept, ...]
    fitting: Mapping[str, int]
    stages: Mapping[str, int]
    cells: Mapping[str, int]
    overdue: int
    limits: Limits


def stage_texts(limits: Limits = LIMITS) -> dict[Stage, str]:
    """Stages of a client's life, in their order, each with its limits."""
    return {
        "known": QCoreApplication.translate("Segments", "新客 · 没买过"),
        "first": QCoreApplication.translate("Segments", "首购 · 买过一次"),
        "active": QCoreApplication.translate("Segments", "活跃 · {days} 天内").format(days=limits.asleep_days),
        "asleep": QCoreApplication.translate("Segments", "沉睡 · {least}-{most} 天").format(
            least=limits.asleep_days + 1, most=limits.lost_days
        ),
        "lost": QCoreApplication.translate("Segments", "流失 · 超过 {days} 天").format(days=limits.lost_days),
    }


def cell_text(key: str, limits: Limits = LIMITS) -> str:
    """What stands in a cell `r<1-3>v<1-3>`."""
    recency = {
        "3": QCoreApplication.translate("Segments", "{days} 天内买过").format(days=limits.recent_days),
        "2": QCoreApplication.translate("Segments", "{least}-{most} 天前买过").format(
            least=limits.recent_days + 1, most=limits.asleep_days
        ),
        "1": QCoreApplication.translate("Segments", "{days} 天以上没买").format(days=limits.asleep_days),
    }[key[1]]
    value = {
        "3": QCoreApplication.translate("Segments", "高价值"),
        "2": QCoreApplication.translate("Segments", "中价值"),
        "1": QCoreApplication.translate("Segments", "低价值"),
    }[key[3]]
    return f"{recency} · {value}"


def reason_texts() -> dict[Reason, str]:
    """Why a client is left out."""
    return {
        "refused": QCoreApplication.translate("Segments", "拒绝联系"),
        "flagged": QCoreApplication.translate("Segments", "投诉或黑名单"),
        "blocked": QCoreApplication.translate("Segments", "勿扰标签"),
        "no_consent": QCoreApplication.translate("Segments", "没有同意"),
        "no_profiling": QCoreApplication.translate("Segments", "不做画像"),
        "contacted": QCoreApplication.translate("Segments", "刚联系过"),
    }
