"""Notes each contact with head office: when it was, and how far this PC's clock is off."""

from __future__ import annotations

from guide_app.store.apply import Applier
from guide_app.store.device import Device, save_device
from guide_app.sync.plan import corrected_offset


def note_contact(applier: Applier, device: Device, measured_offset_ms: int | None) -> None:
    """Remember that the office answered now, and its clock minus ours (ms) if the answer said."""
    columns: dict[str, object] = {"last_contact_ms": applier.now_ms}
    if measured_offset_ms is not None:
        columns["offset_ms"] = corrected_offset(device.offset_ms, measured_offset_ms)
    save_device(applier.conn, **columns)
