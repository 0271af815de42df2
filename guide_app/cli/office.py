"""Verbs about head office: init, login, sync, status."""

from __future__ import annotations

import argparse
import platform
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from importlib.metadata import version
from typing import Any
from urllib.parse import urlsplit

from guide_app.base.clock import china_datetime
from guide_app.base.errors import InvalidInputError, LockedError, OfficeUnreachableError
from guide_app.cli.context import Place
from guide_app.cli.link import OfficeLink, office_link
from guide_app.cli.outcome import Exit, Outcome
from guide_app.cli.refill import Refill
from guide_app.cli.signals import asked_to_end
from guide_app.cli.status import held_line, scope_doc, scope_line
from guide_app.cli.team import names_of
from guide_app.flows.desk import Desk
from guide_app.store.photos import n_unsent
from guide_app.sync import removal
from guide_app.sync.enrol import Application, enrol
from guide_app.sync.health import TeamPc
from guide_app.sync.pictures import PictureRun, PictureState
from guide_app.sync.queries import SyncQueries
from guide_app.sync.report import SyncReport
from guide_app.sync.transport import Transport
from guide_app.sync.watch import SyncStatus, SyncWatch

#: How long a wait may last without looking for signals: Windows tells of them only in between.
_LISTEN_SECONDS = 0.5


def init(desk: Desk, place: Place, args: argparse.Namespace) -> Outcome:
    """`init`: enrol this PC; the recovery key is shown this once."""
    origin = args.office or place.office
    if not origin:
        raise InvalidInputError("office.missing", "没有总部地址。", "加上 --office https://… 或设置 GUIDE_OFFICE。")
    if not _is_web_address(origin):
        raise InvalidInputError(
            "office.address", "「{given}」不是总部地址。", "地址要写全, 如 https://office.example.com。", given=origin
        )
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


def _is_web_address(text: str) -> bool:
    """Whether it names a scheme of the web and a host: a mistyped address is not a line that is down (exit code 4)."""
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, brackets that are no IPv6 address
        return False


def login(desk: Desk, args: argparse.Namespace) -> Outcome:
    """`login`: the PIN comes from standard input."""
    if sys.stdin.isatty():
        sys.stderr.write("PIN: ")
    actor = desk.roster.login(args.guide, sys.stdin.readline().strip())
    doc = {"guide_id": actor.guide_id, "number": actor.number, "name": actor.name, "role": actor.role}
    return Outcome(doc, [f"{actor.name} ({actor.number}) 当班。"])


def sync(desk: Desk, place: Place, args: argparse.Namespace) -> Outcome:
    """`sync --once`: one round, and one more for allotments. `sync --watch`: keep going until interrupted.

    Scopes named by `--allow-removal` may lose the many records that head office no longer has. Raises NotFoundError for
    one where nothing is held.
    """
    for scope in args.allow_removal:
        removal.allow(desk.db, scope, _acting(desk))
    with office_link(desk, place) as link:
        if args.watch:
            with closing(PictureRun(link.pictures, _keep_quiet, link.photos)) as pictures:
                return _watch(desk, link, pictures)
        report = _round(desk, link)
        told_photos = _carry_photos(desk, link)
        fetched = link.pictures.fetch() if args.pictures else 0
    held = SyncQueries(desk.db).held_removals()
    doc = _report(report) | told_photos | {"pictures": fetched, "held": [one.scope for one in held if not one.allowed]}
    told = f"上交 {report.pushed} · 收到 {report.pulled} · 未被接受 {report.rejected} · 被覆盖 {report.merged}"
    lines = [
        f"{told} · {report.seconds:.1f} 秒",
        *(scope_line(scope) for scope in report.scopes),
        *(held_line(one) for one in held),
    ]
    return Outcome(doc, lines, Exit.ATTENTION if report.needs_attention or doc["held"] else Exit.DONE)


