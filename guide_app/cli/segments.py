"""Verbs on segments and tags."""

from __future__ import annotations

import argparse
from typing import Any

import msgspec

from guide_app.base.clock import china_date
from guide_app.base.errors import InvalidInputError
from guide_app.cli.outcome import Exit, Outcome
from guide_app.flows.desk import Desk
from guide_app.segments import grids
from guide_app.segments import model as m
from guide_app.segments.parse import parse


def segments(desk: Desk, args: argparse.Namespace) -> Outcome:
    """`segments list|count|members|overlap|keep|end`."""
    deeds = {
        "list": _list, "count": _count, "members": _members, "overlap": _overlap, "keep": _keep, "end": _end,
    }  # fmt: skip
    return deeds[args.deed](desk, args)


def tags(desk: Desk, args: argparse.Namespace) -> Outcome:
    """`tags show|wrong|run`."""
    deeds = {"show": _show_tags, "wrong": _wrong_tag, "run": _run_rules}
    return deeds[args.deed](desk, args)


def _list(desk: Desk, _args: argparse.Namespace) -> Outcome:
    viewer = desk.roster.acting().guide_id
    kept = [
        {"id": one.id, "name": one.name, "mode": one.mode, "shared": one.shared, "mine": one.mine,
         "clients": desk.segments.count(one.rule, viewer)}
        for one in desk.segments.kept(viewer)
    ]  # fmt: skip
    stages, grid = desk.segments.stages(viewer), desk.segments.grid(viewer)
    lines = [f"{one['name']}  {one['clients']} 位  {one['id']}" for one in kept]
    lines += [f"{name}  {stages[stage]} 位  {stage}" for stage, name in grids.STAGE_NAMES.items()]
    return Outcome({"segments": kept, "stages": stages, "grid": grid}, lines)


def _count(desk: Desk, args: argparse.Namespace) -> Outcome:
    viewer = desk.roster.acting().guide_id
    reach = desk.segments.reach(_rule(desk, args.what, viewer), viewer, args.purpose)
    lines = [f"{reach.total} 位, 能联系 {reach.reached} 位"]
    lines += [f"  {reason}: {number}" for reason, number in reach.left_out.items()]
    return Outcome({"clients": reach.total, "reached": reach.reached, "left_out": reach.left_out}, lines)


def _members(desk: Desk, args: argparse.Namespace) -> Outcome:
    viewer = desk.roster.acting().guide_id
    found = desk.segments.members(_rule(desk, args.what, viewer), viewer, limit=args.limit)
    rows = [msgspec.to_builtins(member) for member in found]
    lines = [f"{member.name}  {member.orders} 单  {_day(member.last_at)}  {member.id}" for member in found]
    return Outcome({"clients": rows}, lines or ["没有符合的客户。"])


def _overlap(desk: Desk, args: argparse.Namespace) -> Outcome:
    viewer = desk.roster.acting().guide_id
    both = desk.segments.overlap(_rule(desk, args.what, viewer), _rule(desk, args.other, viewer), viewer)
    lines = [f"{both.first} 位和 {both.second} 位, 其中 {both.both} 位相同"]
    return Outcome({"first": both.first, "second": both.second, "both": both.both}, lines)


def _keep(desk: Desk, args: argparse.Namespace) -> Outcome:
    actor = desk.roster.acting()
    rule = _rule(desk, args.what, actor.guide_id)
    if args.frozen:
        found = desk.segments.ids(rule, actor.guide_id)
        kept = desk.segment_deeds.keep_list(args.name, found, actor, shared=args.shared)
    else:
        kept = desk.segment_deeds.keep(args.name, rule, actor, shared=args.shared)
    return Outcome({"id": kept, "name": args.name}, [f"已保存「{args.name}」: {kept}"])


def _end(desk: Desk, args: argparse.Namespace) -> Outcome:
    desk.segment_deeds.end(args.what, desk.roster.acting())
    return Outcome({"id": args.what}, ["已不再保留。"])


def _show_tags(desk: Desk, args: argparse.Namespace) -> Outcome:
    viewer = desk.roster.acting().guide_id
    found = desk.tags.of_client(args.id, viewer)
    barred = [{"id": bar, "name": name, "why": why} for bar, name, why in desk.tags.barred(args.id)]
    lines = [f"{tag.name}  {tag.guide_name or tag.origin}  {_day(tag.at)}  {tag.why}".rstrip() for tag in found]
    doc: dict[str, Any] = {"id": args.id, "tags": [msgspec.to_builtins(tag) for tag in found], "barred": barred}
    return Outcome(doc, lines or ["没有标签。"])


def _wrong_tag(desk: Desk, args: argparse.Namespace) -> Outcome:
    bar = desk.tag_deeds.wrong(args.id, args.name, args.why, desk.roster.acting())
    return Outcome({"id": args.id, "barred": bar}, [f"已去掉「{args.name}」, 规则不会再打上。"])


def _run_rules(desk: Desk, _args: argparse.Namespace) -> Outcome:
    actor = desk.roster.acting()
    report, begun = desk.auto_tags.run(actor), desk.auto_sops.run(actor)
    doc = {"hung": report.hung, "expired": report.expired, "begun": begun, "faults": list(report.faults)}
    lines = [f"新打 {report.hung} 个, 到期去掉 {report.expired} 个; 开始流程 {begun} 个。", *report.faults]
    return Outcome(doc, lines, Exit.ATTENTION if report.faults else Exit.DONE)


def _rule(desk: Desk, what: str, viewer: str) -> m.Rule:
    """The rule that a word on the command line means. Raises InvalidInputError, NotFoundError."""
    if what.lstrip().startswith("{"):
        try:
            return parse(msgspec.json.decode(what.encode()))
        except msgspec.DecodeError as e:
            raise InvalidInputError("segment.json", f"规则不是合格的 JSON: {e}。", "请核对引号与括号。") from e
    built_in: dict[str, m.Rule] = {**grids.stages(), **grids.cells()}
    return built_in[what] if what in built_in else desk.segments.one(what, viewer).rule


def _day(ms: int) -> str:
    return china_date(ms).isoformat() if ms else "-"
