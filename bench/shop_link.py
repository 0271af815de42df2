"""A link as a guide of the measured shop sends it."""

from __future__ import annotations

from guide_app.base.actor import Actor
from guide_app.flows.desk import Desk
from guide_app.sharing.service import ShareDraft

_GUIDE = """SELECT g.id, g.no, g.number, g.name, g.role, d.store_id, d.store_name
    FROM guide g JOIN device d ON d.store_id = g.store_id ORDER BY g.no LIMIT 1"""
_PRODUCT = "SELECT id, no, price_fen FROM product ORDER BY no LIMIT 1"
_COUPON = "SELECT id, no FROM coupon_template ORDER BY no LIMIT 1"


def shop_link(desk: Desk) -> str:
    """The code of a signed link to the first product, with the first coupon if there is one, by the first guide."""
    guide = desk.db.query(lambda conn: conn.exec_driver_sql(_GUIDE).one())
    product = desk.db.query(lambda conn: conn.exec_driver_sql(_PRODUCT).one())
    coupon = desk.db.query(lambda conn: conn.exec_driver_sql(_COUPON).first())
    author, no, number, name, role, store, store_name = guide
    actor = Actor(author, no, number, name, role, store, store_name, "bench")
    offer, offer_no = (coupon[0], coupon[1]) if coupon else (None, 0)
    draft = ShareDraft(product[0], product[1], product[2], "moments", offer, offer_no)
    return desk.share_deeds.link(draft, desk.share_deeds.take_number(actor), actor).code