def _round(desk: Desk, link: OfficeLink) -> SyncReport:
    """A round, and a second one at once where the acting guide's allotments had to be asked for."""
    first = link.engine.run_once()
    if not _refilled(desk, Refill(desk.allotments, desk.clock)):
        return first
    second = link.engine.run_once()
    return replace(
        second,
        pushed=first.pushed + second.pushed,
        pulled=first.pulled + second.pulled,
        rejected=first.rejected + second.rejected,
        merged=first.merged + second.merged,
        seconds=first.seconds + second.seconds,
        repaired=(*first.repaired, *second.repaired),
    )


def _refilled(desk: Desk, refill: Refill) -> bool:
    """Whether allotments are asked for; they are a guide's, so somebody has to act."""
    try:
        return refill.ask(desk.roster.acting("rules")) > 0
    except LockedError:
        return False


def _carry_photos(desk: Desk, link: OfficeLink) -> dict[str, int]:
    """Photos of clients and receipts travel after the records; those that cannot now wait for the next round."""
    try:
        carried = link.photos.carry()
    except OfficeUnreachableError as e:
        sys.stderr.write(f"{e}\n")
        carried = 0
    return {"photos": carried, "photos_waiting": desk.db.query(n_unsent)}


def erase(desk: Desk, place: Place, args: argparse.Namespace) -> Outcome:
    """`erase ID --reason`: asks head office, purges here, and says what stays elsewhere until it is confirmed.

    Raises OfficeUnreachableError when the office cannot be reached: the request is kept and carried out later.
    """
    before = desk.clients.traces(args.id)
    name = desk.client_deeds.erase(args.id, args.reason, desk.roster.acting())
    with office_link(desk, place) as link:
        report = link.engine.run_once()
    left = desk.clients.traces(args.id)
    pcs = SyncQueries(desk.db).team_pcs()
    others, names = [pc for pc in pcs if not pc.here], names_of(pcs)
    doc: dict[str, Any] = {
        "id": args.id, "erased_here": dict(before), "left_here": dict(left), "office": "refused" if left else "erased",
        "elsewhere": "本店其他电脑下次联系总部时抹除并确认; 备份按保留清单到期销毁; 小票与归属不含客户身份, 依法保留。",
        "unconfirmed": [
            {"id": pc.id, "name": pc.name, "last_contact_ms": pc.last_contact_ms, "revoked": pc.revoked}
            for pc in others
        ],
    }  # fmt: skip
    lines = [
        f"{name}: 本机抹除 {sum(before.values()) - sum(left.values())} 条, 剩 {sum(left.values())} 条。",
        *(_may_hold(pc, names[pc.id]) for pc in others),
        doc["elsewhere"],
    ]
    return Outcome(doc, lines, Exit.ATTENTION if left or report.rejected else Exit.DONE)


def _may_hold(pc: TeamPc, name: str) -> str:
    heard = f"{china_datetime(pc.last_contact_ms):%Y-%m-%d %H:%M}" if pc.last_contact_ms else "从未"
    stands = "已停用, 清除前仍可能有" if pc.revoked else "确认之前仍可能有"
    return f"「{name}」{stands}: 上次联系总部 {heard}。"


def _watch(desk: Desk, link: OfficeLink, pictures: PictureRun) -> Outcome:
    refill = Refill(desk.allotments, desk.clock)

    def after(_stopping: Callable[[], bool]) -> None:
        pictures.wake()
        _refilled(desk, refill)

    watch = SyncWatch(desk.db, link.engine, after_round=after, hints=link.hints)

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


def _acting(desk: Desk) -> str | None:
    """The acting guide's id; staff may also sync while nobody is at work."""
    try:
        return desk.roster.acting().guide_id
    except LockedError:
        return None


def _keep_quiet(state: PictureState) -> None:
    """Pictures are told of nowhere: standard error is the records'."""
    del state


def _report(report: SyncReport) -> dict[str, Any]:
    return {
        "pushed": report.pushed, "pulled": report.pulled, "rejected": report.rejected, "merged": report.merged,
        "seconds": round(report.seconds, 3), "scopes": [scope_doc(scope) for scope in report.scopes],
        "repaired": list(report.repaired),
    }  # fmt: skip
