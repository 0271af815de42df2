"""From sync's status to the window's status bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.kit.status import Link, Status

if TYPE_CHECKING:
    from guide_app.base.actor import Actor
    from guide_app.sync.watch import SyncStatus


def status_of(sync: SyncStatus | None, actor: Actor | None) -> Status:
    """What the status bar says of `sync` (None: nothing known yet) while `actor` (None: nobody) works."""
    store, name, number = (actor.store_name, actor.name, actor.number) if actor is not None else ("", "", "")
    manages = actor is not None and actor.is_manager
    if sync is None:
        return Status(store=store, guide=name, guide_number=number, manages=manages)
    return Status(
        link=Link(sync.state),
        synced_at_ms=sync.last_contact_ms,
        waiting=sync.waiting,
        needs=sync.parked + sync.conflicts + sync.held,
        store=store,
        guide=name,
        guide_number=number,
        manages=manages,
    )
