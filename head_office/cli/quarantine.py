"""`head-office quarantine`: changes that the office refused, for staff to look at, replay or dismiss."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

import msgspec
from sqlalchemy import Connection

from guide_app.base.clock import Clock, china_datetime
from head_office.cli.database import Office
from head_office.cli.outcome import Outcome
from head_office.deeds import push_rules
from head_office.feed import quarantine
from head_office.feed.quarantine import Quarantined
from head_office.feed.write import in_transaction
from head_office.store import audit
from head_office.store.secret import load_secret

_ACTOR = "office"
_STATES = {"open": "待处理", "replayed": "已重放", "dismissed": "已放弃"}


def add_quarantine_arguments(parser: argparse.ArgumentParser) -> None:
    """What stands after `quarantine`."""
    deeds = parser.add_subparsers(dest="deed", metavar="DEED", required=True)
    deeds.add_parser("list", help="列出待处理的")
    for name, text in (
        ("show", "看一条的全部内容 (会记录)"),
        ("replay", "重新裁决一条并写入; 仍被拒绝则什么都不变"),
        ("dismiss", "放弃一条"),
    ):
        deeds.add_parser(name, help=text).add_argument("id")


def quarantine_verb(office: Office, args: argparse.Namespace, clock: Clock, environ: Mapping[str, str]) -> Outcome:
    """List, show, replay, dismiss. Raises GuideError."""
    now = clock.now_ms()
    if args.deed == "list":
        with office.engine.connect() as connection:
            return _listed(quarantine.list_open(connection))
    if args.deed == "show":
        return _shown(in_transaction(office.engine, partial(_look, quarantine_id=args.id, now_ms=now)))
    if args.deed == "dismiss":
        in_transaction(office.engine, lambda c: quarantine.dismiss(c, args.id, _ACTOR, now))
        return Outcome({"dismissed": args.id}, ["已放弃。"])
    rules = push_rules(load_secret(office.data_dir, environ))
    result = in_transaction(office.engine, lambda c: quarantine.replay(c, args.id, rules, _ACTOR, now))
    detail = f" ({result.detail})" if result.detail else ""
    return Outcome(
        {"replayed": args.id, "result": msgspec.to_builtins(result)},
        [f"已写入: {result.status}{detail}。那台电脑下次联系时会把它从“未能上交”里去掉。"],
    )


def _look(connection: Connection, quarantine_id: str, now_ms: int) -> Quarantined:
    """One entry. Its content may name a person, so looking is written down."""
    found = quarantine.find(connection, quarantine_id)
    detail = {"device_id": found.device_id, "mid": found.mid}
    audit.record(connection, now_ms, _ACTOR, "quarantine.show", detail, store_id=found.store_id)
    return found


def _listed(found: list[Quarantined]) -> Outcome:
    lines = [
        f"{q.id}  {china_datetime(q.at_ms):%Y-%m-%d %H:%M}  {q.store_code:<8} {q.device_name:<12}"
        f" 第 {q.mid} 号  {q.kind:<16} {q.code}{f' ({q.detail})' if q.detail else ''}"
        for q in found
    ]
    return Outcome({"quarantine": [_plain(q) for q in found]}, lines or ["没有待处理的。"])


def _shown(found: Quarantined) -> Outcome:
    content: Any = msgspec.json.decode(found.mutation) if found.mutation else None
    text = msgspec.json.format(found.mutation, indent=2) if found.mutation else "(内容太长, 没有留下)"
    head = f"{found.store_code} {found.device_name} 第 {found.mid} 号, {_STATES[found.state]}"
    return Outcome({**_plain(found), "mutation": content}, [f"{head}: {found.code} {found.detail}".rstrip(), text])


def _plain(found: Quarantined) -> dict[str, Any]:
    """Everything but the content, which may name a person."""
    return {name: value for name, value in asdict(found).items() if name != "mutation"}
