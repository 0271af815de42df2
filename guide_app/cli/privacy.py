"""Verbs of privacy: privacy ledger|grant|withdraw|reveal|copy|review|doubles|log."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

import msgspec

from guide_app.base.clock import DAY_MS, china_datetime
from guide_app.base.errors import GuideError
from guide_app.base.phone import mask_phone
from guide_app.cli.outcome import Exit, Outcome
from guide_app.flows.desk import Desk
from guide_app.flows.take_copy import take_copy
from guide_app.privacy.doubles import Person
from guide_app.privacy.model import Agreement

_STANDING = {"granted": "同意", "withdrawn": "已撤回", "unasked": "未询问"}
_PURPOSE = {
    "service": "一对一联系", "marketing": "接收优惠", "profiling": "按习惯推荐 (画像)", "sensitive": "敏感信息",
    "child": "孩子的信息", "share": "提供给他人",
}  # fmt: skip
_CHANNEL = {"any": "全部渠道", "wechat": "微信", "phone": "电话", "sms": "短信", "visit": "到店"}
_WHY = {"phone": "手机号相同", "wechat": "微信相同", "birthday": "姓名和生日相同"}


def privacy(desk: Desk, args: argparse.Namespace) -> Outcome:
    """One deed of `guide privacy`."""
    deeds = {
        "ledger": _ledger, "grant": _grant, "withdraw": _withdraw, "reveal": _reveal, "copy": _copy,
        "review": _review, "doubles": _doubles, "log": _log,
    }  # fmt: skip
    return deeds[args.deed](desk, args)


def _ledger(desk: Desk, args: argparse.Namespace) -> Outcome:
    desk.roster.acting()
    ledger = desk.privacy.ledger(args.id)
    held = ledger.agreements(desk.clock.now_ms())
    doc = {
        "id": args.id,
        "contact_state": ledger.contact_state,
        "agreements": [_agreement(one) for one in held],
        "facts": [msgspec.structs.asdict(fact) for fact in ledger.facts],
    }
    return Outcome(doc, [_line(one) for one in held] or ["没有登记过同意。"])


def _grant(desk: Desk, args: argparse.Namespace) -> Outcome:
    held = desk.privacy_deeds.grant(
        args.id, args.purpose, desk.roster.acting(), channel=args.channel, version=args.version, way=args.way,
        proof=args.proof,
    )  # fmt: skip
    return Outcome(_agreement(held), [_line(held)])


def _withdraw(desk: Desk, args: argparse.Namespace) -> Outcome:
    held = desk.privacy_deeds.withdraw(
        args.id, args.purpose, desk.roster.acting(), channel=args.channel, proof=args.proof
    )
    return Outcome(_agreement(held), [_line(held)])


def _reveal(desk: Desk, args: argparse.Namespace) -> Outcome:
    actor = desk.roster.acting()
    phone = desk.privacy_deeds.reveal_phone(args.id, args.reason, actor)
    left = desk.privacy.reveals_left(actor.guide_id)
    return Outcome({"id": args.id, "phone": phone, "left_today": left}, [phone, f"今天还可查看 {left} 位。"])


def _copy(desk: Desk, args: argparse.Namespace) -> Outcome:
    done = take_copy(desk.db, desk.clock, desk.roster.acting(), args.id, args.dir, proven_by=args.proven_by)
    doc = {
        "folder": str(done.folder), "records": dict(done.records), "withheld": done.withheld, "sha256": done.sha256,
    }  # fmt: skip
    lines = [f"副本在 {done.folder}: copy.html 供阅读和打印, copy.json 供其他程序读取。"]
    if done.withheld:
        lines.append(f"{done.withheld} 条由其他同事本人保管, 只列出了是谁的。")
    return Outcome(doc, lines)


def _review(desk: Desk, args: argparse.Namespace) -> Outcome:
    desk.roster.acting()
    found = desk.privacy.reviews(args.limit)
    doc = {"clients": [{**asdict(one.touches), "days": one.days, "reason": one.reason} for one in found]}
    lines = [f"{one.touches.client_id}  {one.touches.name}  {one.reason}" for one in found]
    return Outcome(doc, lines or ["没有须复核的客户。"])


def _doubles(desk: Desk, _args: argparse.Namespace) -> Outcome:
    desk.roster.acting()
    pairs = desk.privacy.doubles()
    doc = {"pairs": [{"gone": _person(p.gone), "stays": _person(p.stays), "why": list(p.why)} for p in pairs]}
    lines = [
        f"{p.gone.id} {p.gone.name} → {p.stays.id} {p.stays.name}  {'、'.join(_WHY[why] for why in p.why)}"
        for p in pairs
    ]
    return Outcome(doc, lines or ["没有发现重复的客户。"])


def _log(desk: Desk, args: argparse.Namespace) -> Outcome:
    if not desk.roster.acting().is_manager:
        raise GuideError("log.not_manager", "查看日志由店长办理。", "请店长登录后再看。")
    found = desk.privacy.accesses(desk.clock.now_ms() - args.days * DAY_MS)
    lines = [
        f"{china_datetime(one.at):%Y-%m-%d %H:%M}  {one.guide}  {one.deed}  {one.client or f'{one.records:,} 行'}"
        f"  {one.reason}"
        for one in found
    ]
    alarms = desk.privacy.alarms()
    lines = [
        *(f"注意: {one.guide} 今天已查看 {one.clients} 位客户的号码 (上限 {one.limit})。" for one in alarms),
        *(lines or ["这段时间没有记录。"]),
    ]
    doc = {"accesses": [asdict(one) for one in found], "alarms": [asdict(one) for one in alarms]}
    return Outcome(doc, lines, Exit.ATTENTION if alarms else Exit.DONE)


def _agreement(held: Agreement) -> dict[str, Any]:
    since = held.since
    return {
        "purpose": held.purpose, "channel": held.channel, "standing": held.standing,
        "since": since.at if since else None, "version": since.version if since else "",
    }  # fmt: skip


def _line(held: Agreement) -> str:
    since = f" 自 {china_datetime(held.since.at):%Y-%m-%d %H:%M}" if held.since else ""
    return f"{_PURPOSE[held.purpose]} / {_CHANNEL[held.channel]}  {_STANDING[held.standing]}{since}"


def _person(person: Person) -> dict[str, str]:
    return {"id": person.id, "name": person.name, "phone": mask_phone(person.phone)}
