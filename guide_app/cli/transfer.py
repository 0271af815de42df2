"""Verbs that carry data in and out: import, export, open."""

from __future__ import annotations

import argparse
import re
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from guide_app.base.actor import Actor
from guide_app.base.errors import GuideError, InvalidInputError
from guide_app.base.tabular.choose import named_by_flag, parse_choices
from guide_app.cli.approval import answered_for
from guide_app.cli.outcome import Exit, Outcome
from guide_app.cli.pin import read_pin
from guide_app.cli.signals import asked_to_end
from guide_app.flows.bringing.clients import bring_clients
from guide_app.flows.bringing.model import BringOptions, BringReport, Watch
from guide_app.flows.bringing.purchases import bring_purchases
from guide_app.flows.desk import Desk
from guide_app.flows.take import take_out
from guide_app.flows.take_book import BookChoice, take_book
from guide_app.flows.take_control import Approval
from guide_app.flows.take_sealed import unseal

_SHOWN = 20
#: What the log keeps where the command gave no reason, which its fixed form does not ask for.
_NO_REASON = "命令行导出, 没有写原因"
_MARKS = {None: None, "comma": ",", "tab": "\t", "semicolon": ";", "bar": "|"}


def bring(desk: Desk, args: argparse.Namespace) -> Outcome:
    """`import clients|purchases FILE`: added, merged, refused; with refused rows the exit code is 5."""
    deeds = {"clients": bring_clients, "purchases": bring_purchases}
    options = BringOptions(
        parse_choices(args.map), args.dry_run, args.errors, args.encoding, args.sheet, _MARKS[args.separator]
    )
    with named_by_flag(), _Meter().listening() as watch:
        report = deeds[args.what](desk.db, desk.roster.acting(), args.file, options, watch)
    doc: dict[str, Any] = asdict(report) | {"errors": str(report.errors) if report.errors else None}
    return Outcome(doc, _lines(report), Exit.ATTENTION if report.rejected else Exit.DONE)


def take(desk: Desk, args: argparse.Namespace) -> Outcome:
    """`export DIR`: open files with their description; the approver's PIN comes on standard input."""
    actor = desk.roster.acting()
    with answered_for(desk, actor, args.approver) as approval:
        if args.format:
            return _take_book(desk, actor, args, approval)
        return _take_folder(desk, actor, args, approval)


def _take_folder(desk: Desk, actor: Actor, args: argparse.Namespace, approval: Approval | None) -> Outcome:
    if args.columns or args.seal:
        raise InvalidInputError("export.format", "--columns 和 --seal 要和 --format 一起用。", "例如 --format xlsx。")
    taken = take_out(
        desk.db, desk.clock, actor, args.dir, reason=_reason(args), clients_only=args.clients, approval=approval
    )
    doc = {
        "folder": str(taken.folder), "files": dict(taken.files), "clients": taken.clients, "number": taken.number,
        "sha256": taken.sha256,
    }  # fmt: skip
    lines = [f"{name}  {rows:,} 行" for name, rows in taken.files.items()]
    return Outcome(
        doc, [*lines, f"编号 {taken.number}", f"已导出到 {taken.folder}。其中有个人信息, 用完请删除 (个保法第 9 条)。"]
    )


def open_sealed(args: argparse.Namespace) -> Outcome:
    """`open FILE --out FILE`: what was sealed with a password; the password comes on standard input."""
    if args.out.exists():
        raise InvalidInputError("export.file", f"已有文件 {args.out}。", "请换一个名字。")
    try:
        args.out.write_bytes(unseal(args.file.read_bytes(), read_pin("密码: ")))
    except OSError as e:
        raise InvalidInputError("file.read", f"{e.filename}: {e.strerror}。", "请检查文件。") from e
    return Outcome({"file": str(args.out)}, [f"已打开到 {args.out}。其中有个人信息, 用完请删除。"])


