"""Verbs about head office: init, login, sync, status."""

from __future__ import annotations

import argparse
import platform
import sys
from contextlib import closing
from importlib.metadata import version
from typing import Any

from guide_app.base.clock import china_datetime
from guide_app.base.errors import InvalidInputError
from guide_app.cli.context import Place
from guide_app.cli.link import OfficeLink, office_link
from guide_app.cli.outcome import Exit, Outcome
from guide_app.cli.signals import asked_to_end
from guide_app.flows.desk import Desk
from guide_app.sync.enrol import Application, enrol
from guide_app.sync.pictures import PictureRun, PictureState
from guide_app.sync.queries import SyncQueries
from guide_app.sync.report import ScopeState, SyncReport
from guide_app.sync.transport import Transport
from guide_app.sync.watch import SyncStatus, SyncWatch

_KIB = 1024
#: How long a wait may last without looking for signals: Windows tells of them only in between.
_LISTEN_SECONDS = 0.5


def init(desk: Desk, place: Place, args: argparse.Namespace) -> Outcome:
    """`init`: enrol this PC; the recovery key is shown this once."""
    origin = args.office or place.office
    if not origin:
        raise InvalidInputError("office.missing", "没有总部地址。", "加上 --office https://… 或设置 GUIDE_OFFICE。")
    application = Application(args.code, args.name or platform.node(), version("guide-desk"), place.key())
    with closing(Transport(origin, None, desk.clock)) as transport:
        here = enrol(desk.db, transport, origin, application, rejoin=args.rejoin)
    doc = {
        "device_id": here.device_id, "store": here.store_name, "scopes": list(here.scopes),
        "recovery_key": here.recovery_key,
    }  # fmt: skip
    lines = [
        f"已登记到「{here.store_name}」。设备 {here.device_id}",
        f"恢复密钥 (只显示这一次, 请抄下保管): {here.recovery_key}",
    ]
    return Outcome(doc, lines)


def login(desk: Desk, args: argparse.Namespace) -> Outcome:
    """`login`: the PIN comes from standard input."""
    if sys.stdin.isatty():
        sys.stderr.write("PIN: ")
    actor = desk.roster.login(args.guide, sys.stdin.readline().strip())
    doc = {"guide_id": actor.guide_id, "number": actor.number, "name": actor.name, "role": actor.role}
    return Outcome(doc, [f"{actor.name} ({actor.number}) 当班。"])


def sync(desk: Desk, place: Place, args: argparse.Namespace) -> Outcome:
    """`sync --once`: one round. `sync --watch`: keep going until interrupted."""
    with office_link(desk, place) as link:
        if args.watch:
            with closing(PictureRun(link.pictures, _keep_quiet)) as pictures:
                return _watch(desk, link, pictures)
        report = link.engine.run_once()
        fetched = link.pictures.fetch() if args.pictures else 0
    doc = _report(report) | {"pictures": fetched}
    told = f"上交 {report.pushed} · 收到 {report.pulled} · 未被接受 {report.rejected} · 被覆盖 {report.merged}"
    lines = [
        f"{told} · {report.seconds:.1f} 秒",
        *(_scope_line(scope) for scope in report.scopes),
    ]
    return Outcome(doc, lines, Exit.ATTENTION if report.needs_attention else Exit.DONE)


