"""Verbs about who may hold what: grant, erasures, scrub."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from guide_app.base.clock import CHINA, Clock, china_datetime
from guide_app.base.errors import InvalidInputError, NotFoundError
from head_office.cli.database import Office
from head_office.cli.outcome import ATTENTION, DONE, Outcome
from head_office.clients.confirmations import ErasureLine, PcStanding, list_erasures, n_waiting
from head_office.clients.erasure_clock import certificate, done_ms, due_ms, state
from head_office.clients.scrub import scrub
from head_office.enrolment.grants import GrantLine, end_grant, grant, list_grants
from head_office.feed.write import in_transaction
from head_office.store.settings import read_settings


def grant_verb(office: Office, args: argparse.Namespace, clock: Clock) -> Outcome:
    """Let a PC see another store, or no longer; without a PC or a store, who may see which."""
    now = clock.now_ms()
    if args.device is None or args.store is None:
        return _granted(office, args, now)
    if args.end:
        ended = in_transaction(office.engine, lambda c: end_grant(c, args.device, args.store, now))
        text = "已收回" if ended else "本来就没有"
        line = f"{text}: {args.device} 看 {args.store}。它下次联系时清除那家门店的资料。"
        return Outcome({"device": args.device, "store": args.store, "ended": ended}, [line])
    until = _until(args.until)
    device = in_transaction(office.engine, lambda c: grant(c, args.device, args.store, until, now))
    when = f", 到 {args.until} 为止" if until else ""
    doc = {"device": args.device, "store": args.store, "until_ms": until}
    return Outcome(doc, [f"{device.store_code} 的「{device.name}」可以看 {args.store}{when}。"])


def _granted(office: Office, args: argparse.Namespace, now: int) -> Outcome:
    if args.end or args.until:
        raise InvalidInputError(
            "grant.whom", "没有说是哪台电脑、哪家门店。", "写法: head-office grant 设备 --store SH002"
        )
    with office.engine.connect() as connection:
        found = list_grants(connection, args.device, args.store)
    lines = [
        f"{line.device_id}  {line.home_code:<8} {line.device:<16} 看 {line.store_code:<8}"
        f" 自 {china_datetime(line.granted_ms):%Y-%m-%d}  {_grant_state(line, now)}"
        for line in found
    ]
    doc = {"grants": [{**asdict(line), "state": line.state(now)} for line in found]}
    return Outcome(doc, lines or ["没有电脑看别的门店。"])


def _grant_state(line: GrantLine, now: int) -> str:
    match line.state(now):
        case "revoked":
            return "电脑已停用"
        case "ended":
            return f"已于 {china_datetime(line.ended_ms or 0):%Y-%m-%d %H:%M} 结束"
        case "sees":
            return "没有期限" if line.ended_ms is None else f"到 {china_datetime(line.ended_ms - 1):%Y-%m-%d} 为止"


def erasures_verb(office: Office, args: argparse.Namespace, clock: Clock) -> Outcome:
    """Who has confirmed which erasure, who has not, and until when; or the certificate of one."""
    now = clock.now_ms()
    with office.engine.connect() as connection:
        found = list_erasures(connection)
        if args.certificate:
            company = read_settings(connection)["company"]
            return _certificate(found, args.certificate, args.out, company, now)
    waiting = n_waiting(found)
    doc = {
        "erasures": [
            {
                **asdict(line), "waiting": [asdict(pc) for pc in line.waiting], "due_ms": due_ms(line),
                "done_ms": done_ms(line), "state": state(line, now),
            }
            for line in found
        ],
        "waiting": waiting,
    }  # fmt: skip
    lines = [text for line in found for text in _erasure_lines(line, now)] or ["没有抹除记录。"]
    return Outcome(doc, lines, ATTENTION if waiting else DONE)


def scrub_verb(office: Office) -> Outcome:
    """Rewrite the database's files, so that erased people are not in them either."""
    done = scrub(office.engine)
    lines = [f"已重写 {done.tables} 张表。备份里的旧资料按保留清单到期销毁。"]
    lines.append(
        "旧的日志段已放掉。" if done.log else "没有权限换日志段: 请数据库管理员执行 pg_switch_wal 和 CHECKPOINT。"
    )
    return Outcome(asdict(done), lines, DONE if done.log else ATTENTION)


def _certificate(found: Sequence[ErasureLine], client_id: str, out: Path | None, company: str, now: int) -> Outcome:
    lines = [line for line in found if line.client_id == client_id]
    if not lines:
        told = f"没有抹除过编号为 {client_id} 的客户。"
        raise NotFoundError("erasure.unknown", told, "head-office erasures 列出全部。")
    text = certificate(lines, now, company)
    if out is not None:
        try:
            out.write_text(text, encoding="utf-8")
        except OSError as e:
            raise InvalidInputError("file.write", f"写不了文件 {out}: {e.strerror}。", "请换一个位置。") from e
    complete = all(done_ms(line) is not None for line in lines)
    doc = {"client_id": client_id, "complete": complete, "text": text, "file": str(out) if out else None}
    shown = text.splitlines() if out is None else [f"证明在 {out}。"]
    return Outcome(doc, shown, DONE if complete else ATTENTION)


def _erasure_lines(line: ErasureLine, now: int) -> list[str]:
    said = len(line.pcs) - len(line.waiting)
    due = f"{china_datetime(due_ms(line)):%Y-%m-%d}"
    clock = {"done": "已完成", "running": f"{due} 前完成", "overdue": f"已超期 ({due})"}[state(line, now)]
    head = (
        f"{china_datetime(line.at_ms):%Y-%m-%d %H:%M}  {line.store_code:<8} {line.client_id}"
        f"  {said} / {len(line.pcs)} 台电脑已确认  {clock}  {line.reason}"
    )
    return [head, *(f"    还没确认: {_pc(pc)}" for pc in line.waiting)]


def _pc(pc: PcStanding) -> str:
    heard = f"{china_datetime(pc.last_contact_ms):%Y-%m-%d %H:%M}"
    return f"{pc.name} ({pc.device_id}), 上次联系 {heard}{', 已停用但没有报告清除' if pc.revoked else ''}"


def _until(text: str | None) -> int | None:
    """The end of a day in China, as UTC ms."""
    if text is None:
        return None
    try:
        day = dt.date.fromisoformat(text)
    except ValueError as e:
        raise InvalidInputError("grant.until", f"「{text}」不是日期。", "写法: 2026-12-31") from e
    midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), CHINA)
    return int(midnight.timestamp() * 1000)