def _take_book(desk: Desk, actor: Actor, args: argparse.Namespace, approval: Approval | None) -> Outcome:
    columns = tuple(filter(None, (title.strip() for title in re.split("[,，、]", args.columns))))
    choice = BookChoice(args.format, columns, read_pin("密码: ") if args.seal else "")
    taken = take_book(desk.db, desk.clock, actor, args.dir, choice, reason=_reason(args), approval=approval)
    doc = {"file": str(taken.path), "clients": taken.clients, "number": taken.number, "sha256": taken.sha256}
    told = f"已导出到 {taken.path}。其中有个人信息, 用完请删除。"
    lines = [f"{taken.clients:,} 位客户", f"编号 {taken.number}", told]
    if args.seal:
        lines.append(f"打开: guide open {taken.path} --out 文件, 或 age --decrypt -o 文件 {taken.path}")
    return Outcome(doc, lines)


def _reason(args: argparse.Namespace) -> str:
    """Why she takes out; empty, which is refused, where somebody is to answer for it who has to be told."""
    if args.reason is not None:
        return str(args.reason)
    return "" if args.approver else _NO_REASON


def _lines(report: BringReport) -> list[str]:
    trial = " (试运行, 没有写入)" if report.dry_run else ""
    counts = f"新增 {report.added:,} · 合并 {report.merged:,} · 无变化 {report.unchanged:,} · 拒绝 {report.rejected:,}"
    lines = [f"{report.source}{trial}: 读 {report.rows:,} 行, {counts}, {report.seconds:.1f} 秒"]
    if report.unused:
        lines.append(f"没有用到的列: {'、'.join(report.unused)}")
    for one in report.known[:_SHOWN]:
        what = "、".join(f"{d.field}: 本机 {d.mine} / 文件 {d.theirs}" for d in one.differences)
        lines.append(f"  第 {one.rows[0]} 行已有客户 {one.name}{'' if one.same else ' (微信相同, 按另一人)'}: {what}")
    for one in report.doubled[:_SHOWN]:
        what = "、".join(f"{d.field}: {d.mine} / {d.theirs}" for d in one.differences)
        lines.append(f"  第 {one.rows[1]} 行与第 {one.rows[0]} 行是同一位客户 ({one.name}), 以前一行为准: {what}")
    if report.left_out:
        lines.append(f"有 {len(report.left_out):,} 处须先取得同意, 没有导入 (这些行的其余内容照常导入):")
        lines += [f"  第 {r.row_no} 行 {r.field} {r.sentence}" for r in report.left_out[:_SHOWN]]
    if len(report.rejects) > _SHOWN:
        lines += [f"  {n:,} 处: {code}" for code, n in Counter(r.code for r in report.rejects).most_common(10)]
    lines += [
        f"  第 {r.row_no} 行 {r.field} {r.sentence}" if r.field else f"  第 {r.row_no} 行 {r.sentence}"
        for r in report.rejects[:_SHOWN]
    ]
    if report.errors:
        lines.append(f"被拒的行在 {report.errors}, 改好后可再导入。")
    return lines


class _Meter:
    """Shows on a terminal how far a long job is, and ends it on Ctrl+C: then nothing of it stays."""

    def __init__(self) -> None:
        self._stop = threading.Event()

    def report(self, done: int, total: int) -> None:
        """Show so many rows."""
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{done:,}" + (f" / {total:,} 行 " if total else " 行 "))
            sys.stderr.flush()

    def check(self) -> None:
        """Raise GuideError if Ctrl+C was pressed."""
        if self._stop.is_set():
            raise GuideError("import.cancelled", "已取消, 没有写入任何内容。", "再运行一次就从头开始。")

    @contextmanager
    def listening(self) -> Iterator[Watch]:
        """Take Ctrl+C as a request to stop; the change runs on a thread of its own and would not hear it."""
        with asked_to_end() as self._stop:
            yield self
