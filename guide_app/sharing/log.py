"""分享记录: who shared what, to whom, how and when, and what came of it.

Whether a client opened what she was sent is told only while she agrees to marketing and to profiling (PIPL 13, 24);
for everybody else, and for what went to nobody in particular, openings are counted without a name or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass

from guide_app.base.clock import DAY_MS, Clock
from guide_app.store.database import Database

MAY_BE_WATCHED = "{0}.contact_state = 'marketing' AND NOT {0}.no_profiling"
"""The condition (of a client's row) under which her own openings are told."""

_LINES = f"""
    SELECT s.id, s.at, coalesce(g.name, '') AS guide, coalesce(c.name, '') AS client,
        coalesce(p.name, k.name, m.title, '') AS what, s.channel, s.coupon_template_id IS NOT NULL AS coupon,
        coalesce((SELECT x.state FROM copied x WHERE x.share_id = s.id
            ORDER BY x.state = 'sent' DESC, x.state = 'open' DESC LIMIT 1), 'sent') AS state,
        CASE WHEN s.client_id IS NULL OR ({MAY_BE_WATCHED.format("c")}) THEN
            (SELECT count(*) FROM share_event e WHERE e.share_id = s.id AND e.kind = 'scan') END AS opened,
        (SELECT count(*) FROM share_event e WHERE e.share_id = s.id AND e.kind = 'claim') AS claimed
    FROM share s LEFT JOIN guide g ON g.id = s.guide_id LEFT JOIN client c ON c.id = s.client_id
        LEFT JOIN product p ON p.id = s.product_id LEFT JOIN look k ON k.id = s.look_id
        LEFT JOIN campaign m ON m.id = s.campaign_id
    WHERE s.at > :since AND :guide IN ('', s.guide_id) AND :channel IN ('', s.channel)
    ORDER BY s.at DESC, s.id DESC LIMIT :most"""


@dataclass(frozen=True, slots=True)
class ShareLine:
    """One share. `what` is empty for the guide's card, `client` for nobody in particular.

    `channel` is how it left (`copy`, `link`, `save`, `print`, `cli`); `state` whether it was `sent`, is `open` or was
    `not_sent`; of a share that was copied more than once, whichever of these comes first. `opened` is None where it
    must not be told.
    """

    id: str
    at: int
    guide: str
    client: str
    what: str
    channel: str
    coupon: bool
    state: str
    opened: int | None
    claimed: int


class ShareLog:
    """Reads the shares of a store."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def lines(self, guide_id: str = "", channel: str = "", *, days: int = 90, limit: int = 500) -> list[ShareLine]:
        """The latest shares of the last days, newest first: of one guide and by one way, or (empty) of all."""
        since = self._clock.now_ms() - days * DAY_MS
        asked = {"since": since, "guide": guide_id, "channel": channel, "most": limit}
        rows = self._db.query(lambda conn: conn.exec_driver_sql(_LINES, asked).mappings().all())
        return [ShareLine(**{**row, "coupon": bool(row["coupon"])}) for row in rows]
