"""Brings coupons that were written in bulk in step: the tables that guard them, and their signed forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine

from guide_app.protocol.scopes import store_scope
from head_office.coupons.queries import all_templates
from head_office.coupons.signing import ensure_signing, signer
from head_office.feed.rows import Key
from head_office.feed.write import MAX_ROWS, FeedWriter, in_transaction
from head_office.store.secret import OfficeSecret

_UNSIGNED = "SELECT store_id::text, id::text FROM coupon WHERE status = 'claimed' AND token = '' ORDER BY 1, 2"
_CODES = (
    "INSERT INTO coupon_code (code, store_id, coupon_id) SELECT code, store_id, id FROM coupon WHERE code <> ''"
    " ON CONFLICT (code) DO NOTHING"
)
# A coupon counts for who took it, also after she gave it on.
_HOLDERS = (
    "SELECT k.template_id::text, k.client_id::text, coalesce(c.phone, '') FROM"
    " (SELECT store_id, template_id, client_id FROM coupon WHERE given_at IS NULL"
    "  UNION ALL SELECT store_id, template_id, client_id FROM coupon_gift WHERE side = 'gave') k"
    " LEFT JOIN client c ON c.store_id = k.store_id AND c.id = k.client_id"
    " WHERE k.template_id IS NOT NULL AND k.client_id IS NOT NULL"
)
_PERSONS = (
    "INSERT INTO coupon_claim (template_id, person_hash, claims)"
    " SELECT r.template, decode(r.person, 'hex'), r.claims"
    " FROM jsonb_to_recordset(%(rows)s::jsonb) AS r(template uuid, person text, claims bigint)"
    " ON CONFLICT (template_id, person_hash) DO UPDATE SET claims = excluded.claims"
)
_QUOTAS = (
    "INSERT INTO coupon_quota (template_id, quota, remaining) SELECT t.id, t.quota,"
    " greatest(0, t.quota - (SELECT count(*) FROM coupon k WHERE k.template_id = t.id AND k.allotment_id IS NULL)"
    " - coalesce((SELECT sum(a.count - a.returned) FROM allotment a WHERE a.template_id = t.id), 0))"
    " FROM coupon_template t WHERE t.quota > 0"
    " ON CONFLICT (template_id) DO UPDATE SET quota = excluded.quota, remaining = excluded.remaining"
)


def sign_coupons(engine: Engine, secret: OfficeSecret, now_ms: int) -> int:
    """Give every coupon in a customer's hand its signed form, as if it had been handed out today; returns how many."""
    in_transaction(engine, lambda connection: ensure_signing(connection, secret, now_ms))
    with engine.connect() as connection:
        places = connection.exec_driver_sql(_UNSIGNED).all()
    for start in range(0, len(places), MAX_ROWS):
        part = places[start : start + MAX_ROWS]
        in_transaction(engine, partial(_sign, secret=secret, now_ms=now_ms, places=part))
    return len(places)


def _sign(connection: Connection, secret: OfficeSecret, now_ms: int, places: Sequence[Any]) -> None:
    writer = FeedWriter(connection, now_ms)
    by, templates = signer(writer, secret), {one.id: one for one in all_templates(connection)}
    keys: list[Key] = [(store_scope(store_id), "coupon", coupon_id) for store_id, coupon_id in places]
    writer.load(keys)
    for key in keys:
        row = writer.get(key)
        if row is not None and row.data["template_id"] in templates:
            writer.change(key, token=by.token(key[2], row.data, templates[row.data["template_id"]]))
    writer.flush()


def recount_coupons(connection: Connection, secret: OfficeSecret) -> None:
    """Register every coupon's code and count every holder and batch anew. For an office at rest: seeding, import."""
    connection.exec_driver_sql(_CODES)
    held: Counter[tuple[str, str]] = Counter()
    for template_id, client_id, phone in connection.exec_driver_sql(_HOLDERS):
        held[template_id, secret.person_hash(phone or client_id).hex()] += 1
    rows = [{"template": template, "person": person, "claims": n} for (template, person), n in sorted(held.items())]
    connection.exec_driver_sql(_PERSONS, {"rows": msgspec.json.encode(rows).decode()})
    connection.exec_driver_sql(_QUOTAS)
