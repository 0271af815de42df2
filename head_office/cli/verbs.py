"""The short verbs: schema, check, devices, keys."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import asdict

from guide_app.base.clock import Clock, china_datetime
from guide_app.base.ids import parse_id
from head_office.cli.database import Office
from head_office.cli.outcome import DONE, FAILED, Outcome
from head_office.clients.company_view import refresh_company_views
from head_office.clients.photos import drop_stray_photos
from head_office.enrolment.codes import make_enrol_code
from head_office.enrolment.devices import DeviceLine, list_devices, revoke
from head_office.enrolment.escrow import recovery_key
from head_office.feed.check import check_feed, check_notes
from head_office.feed.tidy import tidy
from head_office.feed.write import in_transaction
from head_office.publishing.service import publish
from head_office.store.migrate import is_current, upgrade
from head_office.store.secret import load_secret


def migrate_verb(office: Office) -> Outcome:
    """Bring the schema up to date."""
    before = is_current(office.engine)
    upgrade(office.engine)
    line = "表结构已是最新。" if before else "表结构已升级。"
    return Outcome({"current": True, "changed": not before}, [line])


def check_verb(office: Office, clock: Clock) -> Outcome:
    """Schema, digests, orphans, and what waits for staff."""
    if not is_current(office.engine):
        return Outcome(
            {"ok": False, "schema": "outdated"}, ["表结构不是本程序的版本: 先运行 head-office migrate。"], FAILED
        )
    report = check_feed(office.engine)
    notes = check_notes(office.engine, clock.now_ms())
    lines = [
        f"{report.scopes} 个范围, {report.records} 条记录, 摘要{'一致' if not report.faults else '不一致'}。",
        *report.faults,
        *(f"孤立记录: {what} {count} 条" for what, count in report.orphans.items()),
        *(f"{name}: {head.n_live} 条, 序号 {head.seq}, 摘要 {head.digest}" for name, head in report.heads.items()),
        *(f"待办: {what} {count}" for what, count in notes.items()),
    ]
    doc = {"ok": report.ok, "schema": "current", **asdict(report), "notes": notes}
    return Outcome(doc, lines, DONE if report.ok else FAILED)


def tidy_verb(office: Office, _args: argparse.Namespace, clock: Clock) -> Outcome:
    """Let go of what is past its time."""
    done = tidy(office.engine, clock.now_ms())
    photos = in_transaction(office.engine, drop_stray_photos)
    line = (
        f"删除过期的墓碑 {done.tombstones}、接口应答 {done.answers}、上传结果 {done.results}、"
        f"拒收的修改 {done.quarantined}、登记码 {done.codes}、无主的照片 {photos}。"
    )
    return Outcome({**asdict(done), "photos": photos}, [line])


def company_views_verb(office: Office, _args: argparse.Namespace, clock: Clock) -> Outcome:
    """Tell each store how often others contacted her clients."""
    done = refresh_company_views(office.engine, clock.now_ms())
    return Outcome(asdict(done), [f"{done.persons} 位客户在两家以上门店有档, 更新 {done.written} 条联系概况。"])


def publish_verb(office: Office, args: argparse.Namespace, clock: Clock) -> Outcome:
    """Publish a file of head office's."""
    done = publish(office.engine, args.file, clock.now_ms(), args.by)
    words = {"added": "新增", "changed": "修改", "unchanged": "无变化"}
    lines = [
        f"{word} {'、'.join(f'{kind} {n}' for kind, n in counts.items())}"
        for name, word in words.items()
        if (counts := asdict(done)[name])
    ]
    lines += [f"等待另一位同事批准: {name} (head-office tasks approve)" for name in done.waiting]
    return Outcome(asdict(done), lines or ["文件里没有可发布的内容。"])


def enrol_code_verb(office: Office, args: argparse.Namespace, clock: Clock) -> Outcome:
    """A one-time code."""
    now = clock.now_ms()
    code = in_transaction(office.engine, lambda c: make_enrol_code(c, args.store, now, hours=args.valid))
    until = now + int(args.valid * 3_600_000)
    lines = [f"登记码  {code}", f"门店 {args.store}, 用一次, 有效至 {china_datetime(until):%Y-%m-%d %H:%M}"]
    return Outcome({"code": code, "store": args.store, "expires_ms": until}, lines)


def devices_verb(office: Office) -> Outcome:
    """All devices."""
    with office.engine.connect() as connection:
        devices = list_devices(connection)
    lines = [
        f"{d.id}  {d.store_code:<8} {d.name:<16} {d.app_version:<10} 第 {d.last_mid} 号修改 "
        f" {china_datetime(d.last_contact_ms):%Y-%m-%d %H:%M}{_state(d)}"
        for d in devices
    ]
    return Outcome({"devices": [asdict(d) for d in devices]}, lines or ["还没有设备。"])


def revoke_verb(office: Office, args: argparse.Namespace, clock: Clock) -> Outcome:
    """Shut a device out."""
    line = in_transaction(office.engine, lambda c: revoke(c, _id(args.device), clock.now_ms()))
    text = f"已停用 {line.store_code} 的「{line.name}」; 它分享过的链接照常有效, 不能再签发新的。"
    return Outcome({"revoked": line.id}, [text])


def recovery_key_verb(office: Office, args: argparse.Namespace, clock: Clock, environ: Mapping[str, str]) -> Outcome:
    """The escrowed key of a device."""
    secret, device_id = load_secret(office.data_dir, environ), _id(args.device)
    key = in_transaction(office.engine, lambda c: recovery_key(c, secret, device_id, clock.now_ms()))
    lines = [f"恢复密钥  {key}", "用法: guide restore 备份文件 --recovery-key 恢复密钥"]
    return Outcome({"device": device_id, "recovery_key": key}, lines)


def _state(line: DeviceLine) -> str:
    if line.wiped_ms is not None:
        return f"  已停用, {china_datetime(line.wiped_ms):%Y-%m-%d %H:%M} 已清除"
    return "  已停用, 还没报告清除" if line.revoked_ms is not None else ""


def _id(text: str) -> str:
    try:
        return parse_id(text)
    except ValueError:
        return text  # the look-up says that there is no such device
