"""The verb `calendar`: her own dates, promises and tasks as one file for her telephone's calendar."""

from __future__ import annotations

import argparse

from guide_app.cli.approval import answered_for
from guide_app.cli.outcome import Outcome
from guide_app.flows.desk import Desk
from guide_app.flows.take_calendar import take_calendar


def calendar(desk: Desk, args: argparse.Namespace) -> Outcome:
    """`calendar --out FILE.ics`: an approver's PIN comes on standard input."""
    actor = desk.roster.acting()
    with answered_for(desk, actor, args.approver) as approval:
        taken = take_calendar(
            desk.db, desk.clock, actor, args.out, reason=args.reason, names=args.names, approval=approval
        )
    doc = {
        "file": str(taken.file), "events": taken.events, "clients": taken.clients, "number": taken.number,
        "sha256": taken.sha256,
    }  # fmt: skip
    counts = f"{taken.events:,} 个日程, {taken.clients:,} 位客户, 编号 {taken.number}"
    return Outcome(doc, [counts, f"已写到 {taken.file}。其中有个人信息, 用完请删除 (个保法第 9 条)。"])