def status(desk: Desk) -> Outcome:
    """`status`: what a helpdesk asks first."""
    standing = SyncQueries(desk.db).standing()
    doc: dict[str, Any] = {
        "version": version("guide-desk"),
        "enrolled": standing.enrolled,
        "device_id": standing.device_id,
        "store": standing.store_name,
        "brand": standing.brand,
        "office": standing.office,
        "scopes": [_scope(scope) for scope in standing.scopes],
        "outbox": {"waiting": standing.waiting, "oldest_ms": standing.oldest_ms},
        "parked": standing.parked,
        "conflicts": standing.conflicts,
        "quarantined": standing.quarantined,
        "last_contact_ms": standing.last_contact_ms,
        "clock_offset_ms": standing.clock_offset_ms,
        "schema": standing.schema,
        "database": {"schema": standing.database_version, "bytes": standing.database_bytes},
    }
    lines = [
        f"导购台 {doc['version']} · 数据库 {standing.database_bytes // _KIB} KiB",
        f"{standing.brand} {standing.store_name} · {standing.office}" if standing.enrolled else "尚未登记",
        f"待上交 {standing.waiting} · 未被接受 {standing.parked} · 被覆盖 {standing.conflicts}",
        f"上次联系 {china_datetime(standing.last_contact_ms):%Y-%m-%d %H:%M}"
        if standing.last_contact_ms
        else "还没有联系过总部",
        *(_scope_line(scope) for scope in standing.scopes),
    ]
    attention = standing.parked or standing.conflicts or standing.quarantined
    code = Exit.LOCKED if not standing.enrolled else Exit.ATTENTION if attention else Exit.DONE
    return Outcome(doc, lines, code)


def erase(desk: Desk, place: Place, args: argparse.Namespace) -> Outcome:
    """`erase ID --reason`: asks head office, purges here, and says what stays elsewhere until it is confirmed.

    Raises OfficeUnreachableError when the office cannot be reached: the request is kept and carried out later.
    """
    before = desk.clients.traces(args.id)
    name = desk.client_deeds.erase(args.id, args.reason, desk.roster.acting())
    with office_link(desk, place) as link:
        report = link.engine.run_once()
    left = desk.clients.traces(args.id)
    doc: dict[str, Any] = {
        "id": args.id, "erased_here": dict(before), "left_here": dict(left), "office": "refused" if left else "erased",
        "elsewhere": "本店其他电脑在下次联系总部时抹除; 备份按保留清单到期销毁; 小票与归属不含客户身份, 依法保留。",
    }  # fmt: skip
    lines = [
        f"{name}: 本机抹除 {sum(before.values()) - sum(left.values())} 条, 剩 {sum(left.values())} 条。",
        doc["elsewhere"],
    ]
    return Outcome(doc, lines, Exit.ATTENTION if left or report.rejected else Exit.DONE)


def _watch(desk: Desk, link: OfficeLink, pictures: PictureRun) -> Outcome:
    watch = SyncWatch(desk.db, link.engine, after_round=lambda _: pictures.wake(), hints=link.hints)

    def tell(now: SyncStatus) -> None:
        sys.stderr.write(f"{now.state} · 待上交 {now.waiting} {now.last_error}\n")

    watch.on_status(tell)
    watch.on_status(lambda now: pictures.give_way(on=now.state == "syncing"))
    with asked_to_end() as over:
        watch.start()
        while not over.wait(_LISTEN_SECONDS):
            pass
        watch.stop()
    last = watch.status
    return Outcome(
        {"state": last.state, "waiting": last.waiting, "last_contact_ms": last.last_contact_ms}, ["已停止。"]
    )


def _keep_quiet(state: PictureState) -> None:
    """Pictures are told of nowhere: standard error is the records'."""
    del state


def _report(report: SyncReport) -> dict[str, Any]:
    return {
        "pushed": report.pushed, "pulled": report.pulled, "rejected": report.rejected, "merged": report.merged,
        "seconds": round(report.seconds, 3), "scopes": [_scope(scope) for scope in report.scopes],
        "repaired": list(report.repaired),
    }  # fmt: skip


def _scope(scope: ScopeState) -> dict[str, Any]:
    return {
        "scope": scope.scope, "seq": scope.seq, "digest": scope.held_digest, "office_digest": scope.office_digest,
        "equal": scope.equal, "records": scope.n_live,
    }  # fmt: skip


def _scope_line(scope: ScopeState) -> str:
    said = {True: "一致", False: "不一致", None: "尚未比对"}[scope.equal]
    return f"{scope.scope}  seq {scope.seq}  {scope.n_live} 条  校验 {scope.held_digest} {said}"
