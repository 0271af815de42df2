"""Verbs that hand clients over: transfer, transfers, guide-leaves, merges, unmerge."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from dataclasses import asdict

from guide_app.base.clock import Clock, china_datetime
from guide_app.base.errors import InvalidInputError
from guide_app.base.ids import parse_id
from head_office.cli.database import Office
from head_office.cli.outcome import Outcome
from head_office.clients.book import Book, Preview, find_book, preview
from head_office.clients.handover import Pace, TransferLine, hand_over, list_transfers
from head_office.clients.merge import list_merges, undo_merge
from head_office.feed.write import in_transaction
from head_office.roster.leaving import books_of, find_succession, hand_over_tasks, shut_out
from head_office.store.secret import load_secret


def transfer_verb(office: Office, args: argparse.Namespace, clock: Clock, environ: Mapping[str, str]) -> Outcome:
    """Hand a whole book over, or only say what that would touch."""
    with office.engine.connect() as connection:
        book = find_book(connection, args.from_store, args.guide, args.to_store, args.to_guide, args.reason)
        planned = preview(connection, book)
    if args.preview:
        return Outcome(asdict(planned), ["预览, 没有改动。", *_preview_lines(planned)])
    secret = load_secret(office.data_dir, environ)
    done = hand_over(office.engine, secret, book, clock, Pace(args.per_minute, tell=_tell))
    return Outcome(asdict(done), [_line(done)])


def transfers_verb(office: Office) -> Outcome:
    """All handings over."""
    with office.engine.connect() as connection:
        found = list_transfers(connection)
    return Outcome({"transfers": [asdict(line) for line in found]}, [_line(line) for line in found] or ["还没有移交。"])


def guide_leaves_verb(office: Office, args: argparse.Namespace, clock: Clock, environ: Mapping[str, str]) -> Outcome:
    """Shut a guide out and hand over what is hers."""
    now = clock.now_ms()
    with office.engine.connect() as connection:
        heir = find_succession(connection, args.number, args.to)
        stores = books_of(connection, heir.guide_id)
    pins = in_transaction(office.engine, lambda c: shut_out(c, heir, now))
    secret, pace = load_secret(office.data_dir, environ), Pace(args.per_minute, tell=_tell)
    reason = f"{args.number} 离职"
    books = [Book(store, heir.guide_id, heir.to_store, heir.to_guide, reason) for store in stores]
    lines = [hand_over(office.engine, secret, book, clock, pace) for book in books]
    tasks = hand_over_tasks(office.engine, heir, now)
    clients = sum(line.done for line in lines)
    doc = {"guide": args.number, "to": args.to, "pins": pins, "clients": clients, "tasks": tasks}
    text = (
        f"{args.number} 已离职: 取消 {pins} 个 PIN, {clients} 位客户、{tasks} 项任务转给 {args.to} ({heir.to_code})。"
    )
    return Outcome({**doc, "transfers": [asdict(line) for line in lines]}, [text])


def merges_verb(office: Office, clock: Clock) -> Outcome:
    """The merges that can still be undone."""
    with office.engine.connect() as connection:
        found = list_merges(connection, clock.now_ms())
    lines = [
        f"{china_datetime(m.at_ms):%Y-%m-%d %H:%M}  {m.store_code:<8} {m.loser_id} → {m.survivor_id}  {m.moved} 条记录"
        for m in found
    ]
    return Outcome({"merges": [asdict(m) for m in found]}, lines or ["没有可撤销的合并。"])


def unmerge_verb(office: Office, args: argparse.Namespace, clock: Clock, environ: Mapping[str, str]) -> Outcome:
    """Bring a merged client back."""
    try:
        client_id = parse_id(args.client)
    except ValueError as e:
        raise InvalidInputError("record.invalid", f"「{args.client}」不是客户编号。", "见 head-office merges。") from e
    secret = load_secret(office.data_dir, environ)
    moved = in_transaction(office.engine, lambda c: undo_merge(c, secret, client_id, clock.now_ms()))
    return Outcome({"client": client_id, "records": moved}, [f"已撤销合并: {moved} 条记录回到 {client_id}。"])


def _tell(done: int, planned: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done:,} / {planned:,} 位客户 ")
        sys.stderr.flush()


def _preview_lines(planned: Preview) -> list[str]:
    records = " · ".join(f"{kind} {count:,}" for kind, count in planned.records.items())
    lines = [f"{planned.clients:,} 位客户, 未完成任务 {planned.open_tasks:,}, 未使用的券 {planned.open_coupons:,}。"]
    lines += [f"随之移动: {records}"] if records else []
    lines += [
        f"{pc.store_code:<8} {pc.name:<16} 上次联系 {china_datetime(pc.last_contact_ms):%Y-%m-%d %H:%M}"
        f"{f', 还有 {pc.waiting} 条没上交' if pc.waiting else ''}"
        for pc in planned.pcs
    ]
    return lines


def _line(line: TransferLine) -> str:
    whose = f"{line.from_code} {line.from_number}".strip() + " → " + f"{line.to_code} {line.to_number}".strip()
    state = "完成" if line.finished_ms is not None else "未完成, 再运行一次即继续"
    late = f", 迟到的修改: 收下 {line.late}、拒绝 {line.refused}" if line.late or line.refused else ""
    return (
        f"{china_datetime(line.created_ms):%Y-%m-%d %H:%M}  {whose}  {line.done:,} / {line.planned:,} 位客户,"
        f" {line.records:,} 条记录, {state}{late}  {line.reason}"
    )
