"""The verb `parked`: refused changes (未能上交), to be listed, exported, corrected and handed in again, or given up."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from guide_app.base.clock import china_datetime
from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.base.phone import mask_phone
from guide_app.cli.outcome import Outcome
from guide_app.flows.desk import Desk
from guide_app.protocol.kinds import KINDS
from guide_app.protocol.ways_out import WAYS_OUT
from guide_app.sync.parked import ParkedService
from guide_app.sync.queries import ParkedChange, SyncQueries


def parked(desk: Desk, args: argparse.Namespace) -> Outcome:
    """`parked list|export|resubmit|discard`."""
    deeds = {"list": _list, "export": _export, "resubmit": _resubmit, "discard": _discard}
    return deeds[args.deed](desk, args)


def _list(desk: Desk, _args: argparse.Namespace) -> Outcome:
    held = SyncQueries(desk.db).parked()
    lines = [_line(one) for one in held] or ["没有未能上交的修改。"]
    return Outcome({"parked": [_doc(one) for one in held]}, lines)


def _export(desk: Desk, args: argparse.Namespace) -> Outcome:
    count = ParkedService(desk.db).export(args.mids, args.out)
    return Outcome({"file": str(args.out), "exported": count}, [f"{count} 条修改已导出到 {args.out}。"])


def _resubmit(desk: Desk, args: argparse.Namespace) -> Outcome:
    held = {one.change.mid: one for one in SyncQueries(desk.db).parked()}
    if args.mid not in held:
        raise NotFoundError(
            "outbox.unknown", f"没有编号为 {args.mid} 的未能上交的修改。", "guide parked list 列出编号。"
        )
    changes = _changes(held[args.mid], args.fields)
    actor = desk.roster.acting()
    ParkedService(desk.db).resubmit(args.mid, changes, by=actor.guide_id, origin="cli")
    return Outcome({"mid": args.mid, "changed": changes}, ["已重新排队, 下次同步时上交。"])


def _discard(desk: Desk, args: argparse.Namespace) -> Outcome:
    actor = desk.roster.acting()
    for mid in args.mids:
        ParkedService(desk.db).discard(mid, by=actor.guide_id, origin="cli")
    return Outcome({"discarded": args.mids}, [f"{len(args.mids)} 条修改已放弃。"])


def _changes(held: ParkedChange, pairs: list[str]) -> dict[str, Any]:
    """`FIELD=VALUE` pairs as values of the type that the refused change has there."""
    changes: dict[str, Any] = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not equals or name not in held.data:
            known = ", ".join(held.data)
            raise InvalidInputError(
                f"field.{name}", f"「{pair}」不能用在这条修改上。", f"可以改的有: {known}; 写成 字段=值。"
            )
        changes[name] = _value(name, text, held.data[name])
    return changes


def _value(name: str, text: str, before: object) -> Any:
    if isinstance(before, bool):
        if text not in ("true", "false"):
            raise InvalidInputError(f"field.{name}", f"字段 {name} 只能是 true 或 false。", "请改正后重交。")
        return text == "true"
    if isinstance(before, int):
        if not text.lstrip("-").isdecimal():
            raise InvalidInputError(f"field.{name}", f"字段 {name} 要一个整数 (金额以分为单位)。", "请改正后重交。")
        return int(text)
    return text


def _doc(held: ParkedChange) -> dict[str, Any]:
    change = held.change
    return {
        "mid": change.mid, "op": change.op, "kind": change.kind, "id": change.record_id, "about": change.about,
        "made_ms": change.created_at, "by": change.by, "refused_ms": held.at, "code": held.code,
        "detail": held.detail, "sentence": held.sentence, "data": _masked(held.data),
        "editable": sorted(KINDS[change.kind].device_fields & held.data.keys())
        if change.kind in KINDS else sorted(held.data),
    }  # fmt: skip


def _masked(data: Mapping[str, Any]) -> dict[str, Any]:
    """The content without telephone numbers, which others may look on; `parked export` writes them out."""
    return {name: mask_phone(value) if name == "phone" else value for name, value in data.items()}


def _line(held: ParkedChange) -> str:
    made = f"{china_datetime(held.change.created_at):%m-%d %H:%M}"
    way = f" {WAYS_OUT[held.code]}" if held.code in WAYS_OUT else ""
    return f"{held.change.mid}  {made}  {held.change.kind} {held.change.about}: {held.sentence} [{held.code}]{way}"
