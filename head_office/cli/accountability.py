"""Verbs that give account of personal data: lost-device, audit, reveals."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from sqlalchemy import Connection

from guide_app.base.clock import Clock, china_datetime, day_start_ms
from guide_app.base.errors import InvalidInputError
from guide_app.base.phone import mask_phone
from head_office.cli.account_files import write_account, write_csv
from head_office.cli.database import Office
from head_office.cli.outcome import ATTENTION, DONE, Outcome
from head_office.clients.accounts import read_account
from head_office.clients.alarms import reveal_alarms
from head_office.clients.lost import Loss, what_may_be_on
from head_office.coupons.recall import recall
from head_office.enrolment.devices import revoke
from head_office.feed.write import FeedWriter, in_transaction
from head_office.store import audit
from head_office.store.engine import repeatable_read
from head_office.store.secret import OfficeSecret, load_secret

_SHOWN = 20
_LOST_TITLES = ("门店", "客户编号", "姓名", "手机号", "微信", "小票数")


def lost_device_verb(office: Office, args: argparse.Namespace, clock: Clock, environ: Mapping[str, str]) -> Outcome:
    """Whose data may be on a lost PC; with `--out` the list is a file.

    With `--revoke` it is shut out at once, and no counter takes what it may still hand out.
    """
    now, device_id = clock.now_ms(), args.device.strip().lower()
    if args.revoke:
        secret = load_secret(office.data_dir, environ)
        in_transaction(office.engine, lambda c: _shut_out(c, secret, device_id, now))
    with office.engine.connect() as connection:
        loss = what_may_be_on(connection, device_id)
    line = loss.device
    if args.out is not None:
        write_csv(args.out, _LOST_TITLES, [tuple(asdict(one).values()) for one in loss.clients])
        detail = {"device_id": device_id, "clients": len(loss.clients)}
        in_transaction(
            office.engine, lambda c: audit.record(c, now, "office", "device.lost", detail, store_id=line.store_id)
        )
    doc = {
        "device": line.id, "store": line.store_code, "name": line.name, "last_contact_ms": line.last_contact_ms,
        "revoked_ms": line.revoked_ms, "wiped_ms": line.wiped_ms, "stores": list(loss.stores),
        "clients": [{**asdict(one), "phone": mask_phone(one.phone)} for one in loss.clients], "erased": loss.erased,
        "file": str(args.out) if args.out else None,
    }  # fmt: skip
    return Outcome(doc, _lost_lines(loss, args.out), ATTENTION if line.revoked_ms is None else DONE)


def _shut_out(connection: Connection, secret: OfficeSecret, device_id: str, now_ms: int) -> None:
    writer = FeedWriter(connection, now_ms)
    revoke(connection, device_id, now_ms)
    recall(writer, secret, "device", device_id)
    writer.flush()


def audit_verb(office: Office, args: argparse.Namespace, clock: Clock) -> Outcome:
    """Write the account of a time into a new folder: a CSV for each table, one JSON, and the record of risks."""
    since, until = _day(args.since), _day(args.until) + dt.timedelta(days=1)
    if since >= until:
        raise InvalidInputError("audit.days", "起止日期颠倒了。", "例如 --from 2026-10-01 --to 2026-10-31。")
    if args.out.exists() and (not args.out.is_dir() or any(args.out.iterdir())):
        raise InvalidInputError("export.folder", f"{args.out} 不是空文件夹。", "请换一个新的文件夹。")
    args.out.mkdir(parents=True, exist_ok=True)
    head = {"from": args.since, "to": args.until, "made_ms": clock.now_ms()}
    with repeatable_read(office.engine) as connection:
        counts = write_account(args.out, head, read_account(connection, day_start_ms(since), day_start_ms(until)))
    lines = [f"{name}.csv  {rows:,} 行" for name, rows in counts.rows.items()]
    lines += [f"{deed}: {count:,}" for deed, count in counts.counted().items()]
    return Outcome({"folder": str(args.out), "counts": counts.counted()}, [*lines, f"已写到 {args.out}。"])


def reveals_verb(office: Office, args: argparse.Namespace, clock: Clock) -> Outcome:
    """Who looked at nearly as many numbers in a day as she may: whoever is on duty is to ask the store why."""
    with office.engine.connect() as connection:
        alarms = reveal_alarms(connection, clock.now_ms(), args.days)
    lines = [
        f"{one.day}  {one.store_code} {one.store}  {one.guide} ({one.number}) 查看了 {one.clients} 位客户的号码,"
        f" 每天最多 {one.limit} 位"
        for one in alarms
    ]
    doc = {"days": args.days, "alarms": [asdict(one) for one in alarms]}
    return Outcome(doc, lines or ["没有人接近上限。"], ATTENTION if alarms else DONE)


def _lost_lines(loss: Loss, out: Path | None) -> list[str]:
    line = loss.device
    heard = f"{china_datetime(line.last_contact_ms):%Y-%m-%d %H:%M}"
    if line.wiped_ms is not None:
        return [f"「{line.name}」已报告销毁了客户本, 上面没有客户资料。"]
    shut = "已停用" if line.revoked_ms is not None else "还没有停用: 加 --revoke 立即停用"
    lines = [
        f"{line.store_code} 的「{line.name}」, 上次联系 {heard}, {shut}。",
        f"能看到的门店: {'、'.join(loss.stores)}。",
        f"可能涉及 {len(loss.clients):,} 位客户, 另有 {loss.erased} 位此后已抹除。",
        *(f"  {one.store_code}  {one.client_id}  {one.name}  {mask_phone(one.phone)}" for one in loss.clients[:_SHOWN]),
    ]
    if len(loss.clients) > _SHOWN:
        lines.append(f"  … 共 {len(loss.clients):,} 位, 全部名单: --out 文件.csv")
    if out is not None:
        lines.append(f"名单在 {out} (有个人信息)。之后怎样做: docs/breach.md。")
    return lines


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as e:
        raise InvalidInputError("audit.days", f"「{text}」不是日期。", "写法: 2026-12-31") from e
