"""The verb `import`: other systems' files into the office."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any, TextIO

from guide_app.base.clock import Clock
from guide_app.base.tabular.choose import named_by_flag, parse_choices
from guide_app.base.tabular.decimals import CURRENCIES, MINOR
from guide_app.base.tabular.values import parse_moment
from head_office.cli.database import Office
from head_office.cli.outcome import ATTENTION, DONE, Outcome
from head_office.imports.model import ImportReport, ImportServices, Options, Progress, Sums
from head_office.imports.run import run_import
from head_office.store.secret import load_secret

_SHOWN = 20


def import_verb(office: Office, args: argparse.Namespace, clock: Clock, environ: Mapping[str, str]) -> Outcome:
    """Import one file; with refused rows the exit code is 5. Raises GuideError."""
    services = ImportServices(office.engine, load_secret(office.data_dir, environ), clock)
    show = _Meter(sys.stderr)
    try:
        with named_by_flag():
            report = run_import(args.what, args.file, options_of(args), services, show)
    finally:
        show.end()
    return Outcome(report_doc(report), report_lines(report), ATTENTION if report.rejected else DONE)


def options_of(args: argparse.Namespace) -> Options:
    """The options of a parsed command line. Raises InvalidInputError."""
    return Options(
        columns=parse_choices(args.map),
        dry_run=args.dry_run,
        errors=args.errors,
        store=args.store,
        store_by=args.store_by,
        encoding=args.encoding,
        sheet=args.sheet,
        pictures=args.pictures,
        currency=args.currency,
        adjustments=args.adjustments,
        new_clients=args.new_clients,
        as_of=parse_moment(args.as_of) if args.as_of else None,
    )


def report_doc(report: ImportReport) -> dict[str, Any]:
    """The report as a JSON document; control totals are exact, as text, in fen or pieces."""
    doc = {field.name: getattr(report, field.name) for field in fields(report)}
    doc["errors"] = str(report.errors) if report.errors else None
    doc["sums"] = None if report.sums is None else _sums_doc(report.sums)
    return doc


def report_lines(report: ImportReport) -> list[str]:
    """The report for people."""
    trial = " (试运行, 没有写入)" if report.dry_run else ""
    counts = f"新增 {report.added:,} · 修改 {report.changed:,} · 无变化 {report.unchanged:,} · 拒绝 {report.rejected:,}"
    lines = [f"{report.source}{trial}: 读 {report.rows:,} 行, {counts}, {report.seconds:.1f} 秒"]
    if report.layout:
        lines.append(f"识别为 {report.layout} 的导出。")
    if report.sums is not None:
        lines.append(_sums_line(report.sums, report.currency))
    lines += report.notes
    if report.unused:
        lines.append(f"没有用到的列: {'、'.join(report.unused)}")
    lines += [f"  {count:,} 处: {sentence}" for sentence, count in _reasons(report)]
    lines += [f"  第 {r.row_no} 行 {r.field} {r.sentence}" for r in report.rejects[:_SHOWN]]
    if report.errors:
        lines.append(f"被拒的行在 {report.errors}, 改好后可再导入。")
    return lines


def _reasons(report: ImportReport) -> list[tuple[str, int]]:
    """The commonest kinds of refusal, each by its code, where there are more than are shown one by one."""
    if len(report.rejects) <= _SHOWN:
        return []
    return Counter(reject.code for reject in report.rejects).most_common(10)


def _sums_doc(sums: Sums) -> dict[str, Any]:
    doc = {field.name: getattr(sums, field.name) for field in fields(sums)}
    return {k: format(v, "f") if isinstance(v, Decimal) else v for k, v in doc.items()} | {"ok": sums.reconciled}


def _sums_line(sums: Sums, currency: str) -> str:
    def show(value: Decimal) -> str:
        if sums.measure != "fen":
            return f"{value:,}"
        money = abs(value) / MINOR
        digits = f"{money:,.2f}" if value == int(value) else f"{money.normalize():,f}"
        return f"{'-' if value < 0 else ''}{CURRENCIES[currency]}{digits}"

    taken = sums.added + sums.changed + sums.unchanged
    line = f"合计: 文件 {show(sums.file)} = 收进 {show(taken)} + 拒绝 {show(sums.rejected)}"
    return line + (f"; {sums.unreadable:,} 行没有可读的数字" if sums.unreadable else "")


class _Meter:
    """Shows progress on one line of a terminal, and on lines of its own in a log."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._step = ""
        self._terminal = out.isatty()

    def __call__(self, progress: Progress) -> None:
        """Show how far it is."""
        word = {"read": "读取", "write": "写入"}[progress.step]
        total = f" / {progress.total:,}" if progress.total is not None else ""
        finished = progress.done == progress.total
        if self._terminal:
            self._out.write(f"\r{word} {progress.done:,}{total} 行   ")
            self._out.flush()
        elif progress.step != self._step or finished:
            self._out.write(f"{word} {progress.done:,}{total} 行\n")
        self._step = progress.step

    def end(self) -> None:
        """Leave the line."""
        if self._terminal and self._step:
            self._out.write("\n")
