"""A coupon that was redeemed offline may become known after its receipt was judged: the sale is booked over.

Nothing is edited: what the others have of the sale is taken back by negative rows, and the coupon's guide gets it by a
positive one, at the moment of the sale, so that the sums of its month are right.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from guide_app.protocol.scopes import Scope, scope_store_id
from head_office.attribution.facts import shares_of
from head_office.attribution.rules import Touch
from head_office.feed.write import FeedWriter
from head_office.store.audit import new_id

_SALE = (
    "SELECT p.id::text, p.client_id::text, p.at FROM purchase p WHERE p.store_id = %(store)s::uuid"
    " AND p.order_no = %(order_no)s AND p.kind = 'sale' AND EXISTS"
    " (SELECT 1 FROM attribution a WHERE a.store_id = p.store_id AND a.purchase_id = p.id)"
    " ORDER BY p.seq LIMIT 1"
)


def coupon_arrived(writer: FeedWriter, scope: Scope, order_no: str, touch: Touch) -> None:
    """Give the sale with this order number to the guide of the coupon, unless a coupon has decided it already."""
    values = {"store": scope_store_id(scope), "order_no": order_no}
    sale = writer.connection.exec_driver_sql(_SALE, values).one_or_none() if order_no else None
    if sale is None:
        return
    shares = shares_of(writer.connection, scope, [order_no]).get(order_no, [])
    others = [share for share in shares if share.amount_fen and share.guide_id != touch.guide_id]
    if not others or any(share.rule == "coupon" for share in shares):
        return
    common: dict[str, Any] = {"purchase_id": sale.id, "client_id": sale.client_id, "at": sale.at}
    facts = {"text": "离线核销的券后到, 改记给发券导购", "purchase_at": sale.at, "winner": asdict(touch)}
    for share in others:
        row = {"guide_id": share.guide_id, "amount_fen": -share.amount_fen, "rule": share.rule, "evidence": facts}
        writer.put((scope, "attribution", new_id(sale.at)), {**common, **row})
    moved = sum(share.amount_fen for share in others)
    row = {"guide_id": touch.guide_id, "amount_fen": moved, "rule": "coupon", "evidence": facts}
    writer.put((scope, "attribution", new_id(sale.at)), {**common, **row})
