"""Segments in the window's words: stages, cells of the grid, reasons for leaving a client out."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from guide_app.segments.grids import Stage
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
    """The kept segments and how many fit each, by id; and how many stand in each stage and cell, by its key."""

    kept: tuple[Kept, ...]
    fitting: Mapping[str, int]
    stages: Mapping[str, int]
    cells: Mapping[str, int]


def stage_texts() -> dict[Stage, str]:
    """Stages of a client's life, in their order, each with its limits."""
    return {
        "known": QCoreApplication.translate("Segments", "新客 · 没买过"),
        "first": QCoreApplication.translate("Segments", "首购 · 买过一次"),
        "active": QCoreApplication.translate("Segments", "活跃 · 180 天内"),
        "asleep": QCoreApplication.translate("Segments", "沉睡 · 181-365 天"),
        "lost": QCoreApplication.translate("Segments", "流失 · 超过一年"),
    }


def cell_text(key: str) -> str:
    """What stands in a cell `r<1-3>v<1-3>`."""
    recency = {
        "3": QCoreApplication.translate("Segments", "90 天内买过"),
        "2": QCoreApplication.translate("Segments", "91-180 天前买过"),
        "1": QCoreApplication.translate("Segments", "180 天以上没买"),
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
