"""额度: coupons set aside for one guide on one PC, signed, so that she can hand them out without network."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from guide_app.base.clock import DAY_MS
from guide_app.base.errors import GuideError
from guide_app.protocol.hlc import OFFICE_TAG
from guide_app.protocol.messages import Mutation
from guide_app.protocol.scopes import BRAND, scope_store_id, store_scope
from guide_app.protocol.voucher import MINUTE_MS, Certificate, certify
from head_office.coupons.limits import Giver, give_back, set_aside
from head_office.coupons.model import Template, is_on_offer, worth_at_most
from head_office.coupons.queries import template_by_id
from head_office.coupons.signing import signer
from head_office.feed.decide import Refusal
from head_office.feed.params import id_of
from head_office.feed.rows import Key, Row
from head_office.feed.rules import Commanded
from head_office.feed.write import FeedWriter, in_transaction
from head_office.store.secret import OfficeSecret
from head_office.store.tables import device

HOUR_MS = 3_600_000
#: An allotment that was never handed back falls back to its batch so long after its end.
LAPSE_MS = 30 * DAY_MS
_UNUSED = (
    "SELECT a.id::text, a.count - (SELECT count(*) FROM coupon c WHERE c.store_id = a.store_id"
    " AND c.allotment_id = a.id) FROM allotment a WHERE a.store_id = %(store)s::uuid AND a.state = 'open'"
    " AND a.template_id = %(template)s::uuid AND a.guide_id = %(guide)s::uuid AND a.device_id = %(device)s::uuid"
    " AND a.expires_at > %(now)s"
)
_LAPSED = (
    "SELECT store_id::text, id::text FROM allotment WHERE state = 'open' AND expires_at < %(before)s"
    " ORDER BY store_id, id"
)
_USED = "SELECT count(*) FROM coupon WHERE store_id = %(store)s::uuid AND allotment_id = %(allotment)s::uuid"


class LeaseCommand:
    """`allotment.lease {template_id, guide_id, device_id}`; the mutation's id is the allotment's."""

    def __init__(self, secret: OfficeSecret) -> None:
        self._secret = secret

    def __call__(self, writer: FeedWriter, mutation: Mutation) -> Commanded:
        """Set coupons aside and sign for them, or say why not."""
        key: Key = (store_scope(mutation.store), "allotment", mutation.id)
        try:
            template_id, guide_id = id_of(mutation, "template_id"), id_of(mutation, "guide_id")
            device_id = id_of(mutation, "device_id")
        except ValueError as e:
            return Commanded(Refusal("record.invalid", str(e)))
        guide_key: Key = (BRAND, "guide", guide_id)
        writer.load([key, guide_key])
        if writer.held(key) is not None:
            return Commanded(touched=(key,), duplicate=True)
        guide, template = writer.get(guide_key), template_by_id(writer.connection, template_id)
        public = self._device_key(writer, mutation, device_id)
        if template is None or guide is None or public is None:
            unknown = "template_id" if template is None else "guide_id" if guide is None else "device_id"
            return Commanded(Refusal("record.unknown", unknown))
        if guide.data["store_id"] != mutation.store or not guide.data["active"]:
            return Commanded(Refusal("record.invalid", "guide_id"))
        savepoint = writer.connection.begin_nested()
        try:
            self._lease(writer, key, template, guide.data["no"], {"guide": guide_id, "device": device_id}, public)
        except GuideError as e:
            savepoint.rollback()
            return Commanded(Refusal(e.code, e.sentence))
        savepoint.commit()
        return Commanded(touched=(key,))

    def _lease(
        self, writer: FeedWriter, key: Key, template: Template, guide_no: int, who: dict[str, str], public: str
    ) -> None:
        now, store_id = writer.now_ms, scope_store_id(key[0])
        if template.allot_count <= 0 or not is_on_offer(template, now):
            raise GuideError("allotment.not_offered", "这批券不给导购额度。")
        if _unused(writer, {"store": store_id, "template": template.id, "now": now, **who}) * 2 > template.allot_count:
            raise GuideError("allotment.enough", "这位导购的额度还没用掉一半。")
        budget = template.allot_fen or template.allot_count * worth_at_most(template)
        set_aside(writer.connection, template, Giver(store_id, who["guide"], now), template.allot_count, budget)
        by = signer(writer, self._secret)
        starts = now // MINUTE_MS * MINUTE_MS
        lasts = template.allot_hours * HOUR_MS or LAPSE_MS
        expires = min(starts + lasts, template.valid_until) if template.valid_until else starts + lasts
        certificate = certify(
            Certificate(
                key[2], template.no, guide_no, bytes.fromhex(public), template.allot_count, budget, starts,
                expires // MINUTE_MS * MINUTE_MS, by.no,
            ),
            by.key,
        )  # fmt: skip
        writer.put(
            key,
            {
                "template_id": template.id, "guide_id": who["guide"], "device_id": who["device"],
                "device_key": public, "count": certificate.count, "budget_fen": budget, "starts_at": starts,
                "expires_at": certificate.expires_at, "key_no": by.no, "signature": certificate.signature.hex(),
            },
        )  # fmt: skip

    def _device_key(self, writer: FeedWriter, mutation: Mutation, device_id: str) -> str | None:
        """The PC's public key; only of the PC that asks: its tag ends its stamps."""
        where = (device.c.store_id == mutation.store) & (device.c.id == device_id) & device.c.revoked_ms.is_(None)
        found = writer.connection.execute(sa.select(device.c.signing_key, device.c.tag).where(where)).one_or_none()
        tag = mutation.stamp[-len(OFFICE_TAG) :]
        return found.signing_key if found is not None and found.tag == tag else None


