"""What `doctor` finds out about sync: what waits for a decision, whether what is held is what the office has."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from functools import partial

from sqlalchemy import Connection

from guide_app.base.clock import DAY_MS, china_datetime
from guide_app.base.errors import GuideError
from guide_app.cli.context import Place
from guide_app.cli.finding import Finding, checked
from guide_app.cli.link import office_link
from guide_app.cli.status import held_line
from guide_app.cli.team import names_of
from guide_app.flows.desk import Desk
from guide_app.protocol.scopes import Scope
from guide_app.store import cursors
from guide_app.store.device import enrolled_device
from guide_app.store.holding import held_digest
from guide_app.sync.blobs import BlobStore
from guide_app.sync.health import TeamPc
from guide_app.sync.office import Office
from guide_app.sync.queries import SyncQueries
from guide_app.sync.transport import Transport

_CLOCK_TOLERANCE_MS = 5 * 60_000
_OFFLINE_DAYS = 30
_CONFIRM_DAYS = 7
_HINT_SECONDS = 1


def sync_findings(desk: Desk, place: Place) -> Iterator[Finding]:
    """First the contact with head office, which may mend what follows; then everything that can be seen here."""
    queries = SyncQueries(desk.db)
    standing = queries.standing()
    yield Finding("登记", standing.enrolled, standing.store_name or "运行 guide init。")
    if not standing.enrolled:
        return
    yield checked("总部", lambda: _contact(desk, place))
    yield Finding("即时消息", True, _hint(desk, place))
    yield from _contacts(desk, queries)
    yield from _decisions(queries)
    yield from _digests(desk, queries)
    yield from _owed(desk, place, queries)
    pcs = queries.team_pcs()
    names = names_of(pcs)
    yield from (_pc(pc, names[pc.id], desk.clock.now_ms()) for pc in pcs if not pc.here)


def _contact(desk: Desk, place: Place) -> str:
    with office_link(desk, place) as link:
        report = link.engine.run_once()
    return f"可以联系, {report.seconds:.1f} 秒"


def _hint(desk: Desk, place: Place) -> str:
    """Whether head office tells of news at once; where it does not, this PC looks by itself: slower, not wrong."""
    device = desk.db.query(enrolled_device)
    with closing(Transport(place.office or device.office, device.token, desk.clock)) as transport:
        try:
            Office(transport).hint(desk.db.query(cursors.known_heads), _HINT_SECONDS)
        except GuideError as e:
            return f"不通, 改为定时查看 ({e.code})"
    return "通畅"


def _contacts(desk: Desk, queries: SyncQueries) -> Iterator[Finding]:
    now, standing, health = desk.clock.now_ms(), queries.standing(), queries.health()
    last = standing.last_contact_ms
    days = (now - last) // DAY_MS if last else None
    said = f"{days} 天前" if days is not None else "从未"
    yield Finding("上次联系", days is not None and days < _OFFLINE_DAYS, said)
    skew = standing.clock_offset_ms
    yield Finding("电脑时间", abs(skew) < _CLOCK_TOLERANCE_MS, f"与总部相差 {round(skew / 1000)} 秒")
    yield Finding("待上交", True, f"{standing.waiting} 条, {health.waiting_bytes} 字节")
    known = "与总部可核对" if health.chain or not health.acked_mid else "下次上交后可与总部核对"
    yield Finding("上交链", True, f"已结 {health.acked_mid} / {health.last_mid} 号, {known}")


def _decisions(queries: SyncQueries) -> Iterator[Finding]:
    standing, health = queries.standing(), queries.health()
    yield Finding("未被接受", not standing.parked, _count(standing.parked, "guide parked list 列出"))
    yield Finding("被覆盖", True, f"{standing.conflicts} 条")
    yield Finding("读不懂的记录", not standing.quarantined, f"{standing.quarantined} 条")
    yield Finding("留给新版本的记录", True, f"{health.unknown_kinds} 条")
    held = queries.held_removals()
    open_ones = [one for one in held if not one.allowed]
    yield Finding("批量删除", not open_ones, " · ".join(map(held_line, held)) or "没有等待确认的")


def _digests(desk: Desk, queries: SyncQueries) -> Iterator[Finding]:
    """Each scope's digest as it is counted now, over the rows themselves, beside head office's."""
    repaired = queries.health().repaired_at
    for scope in queries.standing().scopes:
        counted, n_held = desk.db.query(partial(_counted, scope.scope))
        same = counted == scope.office_digest if scope.office_digest else None
        verdict = {True: "一致", False: f"不一致 (总部 {scope.office_digest})", None: "尚未比对"}[same]
        said = f"seq {scope.seq} · {n_held} 条 · {counted} {verdict}"
        if scope.scope in repaired:
            said += f" · 上次修复 {_moment(repaired[scope.scope])}"
        yield Finding(f"校验 {scope.scope}", same is not False, said)


def _counted(scope: Scope, conn: Connection) -> tuple[str, int]:
    return held_digest(conn, scope)


def _owed(desk: Desk, place: Place, queries: SyncQueries) -> Iterator[Finding]:
    health, now = queries.health(), desk.clock.now_ms()
    late = health.unconfirmed_since is not None and now - health.unconfirmed_since > _CONFIRM_DAYS * DAY_MS
    since = f", 最早 {_moment(health.unconfirmed_since)}" if health.unconfirmed_since is not None else ""
    yield Finding("抹除待确认", not late, f"{health.unconfirmed} 条{since}")
    missing = queries.missing_pictures(BlobStore(place.pictures, desk.clock))
    yield Finding("商品图片", True, f"还缺 {missing} 张")


def _pc(pc: TeamPc, name: str, now_ms: int) -> Finding:
    if pc.revoked:
        return Finding(f"本店电脑 {name}", True, "已停用")
    if pc.former:
        return Finding(f"本店电脑 {name}", True, "本机以前的登记, 若没有别的电脑在用, 请总部停用")
    silent = pc.last_contact_ms is None or now_ms - pc.last_contact_ms > _OFFLINE_DAYS * DAY_MS
    when = _moment(pc.last_contact_ms) if pc.last_contact_ms is not None else "还没有"
    stuck = silent and bool(pc.waiting)
    return Finding(f"本店电脑 {name}", not stuck, f"上次联系 {when} · 待上交 {pc.waiting}")


def _count(count: int, advice: str) -> str:
    return f"{count} 条, {advice}" if count else "0 条"


def _moment(at_ms: int) -> str:
    return f"{china_datetime(at_ms):%Y-%m-%d %H:%M}"
