"""`head-office tasks`: batches of tasks: which wait for a second person, how far they are, urge and take back."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from guide_app.base.clock import Clock, china_datetime
from head_office.cli.database import Office
from head_office.cli.outcome import Outcome
from head_office.publishing.batches import BatchLine, list_batches
from head_office.publishing.service import approve_batch, cancel_batch, urge_batch

_STATES = {"waiting": "等待批准", "sent": "已下发"}


def add_batch_arguments(parser: argparse.ArgumentParser) -> None:
    """What stands after `tasks`."""
    deeds = parser.add_subparsers(dest="deed", metavar="DEED", required=True)
    deeds.add_parser("list", help="列出各批任务: 谁发布、谁批准、完成多少")
    for name, text in (
        ("approve", "批准一批等待中的任务, 随即下发 (不能是发布人自己)"),
        ("urge", "催办: 还没完成的排到最前面"),
        ("cancel", "收回还没完成的; 等待批准的不再下发"),
    ):
        deed = deeds.add_parser(name, help=text)
        deed.add_argument("batch", help="批次名")
        deed.add_argument("--by", required=True, metavar="NAME", help="经办人 (记入审计)")


def tasks_verb(office: Office, args: argparse.Namespace, clock: Clock) -> Outcome:
    """List, approve, urge, cancel. Raises GuideError."""
    now = clock.now_ms()
    if args.deed == "list":
        with office.engine.connect() as connection:
            found = list_batches(connection)
        return Outcome({"batches": [asdict(one) for one in found]}, [*map(_line, found)] or ["还没有下发过任务。"])
    if args.deed == "approve":
        done = approve_batch(office.engine, args.batch, args.by, now)
        return Outcome(asdict(done), [f"已下发「{args.batch}」: {done.added.get('task', 0)} 个任务。"])
    if args.deed == "urge":
        count = urge_batch(office.engine, args.batch, args.by, now)
        return Outcome({"batch": args.batch, "urged": count}, [f"已催办 {count} 个未完成的任务。"])
    count = cancel_batch(office.engine, args.batch, args.by, now)
    return Outcome({"batch": args.batch, "cancelled": count}, [f"已收回 {count} 个未完成的任务。"])


def _line(batch: BatchLine) -> str:
    figures = f"未完成 {batch.tasks['open']}  完成 {batch.tasks['done']}  收回 {batch.tasks['cancelled']}"
    people = f"发布 {batch.asked_by or '—'}, 批准 {batch.approved_by or '—'}"
    when = f"{china_datetime(batch.at_ms):%Y-%m-%d %H:%M}"
    return f"{batch.name}  {_STATES[batch.state]}  {when}  {figures}  ({people})  {batch.title}"
