"""Which entries of the recall list say nothing any more, so that the list every counter holds does not grow for ever.

Only what names one voucher whose end nobody can move goes: a coupon that head office itself signed, and a voucher that
is kept although its allotment is recalled. Who holds the list was in contact since, and refuses both as expired. A
batch and an allotment stay: what a stolen PC signs for them may say any end. `recall_entry` forgets none of them, so
that head office judges late uses as ever.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from guide_app.base.clock import DAY_MS
from guide_app.protocol.recall import entry, kept

#: So long after its coupon's end an entry stays (ms): a PC that was away for half a year still finds it.
STAYS_MS = 183 * DAY_MS

_SIGNED_HERE = (
    "SELECT DISTINCT c.id::text FROM coupon_code k JOIN coupon c ON c.store_id = k.store_id AND c.id = k.coupon_id"
    " WHERE k.coupon_id = ANY(%(ids)s::uuid[]) AND c.allotment_id IS NULL AND c.valid_until BETWEEN 1 AND %(before)s"
)
_KEPT = (
    "SELECT c.token FROM allotment a JOIN coupon c ON c.store_id = a.store_id AND c.allotment_id = a.id"
    " WHERE a.id = ANY(%(ids)s::uuid[]) AND c.token <> '' AND c.valid_until BETWEEN 1 AND %(before)s"
)


def over(connection: Connection, entries: Iterable[str], now_ms: int) -> set[str]:
    """Those of the entries that may go at `now_ms` (UTC ms)."""
    ids: dict[str, list[str]] = {"coupon": [], "allotment": []}
    listed = set(entries)
    for one in listed:
        what, _, record_id = one.partition(":")
        if what in ids:
            ids[what].append(record_id)
    before = now_ms - STAYS_MS
    signed = connection.exec_driver_sql(_SIGNED_HERE, {"ids": ids["coupon"], "before": before}).scalars()
    tokens = connection.exec_driver_sql(_KEPT, {"ids": ids["allotment"], "before": before}).scalars()
    return listed & {*(entry("coupon", one) for one in signed), *map(kept, tokens)}
