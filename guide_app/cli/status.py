"""The verb `status`: where this PC stands with head office, as one JSON document or a few lines."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from guide_app.base.clock import china_datetime
from guide_app.cli.context import Place
from guide_app.cli.outcome import Exit, Outcome
from guide_app.cli.team import names_of
from guide_app.flows.desk import Desk
from guide_app.sync.blobs import BlobStore
from guide_app.sync.health import SyncHealth, TeamPc
from guide_app.sync.queries import SyncQueries, SyncStanding
from guide_app.sync.removal import HeldRemoval
from guide_app.sync.report import ScopeState

_KIB = 1024


def status(desk: Desk, place: Place) -> Outcome:
    """`status`: what a helpdesk asks first. Attention where somebody has to decide, or where the digests differ."""
    queries = SyncQueries(desk.db)
    standing, health = queries.standing(), queries.health()
    held, pcs = queries.held_removals(), queries.team_pcs() if standing.enrolled else ()
    missing = queries.missing_pictures(BlobStore(place.pictures, desk.clock))
    doc: dict[str, Any] = {
        "version": version("guide-desk"),
        "enrolled": standing.enrolled,
        "device_id": standing.device_id,
        "store": standing.store_name,
        "brand": standing.brand,
        "office": standing.office,
        "scopes": [
            scope_doc(scope) | {"repaired_ms": health.repaired_at.get(scope.scope)} for scope in standing.scopes
        ],
        "outbox": {"waiting": standing.waiting, "oldest_ms": standing.oldest_ms, "bytes": health.waiting_bytes},
        "parked": standing.parked,
        "conflicts": standing.conflicts,
        "quarantined": standing.quarantined,
        "unknown_kinds": health.unknown_kinds,
        "held_removals": [_held_doc(one) for one in held],
        "chain": {"last_mid": health.last_mid, "acked_mid": health.acked_mid, "known": bool(health.chain)},
        "erasures": {"unconfirmed": health.unconfirmed, "oldest_ms": health.unconfirmed_since},
        "pictures": {"missing": missing},
        "pcs": [_pc_doc(pc) for pc in pcs],
        "last_contact_ms": standing.last_contact_ms,
        "clock_offset_ms": standing.clock_offset_ms,
        "schema": standing.schema,
        "database": {"schema": standing.database_version, "bytes": standing.database_bytes},
    }
    return Outcome(doc, _lines(standing, health, held, pcs, missing), _code(standing))


def scope_doc(scope: ScopeState) -> dict[str, Any]:
    """A scope as every verb tells of it."""
    return {
        "scope": scope.scope, "seq": scope.seq, "digest": scope.held_digest, "office_digest": scope.office_digest,
        "equal": scope.equal, "records": scope.n_live,
    }  # fmt: skip


def scope_line(scope: ScopeState) -> str:
    """The same for people."""
    said = {True: "一致", False: "不一致", None: "尚未比对"}[scope.equal]
    return f"{scope.scope}  seq {scope.seq}  {scope.n_live} 条  校验 {scope.held_digest} {said}"


def held_line(held: HeldRemoval) -> str:
    """A held removal, and how to let it happen."""
    said = f"总部要从本机删除 {held.scope} 的 {held.removed:,} / {held.held:,} 条"
    if held.allowed:
        return f"{said}, 已允许, 下次同步时删除"
    return f"{said}; 核实后运行 guide sync --once --allow-removal {held.scope}"


def _held_doc(held: HeldRemoval) -> dict[str, Any]:
    return {
        "scope": held.scope, "removed": held.removed, "held": held.held, "at_ms": held.at, "allowed": held.allowed,
        "postponed": held.postponed,
    }  # fmt: skip


def _pc_doc(pc: TeamPc) -> dict[str, Any]:
    return {
        "id": pc.id, "name": pc.name, "here": pc.here, "last_contact_ms": pc.last_contact_ms, "waiting": pc.waiting,
        "app_version": pc.app_version, "revoked": pc.revoked,
    }  # fmt: skip


def _code(standing: SyncStanding) -> Exit:
    if not standing.enrolled:
        return Exit.LOCKED
    differs = any(scope.equal is False for scope in standing.scopes)
    decide = standing.parked or standing.conflicts or standing.quarantined or standing.held
    return Exit.ATTENTION if decide or differs else Exit.DONE


def _lines(
    standing: SyncStanding, health: SyncHealth, held: tuple[HeldRemoval, ...], pcs: tuple[TeamPc, ...], missing: int
) -> list[str]:
    lines = [
        f"导购台 {version('guide-desk')} · 数据库 {standing.database_bytes // _KIB} KiB",
        f"{standing.brand} {standing.store_name} · {standing.office}" if standing.enrolled else "尚未登记",
        f"待上交 {standing.waiting} · 未被接受 {standing.parked} · 被覆盖 {standing.conflicts}",
        f"上次联系 {_moment(standing.last_contact_ms)}" if standing.last_contact_ms else "还没有联系过总部",
        *(scope_line(scope) for scope in standing.scopes),
    ]
    if standing.quarantined or health.unknown_kinds:
        lines.append(f"放不进来的记录 {standing.quarantined} · 留给新版本的 {health.unknown_kinds}")
    lines += [held_line(one) for one in held]
    if health.unconfirmed:
        lines.append(f"抹除后还没有向总部确认 {health.unconfirmed}")
    if missing:
        lines.append(f"还没有取回的商品图片 {missing:,}")
    names = names_of(pcs)
    lines += [_pc_line(pc, names[pc.id]) for pc in pcs if not pc.here]
    return lines


def _pc_line(pc: TeamPc, name: str) -> str:
    if pc.revoked:
        return f"本店电脑 {name}: 已停用"
    if pc.former:
        return f"本店电脑 {name}: 本机以前的登记, 若没有别的电脑在用, 请总部停用"
    when = _moment(pc.last_contact_ms) if pc.last_contact_ms else "还没有"
    return f"本店电脑 {name}: 上次联系 {when} · 待上交 {pc.waiting}"


def _moment(at_ms: int) -> str:
    return f"{china_datetime(at_ms):%Y-%m-%d %H:%M}"
