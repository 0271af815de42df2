"""同客同导购: a client who opens another guide's link is shown the guide she already has.

Only a phone that took a coupon before is known (its sealed slip names her); the share keeps its credit for the scan and
the claim. The house rule `keep_guide` turns it off. Her guide must work in the link's store, whose card the page shows.
"""

from __future__ import annotations

from dataclasses import replace

import msgspec
from sqlalchemy import Connection

from guide_app.protocol.records import Guide
from guide_app.protocol.scopes import store_scope
from head_office.clients.whereabouts import find_now
from head_office.feed.write import FeedWriter
from head_office.landing.facts import Facts
from head_office.landing.seal import Slip
from head_office.sharing.links import OpenedLink

NOTE = "您一直由上面这位导购服务，页面为您保留了她的名片。"

_HERS = (
    "SELECT to_jsonb(g) FROM client c JOIN guide g ON g.id = c.primary_guide_id"
    " WHERE c.store_id = %(store)s::uuid AND c.id = %(client)s::uuid AND g.active AND g.store_id = c.store_id"
    " AND NOT EXISTS (SELECT 1 FROM house_rule r WHERE r.name = 'keep_guide' AND r.value->>'on' = '0')"
)


def with_her_guide(connection: Connection, facts: Facts, opened: OpenedLink, slip: Slip | None) -> Facts:
    """The facts with the visitor's own guide where she has one in this store; else as they are."""
    if slip is None:
        return facts
    client = find_now(FeedWriter(connection, 0), (store_scope(slip.store_id), "client", slip.client_id))
    if client is None or client[0] != opened.scope:
        return facts
    asked = {"store": opened.store_id, "client": client[2]}
    found = connection.exec_driver_sql(_HERS, asked).scalar_one_or_none()
    return facts if found is None else replace(facts, guide=msgspec.convert(found, Guide))


def keeps_other_guide(facts: Facts, opened: OpenedLink) -> bool:
    """Whether the page shows another guide than the one who shared."""
    return facts.guide is not None and facts.guide.id != opened.guide_id
