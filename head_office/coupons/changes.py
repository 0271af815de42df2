"""When the terms of a batch were last changed, by which a counter judges coupons that are out.

What decides a coupon's worth stays as it was (`head_office.publishing.coupon_terms.FIXED`); where, when and beside what
it is good may change. A counter that has not been in contact since cannot know.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from guide_app.base.ids import NIL, uuid7
from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter
from head_office.store import audit

_JUDGED = (
    "for_stores", "for_channels", "for_levels", "new_only", "valid_from", "valid_until", "weekdays", "day_from",
    "day_until", "stacking", "exclusive_group",
)  # fmt: skip
_DEED = "coupon.terms"
_LAST_MS = (1 << 48) - 1  # the greatest moment of an id
# The trail's ids are of its moments.
_SINCE = (
    "SELECT EXISTS (SELECT 1 FROM audit WHERE store_id = %(nil)s::uuid AND id >= %(first)s::uuid"
    " AND deed = %(deed)s AND at_ms > %(since)s AND detail->>'template' = %(template)s)"
)
_ALLOTTED = "SELECT EXISTS (SELECT 1 FROM allotment WHERE template_id = %(template)s::uuid)"


def shortened(connection: Connection, template_id: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """Which term of time, if any, would become shorter although PCs sign coupons for the longer one; else empty.

    Of a batch that gave allotments: what a PC without network signs today must be good when it arrives.
    """
    end, was_end = after["valid_until"] or _LAST_MS, before["valid_until"] or _LAST_MS
    days, was_days = after["valid_days"] or _LAST_MS, before["valid_days"] or _LAST_MS
    found = {
        "valid_from": after["valid_from"] != before["valid_from"],
        "valid_until": end < was_end,
        "valid_days": days < was_days,
        "starts_next_day": after["starts_next_day"] != before["starts_next_day"],
    }
    name = next((name for name, wrong in found.items() if wrong), "")
    allotted = bool(name) and connection.exec_driver_sql(_ALLOTTED, {"template": template_id}).scalar_one()
    return name if allotted else ""


def note_change(writer: FeedWriter, key: Key) -> None:
    """Write into the trail that this transaction changes terms by which a batch's coupons are judged, if it does."""
    before, after = writer.before(key), writer.get(key)
    if before is None or after is None:
        return
    changed = [name for name in _JUDGED if before.data[name] != after.data[name]]
    if changed:
        detail = {"template": key[2], "fields": changed}
        audit.record(writer.connection, writer.now_ms, "office", _DEED, detail)


def changed_since(connection: Connection, template_id: str, since_ms: int) -> bool:
    """Whether they were changed after a moment (UTC ms)."""
    asked = {
        "nil": NIL,
        "first": uuid7(min(since_ms, _LAST_MS), 0),
        "deed": _DEED,
        "since": since_ms,
        "template": template_id,
    }
    return bool(connection.exec_driver_sql(_SINCE, asked).scalar_one())
