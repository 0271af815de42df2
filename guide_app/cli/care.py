"""Verbs that look after the data: backup, restore, db-check, db-decrypt, export."""

from __future__ import annotations

import argparse
from typing import Any

from guide_app.base.errors import InvalidInputError
from guide_app.cli.context import Place
from guide_app.cli.outcome import Exit, Outcome
from guide_app.store import backup as files
from guide_app.store.keys import parse_recovery, save_key

_KIB = 1024


def backup(place: Place, args: argparse.Namespace) -> Outcome:
    """`backup FILE`: a verified copy, encrypted under the same key."""
    _need_book(place)
    report = files.backup(place.book, place.key(), args.file)
    doc = {"file": str(report.path), "bytes": report.size, "clients": report.records, "verified": True}
    return Outcome(doc, [f"已备份到 {report.path} ({report.size // _KIB} KiB, {report.records} 位客户, 已验证)。"])


def restore(place: Place, args: argparse.Namespace) -> Outcome:
    """`restore FILE`: the book that was there is kept beside it."""
    if not args.file.exists():
        raise InvalidInputError("file.missing", f"没有文件 {args.file}。", "请核对备份的位置。")
    if args.recovery_key:
        key = parse_recovery(args.recovery_key)
        files.check(args.file, key)
        save_key(str(place.book), key, place.environ)
    else:
        key = place.key()
    aside = files.restore(args.file, key, place.book)
    lines = ["已恢复。", f"原来的数据库保存在 {aside}。"] if aside else ["已恢复。"]
    return Outcome({"book": str(place.book), "previous": str(aside) if aside else None}, lines)


def db_check(place: Place, _args: argparse.Namespace) -> Outcome:
    """`db-check`: every page's authentication code and the structure."""
    _need_book(place)
    report = files.check(place.book, place.key())
    doc: dict[str, Any] = {"file": str(report.path), "bytes": report.size, "faults": list(report.faults)}
    if report.faults:
        return Outcome(
            doc, ["数据库损坏:", *report.faults, "请从备份恢复 (guide restore); 没有改动任何数据。"], Exit.DAMAGED
        )
    return Outcome(doc, [f"数据库完好 ({report.size // _KIB} KiB)。"])


def db_decrypt(place: Place, args: argparse.Namespace) -> Outcome:
    """`db-decrypt FILE`: a plain SQLite copy, for whoever holds the key."""
    _need_book(place)
    size = files.decrypt(place.book, place.key(), args.file)
    return Outcome(
        {"file": str(args.file), "bytes": size}, [f"未加密的副本: {args.file}。其中有客户资料, 用完请立即删除。"]
    )


def _need_book(place: Place) -> None:
    if not place.book.exists():
        raise place.no_book()
