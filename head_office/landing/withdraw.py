"""撤回同意: a customer takes her consent back or refuses all contact, for every record the brand keeps of her phone.

As easy as giving it was (PIPL 15): from the browser that claimed, or with the phone number and any coupon code of hers.
"""

from __future__ import annotations

from sqlalchemy import Connection

from guide_app.base.errors import GuideError
from guide_app.protocol.scopes import scope_store_id, store_scope
from head_office.clients.consents import Purpose, stage_consents
from head_office.clients.whereabouts import find_now
from head_office.coupons.queries import locate
from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter
from head_office.landing.consent import VERSION
from head_office.landing.forms import Wish
from head_office.landing.seal import Slip
from head_office.store import audit

#: Where a withdrawal was written down.
PROOF = "/privacy"
# By way of the stores, because that is how clients are indexed.
_SAME_PERSON = (
    "SELECT c.store_id::text, c.id::text FROM store s JOIN client c ON c.store_id = s.id WHERE c.phone = %(phone)s"
)


def claimant_of_slip(slip: Slip) -> Key:
    """The client record that a slip names."""
    return (store_scope(slip.store_id), "client", slip.client_id)


def claimant_of_code(connection: Connection, phone: str, code: str) -> Key:
    """The client record of a phone number (stored form) and a coupon code (normalised) that it took.

    Raises GuideError `claim.mismatch`, whichever of the two is wrong.
    """
    coupon_key = locate(connection, code)
    if coupon_key is not None:
        writer = FeedWriter(connection, 0)
        coupon = writer.get(coupon_key)
        # One that was given on is known to two people: it proves neither.
        took = coupon is not None and coupon.data["given_at"] is None
        key: Key | None = (coupon_key[0], "client", coupon.data["client_id"]) if coupon and took else None
        client = writer.get(key) if key and key[2] else None
        if key is not None and client is not None and client.data["phone"] == phone:
            return key
    raise GuideError("claim.mismatch", "手机号与券码对不上，请核对后再试。", "也可以直接告诉门店的同事。")


def withdraw(connection: Connection, claimant: Key, wish: Wish, now_ms: int) -> int:
    """Write the wish into all client records with the claimant's phone number; returns how many changed.

    A transaction of its own. After `no_marketing` nobody may send her advertising; a client whose only consent that
    was has given none any more. `no_contact` is final until she herself consents again.
    """
    writer = FeedWriter(connection, now_ms)
    now_at = find_now(writer, claimant)
    known = writer.get(now_at) if now_at is not None else None
    if now_at is None or known is None:
        raise GuideError("claim.mismatch", "这份领取记录已经不在了。", "请直接告诉门店的同事。")
    keys = _same_person(connection, now_at, str(known.data["phone"]))
    writer.load(keys)
    changed = [key for key in keys if _change(writer, key, wish)]
    writer.flush()
    for scope, _, client_id in changed:
        detail = {"client_id": client_id, "wish": wish}
        audit.record(connection, now_ms, "customer", "consent.withdraw", detail, store_id=scope_store_id(scope))
    return len(changed)


def _same_person(connection: Connection, claimant: Key, phone: str) -> list[Key]:
    if not phone:
        return [claimant]
    found = connection.exec_driver_sql(_SAME_PERSON, {"phone": phone}).all()
    keys: set[Key] = {(store_scope(store_id), "client", client_id) for store_id, client_id in found}
    return sorted(keys | {claimant})


def _change(writer: FeedWriter, key: Key, wish: Wish) -> bool:
    client = writer.get(key)
    state = client.data["contact_state"] if client is not None else ""
    if client is None or state == "refused" or (wish == "no_marketing" and state != "marketing"):
        return False
    after = "refused" if wish == "no_contact" else "none"
    writer.change(key, contact_state=after, consent_version="", consent_at=None)
    ended: tuple[Purpose, ...] = ("service", "marketing") if wish == "no_contact" else ("marketing",)
    stage_consents(writer, key, ended, granted=False, version=VERSION, proof=PROOF)
    return True
