"""Brings the tables that guard coupons in step with coupons that were written in bulk: codes, persons, quotas."""

from __future__ import annotations

from collections import Counter

import msgspec
from sqlalchemy import Connection

from head_office.store.secret import OfficeSecret

_CODES = (
    "INSERT INTO coupon_code (code, store_id, coupon_id) SELECT code, store_id, id FROM coupon WHERE code <> ''"
    " ON CONFLICT (code) DO NOTHING"
)
_HOLDERS = (
    "SELECT k.template_id::text, k.client_id::text, coalesce(c.phone, '') FROM coupon k"
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


def recount_coupons(connection: Connection, secret: OfficeSecret) -> None:
    """Register every coupon's code and count every holder and batch anew. For an office at rest: seeding, import."""
    connection.exec_driver_sql(_CODES)
    held: Counter[tuple[str, str]] = Counter()
    for template_id, client_id, phone in connection.exec_driver_sql(_HOLDERS):
        held[template_id, secret.person_hash(phone or client_id).hex()] += 1
    rows = [{"template": template, "person": person, "claims": n} for (template, person), n in sorted(held.items())]
    connection.exec_driver_sql(_PERSONS, {"rows": msgspec.json.encode(rows).decode()})
    connection.exec_driver_sql(_QUOTAS)
