"""Which PCs have said that nothing is left on them of the erased, and which have not."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from guide_app.protocol.messages import Erased
from guide_app.protocol.scopes import BRAND, Scope, scope_store_id

_CONFIRM = (
    "INSERT INTO erasure_confirmation (store_id, client_id, device_id, confirmed_ms)"
    " SELECT store_id, client_id, %(device)s::uuid, %(now_ms)s FROM erasure"
    " WHERE store_id = ANY(%(stores)s::uuid[]) AND client_id = ANY(%(clients)s::uuid[])"
    " ON CONFLICT (store_id, client_id, device_id) DO NOTHING"
)
_WIPED = (
    "UPDATE device SET wiped_ms = coalesce(wiped_ms, %(now_ms)s)"
    " WHERE store_id = %(store)s::uuid AND id = %(device)s::uuid"
)
# A PC may hold her if it could see the store before the erasure. If that had ended, it purged the whole store at its
# next contact, so one that was heard of since holds nothing and will never hear of the erasure either.
_STANDING = (
    "SELECT e.store_id::text, s.code, e.client_id::text, e.at_ms, e.by_guide, e.reason, d.id::text, d.name,"
    " d.last_contact_ms, d.revoked_ms, d.wiped_ms, c.confirmed_ms"
    " FROM erasure e JOIN store s ON s.id = e.store_id"
    " LEFT JOIN device_grant g ON g.scope_id = e.store_id AND g.granted_ms <= e.at_ms"
    " LEFT JOIN device d ON d.store_id = g.store_id AND d.id = g.device_id"
    "  AND NOT (g.ended_ms IS NOT NULL AND g.ended_ms <= e.at_ms AND d.last_contact_ms > g.ended_ms)"
    " LEFT JOIN erasure_confirmation c ON c.store_id = e.store_id AND c.client_id = e.client_id AND c.device_id = d.id"
    " WHERE e.at_ms >= %(since)s ORDER BY e.at_ms DESC, e.client_id, s.code, d.name"
)


@dataclass(frozen=True, slots=True)
class PcStanding:
    """A PC that may have held her. `confirmed_ms` (UTC ms) is None until it has said that nothing is left, or wiped."""

    device_id: str
    name: str
    last_contact_ms: int
    revoked: bool
    confirmed_ms: int | None


@dataclass(frozen=True, slots=True)
class ErasureLine:
    """An erasure in one store: when (UTC ms), who asked, and the PCs that must confirm."""

    store_code: str
    client_id: str
    at_ms: int
    by_guide: str
    reason: str
    pcs: tuple[PcStanding, ...]

    @property
    def waiting(self) -> tuple[PcStanding, ...]:
        """The PCs that have not confirmed."""
        return tuple(pc for pc in self.pcs if pc.confirmed_ms is None)


def confirm(
    connection: Connection, store_id: str, device_id: str, scopes: Collection[Scope], said: Erased, now_ms: int
) -> None:
    """Note what the device (of the store `store_id`) says; `scopes` are all it can or could once see."""
    stores = sorted(scope_store_id(scope) for scope in scopes if scope != BRAND)
    values = {"store": store_id, "device": device_id, "now_ms": now_ms}
    if said.clients:
        connection.exec_driver_sql(_CONFIRM, {**values, "stores": stores, "clients": said.clients})
    if said.wiped:
        connection.exec_driver_sql(_WIPED, values)


def list_erasures(connection: Connection, since_ms: int = 0) -> list[ErasureLine]:
    """Erasures since a moment, the latest first."""
    found: dict[tuple[str, str], tuple[tuple[str, str, int, str, str], list[PcStanding]]] = {}
    for row in connection.exec_driver_sql(_STANDING, {"since": since_ms}):
        head = (row[1], row[2], row[3], row[4], row[5])
        pcs = found.setdefault((row[0], row[2]), (head, []))[1]
        if row[6] is not None:
            pcs.append(PcStanding(row[6], row[7], row[8], row[9] is not None, _first(row[11], row[10])))
    return [ErasureLine(*head, tuple(pcs)) for head, pcs in found.values()]


def _first(*moments: int | None) -> int | None:
    return min((moment for moment in moments if moment is not None), default=None)


def n_waiting(lines: Sequence[ErasureLine]) -> int:
    """How many confirmations are missing."""
    return sum(len(line.waiting) for line in lines)