def return_command(writer: FeedWriter, mutation: Mutation) -> Commanded:
    """`allotment.return`: what was not handed out falls back to the batch; the mutation's id is the allotment's."""
    key: Key = (store_scope(mutation.store), "allotment", mutation.id)
    writer.load([key])
    held = writer.get(key)
    if held is None:
        return Commanded(Refusal("record.unknown"))
    if held.data["state"] != "open":
        return Commanded(touched=(key,), duplicate=True)
    end_allotment(writer, key, "returned")
    return Commanded(touched=(key,))


def end_allotment(writer: FeedWriter, key: Key, state: str) -> int:
    """No coupon comes out of the allotment any more; returns how many unused ones are the batch's again."""
    held = writer.get(key)
    if held is None:
        raise KeyError(key)
    store_id = scope_store_id(key[0])
    asked = {"store": store_id, "allotment": key[2]}
    used = writer.connection.exec_driver_sql(_USED, asked).scalar_one() + len(just_made(writer, key[2]))
    unused: int = max(0, held.data["count"] - used)
    template = template_by_id(writer.connection, held.data["template_id"])
    if template is not None and unused:
        share = held.data["budget_fen"] * unused // held.data["count"]
        giver = Giver(store_id, held.data["guide_id"], writer.now_ms)
        give_back(writer.connection, template, giver, unused, share)
    writer.change(key, state=state, returned=unused)
    return unused


def lapse_allotments(engine: Engine, now_ms: int) -> int:
    """Let allotments fall back that ended LAPSE_MS ago and were never handed back; returns how many coupons did."""
    with engine.connect() as connection:
        due = connection.exec_driver_sql(_LAPSED, {"before": now_ms - LAPSE_MS}).all()
    return sum(in_transaction(engine, partial(_lapse, now_ms=now_ms, place=tuple(place))) for place in due)


def _lapse(connection: Connection, now_ms: int, place: tuple[str, str]) -> int:
    """One allotment in a transaction of its own: a guide's PC may be handing it back right now."""
    writer, key = FeedWriter(connection, now_ms), (store_scope(place[0]), "allotment", place[1])
    held = writer.get(key)
    if held is None or held.data["state"] != "open":
        return 0
    unused = end_allotment(writer, key, "returned")
    writer.flush()
    return unused


def just_made(writer: FeedWriter, allotment_id: str) -> list[Mapping[str, Any]]:
    """Coupons of the allotment that this transaction has made and not written yet: no statement sees them."""
    return [
        row.data
        for key, row in writer.staged().items()
        if key[1] == "coupon"
        and isinstance(row, Row)
        and row.data["allotment_id"] == allotment_id
        and writer.before(key) is None
    ]


def _unused(writer: FeedWriter, asked: Mapping[str, Any]) -> int:
    """How many coupons a guide may still hand out of her allotments of a batch, by all that came before in this push.

    After a time without network the coupons that she handed out and her wish for more arrive together.
    """
    left: dict[str, int] = {row[0]: row[1] for row in writer.connection.exec_driver_sql(_UNUSED, asked)}
    mine = (asked["template"], asked["guide"], asked["device"])
    for key, row in writer.staged().items():
        if key[:2] != (store_scope(asked["store"]), "allotment"):
            continue
        held = row.data if isinstance(row, Row) else None
        if held is None or held["state"] != "open":
            left.pop(key[2], None)
        elif writer.before(key) is None and (held["template_id"], held["guide_id"], held["device_id"]) == mine:
            left[key[2]] = held["count"]
    return sum(n - len(just_made(writer, allotment_id)) for allotment_id, n in left.items())
