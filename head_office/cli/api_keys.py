"""Verbs for the keys of tills and other systems: api-key create, list, revoke."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from guide_app.base.clock import Clock, china_datetime
from head_office.cli.database import Office
from head_office.cli.outcome import Outcome
from head_office.enrolment.api_keys import KeyLine, list_api_keys, make_api_key, revoke_api_key
from head_office.feed.write import in_transaction


def api_key_verb(office: Office, args: argparse.Namespace, clock: Clock) -> Outcome:
    """Make a key, list all, or put one out of use."""
    return {"create": _create, "list": _list, "revoke": _revoke}[args.deed](office, args, clock)


def _create(office: Office, args: argparse.Namespace, clock: Clock) -> Outcome:
    key = in_transaction(office.engine, lambda c: make_api_key(c, args.name, args.rights, clock.now_ms()))
    doc = {"name": args.name, "rights": args.rights, "key": key}
    return Outcome(doc, [f"密钥 (只显示这一次)  {key}", f"用法: Authorization: Bearer {key[:12]}…"])


def _list(office: Office, _args: argparse.Namespace, _clock: Clock) -> Outcome:
    with office.engine.connect() as connection:
        found = list_api_keys(connection)
    return Outcome({"keys": [asdict(line) for line in found]}, [_line(line) for line in found] or ["还没有密钥。"])


def _revoke(office: Office, args: argparse.Namespace, clock: Clock) -> Outcome:
    line = in_transaction(office.engine, lambda c: revoke_api_key(c, args.name, clock.now_ms()))
    return Outcome({"revoked": line.name}, [f"已停用「{line.name}」, 用它的系统从现在起收到 401。换新的请另取名称。"])


def _line(line: KeyLine) -> str:
    state = "" if line.revoked_ms is None else f"  {_day(line.revoked_ms)} 停用"
    return f"{line.name}  {' '.join(line.rights)}  {_day(line.made_ms)} 生成{state}"


def _day(at_ms: int) -> str:
    return f"{china_datetime(at_ms):%Y-%m-%d}"
