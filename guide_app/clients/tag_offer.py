"""Reads what a guide may hang: head office's visible tags and the words that she made herself."""

from __future__ import annotations

from sqlalchemy import Connection

from guide_app.base.clock import DAY_MS
from guide_app.clients.tag_choice import Offer, TagChoice, offer, spoken
from guide_app.store.shown_tags import SHOWN_TAGS

#: What she hung longer ago is no longer usual.
_LATELY_MS = 90 * DAY_MS
# Head office's groups in the order of their ranks, then her own words; `times` and `last_at` are of the viewer alone.
_CHOICES = f"""
    WITH hung AS (SELECT name, count(*) AS times, max(at) AS last_at FROM {SHOWN_TAGS}
            WHERE guide_id = :viewer AND origin <> 'rule' AND at > :since GROUP BY name),
        known AS (SELECT t."group", t.name, t.multi, t.blocks, 0 AS private, t.rank,
            min(t.rank) OVER (PARTITION BY t."group") AS place FROM tag t WHERE t.visible AND t.merged_into IS NULL),
        own AS (SELECT min("group") AS "group", name, 1, 0, max(private), 0, 1 << 30 FROM {SHOWN_TAGS}
            WHERE tag_id IS NULL AND guide_id = :viewer AND origin = 'guide' GROUP BY name)
    SELECT k.name, k."group", k.multi, k.blocks, k.private, coalesce(h.times, 0), coalesce(h.last_at, 0)
    FROM (SELECT * FROM known UNION ALL SELECT * FROM own) k LEFT JOIN hung h ON h.name = k.name
    ORDER BY k.place, k."group", k.rank, k.name"""


def read_offer(conn: Connection, viewer: str, now_ms: int) -> Offer:
    """What `viewer` (guide id) may hang at `now_ms` (UTC ms)."""
    params = {"now": now_ms, "viewer": viewer, "since": now_ms - _LATELY_MS}
    return offer(
        TagChoice(name, group, bool(multi), bool(blocks), bool(private), times, last_at, spoken(name))
        for name, group, multi, blocks, private, times, last_at in conn.exec_driver_sql(_CHOICES, params)
    )
