"""`/sync/v1/backfill`: fields that a newer schema added, for records that the device holds already."""

from __future__ import annotations

import msgspec

from guide_app.base.ids import NIL, parse_id
from guide_app.protocol.envelope import SCHEMA_HEADER
from guide_app.protocol.kinds import KINDS
from guide_app.protocol.messages import PAGE_LIMIT
from guide_app.protocol.scopes import BRAND, Scope
from head_office.api.call import NDJSON, Answer, Call, RefusalError
from head_office.api.operation import Operation, Query
from head_office.api.services import Services
from head_office.api.sync_routes import bearer, check_schema, read_limit
from head_office.enrolment.devices import authenticate
from head_office.feed.backfill import read_fields

_encoder = msgspec.json.Encoder()


def fill_fields(services: Services, call: Call) -> Answer:
    """Hand out the asked fields of a kind's records, in the order of their ids."""
    check_schema(call)
    asked = dict(call.query)
    scope, kind, after = asked.get("scope", ""), asked.get("kind", ""), asked.get("after", "")
    fields = sorted({value for name, value in call.query if name == "f"})
    _check(scope, kind, fields, after)
    limit = read_limit(call)
    with services.engine.connect() as connection:
        who = authenticate(connection, bearer(call), services.clock.now_ms())
        if scope not in who.granted:
            raise RefusalError("not_found", "没有这个范围。")
        lines = read_fields(connection, scope, kind, fields, after=after, limit=limit)
    return Answer(200, _encoder.encode_lines(lines), NDJSON, sealed=True)


def _check(scope: Scope, kind: str, fields: list[str], after: str) -> None:
    """Raises RefusalError `kind.unknown`, `request.malformed`."""
    if kind not in KINDS:
        raise RefusalError("kind.unknown")
    if (KINDS[kind].scope == "brand") != (scope == BRAND):
        raise RefusalError("request.malformed", f"{kind} 不在这个范围里。")
    if not fields or not set(fields) <= set(KINDS[kind].fields):
        raise RefusalError("request.malformed", f"f 是 {kind} 的字段名, 至少一个。")
    try:
        canonical = not after or parse_id(after) == after
    except ValueError:
        canonical = False
    if not canonical:
        raise RefusalError("request.malformed", "after 是记录的编号。")


OPERATIONS = (
    Operation(
        "GET",
        "/sync/v1/backfill",
        fill_fields,
        "补取新增字段的值: 每行 [编号, seq, {字段: 值}], 按编号排序",
        "sync",
        auth="device",
        response=NDJSON,
        query=(
            Query("scope", "a granted scope", needed=True),
            Query("kind", "kind of record", needed=True),
            Query("f", "a field; once for each", many=True, needed=True),
            Query("after", f"id after which to go on, e.g. `{NIL}`; none: from the first"),
            Query("limit", f"records a page, 1-{PAGE_LIMIT}; a page with fewer is the last", whole=True),
        ),
        headers=((SCHEMA_HEADER, "schema of the records"),),
        problems=("device.revoked", "schema.unsupported", "not_found", "kind.unknown"),
        heavy=True,
    ),
)
