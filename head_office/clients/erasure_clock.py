"""The clock of an erasure: fifteen days from the request to the last PC that confirms. Pure.

The law asks for an answer in time (个人信息保护法 47, 50); the house counts fifteen calendar days. The clock runs from
the moment at which head office took the request in until every PC that may hold her has said that nothing is left;
`certificate` says so on a page for her file.
"""

from __future__ import annotations

from typing import Literal

from guide_app.base.clock import DAY_MS, china_datetime
from head_office.clients.confirmations import ErasureLine

DAYS = 15
State = Literal["done", "running", "overdue"]


def due_ms(line: ErasureLine) -> int:
    """When the last PC must have confirmed (UTC ms)."""
    return line.at_ms + DAYS * DAY_MS


def done_ms(line: ErasureLine) -> int | None:
    """When the last PC confirmed; None while one has not. Where no PC could hold her, when she was erased."""
    if line.waiting:
        return None
    return max((line.at_ms, *(pc.confirmed_ms for pc in line.pcs if pc.confirmed_ms is not None)))


def state(line: ErasureLine, now_ms: int) -> State:
    """Where the clock stands."""
    if done_ms(line) is not None:
        return "done"
    return "overdue" if now_ms > due_ms(line) else "running"


def certificate(lines: list[ErasureLine], now_ms: int, company: str) -> str:
    """A page that proves an erasure in all stores that had her: deeds, moments and PCs, nothing that names her."""
    first = min(line.at_ms for line in lines)
    finished = [done_ms(line) for line in lines]
    last = None if None in finished else max(moment for moment in finished if moment is not None)
    said = f"全部电脑已于 {_moment(last)} 确认清除。" if last is not None else "尚未完成: 还有电脑没有确认。"
    body = [
        "个人信息删除证明",
        "",
        f"个人信息处理者  {company or '(未登记)'}",
        f"客户编号        {lines[0].client_id}",
        f"收到要求        {_moment(first)} (北京时间)",
        f"应完成          {_moment(min(map(due_ms, lines)))} ({DAYS} 天)",
        f"结果            {said}",
        "",
        "总部数据库中的资料在收到要求的同一事务里删除; 小票等依法须保存的凭证已去除本人信息 (个人信息保护法第 47 条)。",
        "",
    ]
    for line in lines:
        body.append(f"门店 {line.store_code}")
        body += [f"  {pc.name} ({pc.device_id})  {_confirmed(pc.confirmed_ms)}" for pc in line.pcs]
        if not line.pcs:
            body.append("  没有电脑可能存有该客户的资料")
    return "\n".join([*body, "", f"出具时间 {_moment(now_ms)} (北京时间)", ""])


def _confirmed(moment: int | None) -> str:
    return f"{_moment(moment)} 确认" if moment is not None else "没有确认"


def _moment(moment: int) -> str:
    return f"{china_datetime(moment):%Y-%m-%d %H:%M}"
