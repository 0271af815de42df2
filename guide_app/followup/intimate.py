"""亲密名单 in its rhythm: whose turn it is to be called, and since when nobody did."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from guide_app.base.clock import china_date
from guide_app.base.phrase import Phrase
from guide_app.followup.causes import cause_of
from guide_app.followup.model import Cause, Signal
from guide_app.followup.whose import EVERYBODY, Whose
from guide_app.store.copied_shares import COPIED_SHARE

#: How often an intimate client is called whose own rhythm nobody has set.
USUAL_RHYTHM_DAYS = 30

# She was met when she bought, too. Whom nobody ever contacted waits since she came into the book.
_STARRED = f"""
    SELECT c.id, c.rhythm_days, c.created_at, max(f.last_at,
        coalesce((SELECT max(n.at) FROM note n WHERE n.client_id = c.id
            AND n.kind IN ('call', 'message', 'visit') AND n.result <> 'no_answer'), 0),
        coalesce((SELECT max(share.at) FROM share WHERE share.client_id = c.id AND NOT {COPIED_SHARE}), 0))
    FROM client c JOIN client_figure f ON f.client_id = c.id
    WHERE c.starred AND c.archived_at IS NULL AND c.merged_into IS NULL"""


def intimate(conn: Connection, now_ms: int, whose: Whose = EVERYBODY) -> Iterator[Signal]:
    """Intimate clients who have waited as long as their rhythm says."""
    today = china_date(now_ms)
    for client_id, set_days, created_at, met_at in conn.exec_driver_sql(_STARRED + whose.only("c.id"), whose.given()):
        rhythm = set_days or USUAL_RHYTHM_DAYS
        waited = (today - china_date(met_at or created_at)).days
        if waited >= rhythm:
            said = {"rhythm": rhythm, "days": waited}
            reason = (
                Phrase("亲密名单: 每 {rhythm} 天联系一次, 已 {days} 天没有联系", said)
                if met_at
                else Phrase("亲密名单: 每 {rhythm} 天联系一次, 建档 {days} 天还没有联系过", said)
            )
            yield Signal(
                client_id, Cause.INTIMATE, reason, waited - rhythm, key=cause_of("intimate", client_id, met_at)
            )
