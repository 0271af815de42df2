"""Who objects to marketing: withdrawals among the consents, for the lists and messages of the other rooms.

The contact state alone does not say it: a client may keep one-to-one service and want no offers, or none by telephone
(个人信息保护法 art. 15, 广告法 art. 43).
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection

from guide_app.privacy.model import CHANNELS, Channel, agreement
from guide_app.privacy.queries import PrivacyQueries, read_ledger
from guide_app.protocol.records import Consent
from guide_app.store.codec import json_list

_OBJECTED = """SELECT DISTINCT client_id FROM consent JOIN client ON client.id = consent.client_id
    WHERE purpose = 'marketing' AND NOT granted AND consent.at <= ?2
        AND client_id IN (SELECT value FROM json_each(?1))"""
_PLACES = tuple(channel for channel in CHANNELS if channel != "any")


def objectors(conn: Connection, client_ids: Collection[str], now_ms: int) -> frozenset[str]:
    """Of these clients, who has withdrawn from marketing on every channel by `now_ms` (UTC ms)."""
    some = [row[0] for row in conn.exec_driver_sql(_OBJECTED, (json_list(client_ids), now_ms))]
    return frozenset(
        client_id
        for client_id in some
        if all(_withdrawn(read_ledger(conn, client_id).facts, channel, now_ms) for channel in _PLACES)
    )


def objects(privacy: PrivacyQueries, client_id: str, channel: Channel, now_ms: int) -> bool:
    """Whether a client has withdrawn from marketing on a channel. Raises NotFoundError."""
    return _withdrawn(privacy.ledger(client_id).facts, channel, now_ms)


def _withdrawn(facts: Collection[Consent], channel: Channel, now_ms: int) -> bool:
    return agreement(facts, "marketing", channel, now_ms).standing == "withdrawn"
