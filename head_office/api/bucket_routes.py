"""`/sync/v1/buckets` and `/sync/v1/bucket`: a scope by buckets, for a PC whose digest differs from the office's."""

from __future__ import annotations

from guide_app.protocol.digest import BUCKETS
from guide_app.protocol.envelope import SCHEMA_HEADER
from guide_app.protocol.messages import Buckets, Frame, encode_lines
from guide_app.protocol.scopes import Scope
from head_office.api.call import NDJSON, Answer, Call, RefusalError, json_answer
from head_office.api.operation import Operation, Query
from head_office.api.services import Services
from head_office.api.sync_routes import bearer, check_schema
from head_office.enrolment.devices import Device, authenticate
from head_office.feed.buckets import MOST_BUCKETS, bucket_page
from head_office.store.engine import repeatable_read

_STORE = "0190f5e2-7c00-7000-8000-000000000001"


def show_buckets(services: Services, call: Call) -> Answer:
    """Digest and number of the records in each bucket of a scope."""
    check_schema(call)
    with repeatable_read(services.engine) as connection:
        who = authenticate(connection, bearer(call), services.clock.now_ms())
        found = services.buckets.sums(connection, _scope(call, who))
    return json_answer(found, sealed=True)


def read_buckets(services: Services, call: Call) -> Answer:
    """All live records of some buckets of a scope."""
    check_schema(call)
    wanted = _wanted(call)
    with repeatable_read(services.engine) as connection:
        now = services.clock.now_ms()
        who = authenticate(connection, bearer(call), now)
        frames = bucket_page(connection, _scope(call, who), wanted, last_mid=who.last_mid, now_ms=now)
    services.metrics.add("guide_pull_frames_total", len(frames) - 2)
    return Answer(200, encode_lines(frames), NDJSON, sealed=True)


def _scope(call: Call, who: Device) -> Scope:
    """The scope asked for. One that the device may not see does not exist for it."""
    scope = next((value for name, value in call.query if name == "scope"), "")
    if scope not in who.granted:
        raise RefusalError("not_found", "没有这个范围。")
    return scope


def _wanted(call: Call) -> frozenset[int]:
    given = [value for name, value in call.query if name == "b"]
    numbers = frozenset(int(text) for text in given if text.isascii() and text.isdigit() and int(text) < BUCKETS)
    if not given or len(numbers) < len(given) or len(given) > MOST_BUCKETS:
        raise RefusalError(
            "request.malformed", f"b 是 0 至 {BUCKETS - 1} 的整数, 一次 1 至 {MOST_BUCKETS} 个, 不重复。"
        )
    return numbers


OPERATIONS = (
    Operation(
        "GET",
        "/sync/v1/buckets",
        show_buckets,
        "一个范围按桶的摘要: 核对与修复",
        "sync",
        auth="device",
        response=Buckets,
        response_example=Buckets(f"store:{_STORE}", "5f0c", 42, 0, "0" * 16, [("0" * 16, 0)] * BUCKETS),
        query=(Query("scope", f"the scope, e.g. `store:{_STORE}`", needed=True),),
        headers=((SCHEMA_HEADER, "schema of the records"),),
        problems=("not_found", "device.revoked", "schema.unsupported"),
        heavy=True,
    ),
    Operation(
        "GET",
        "/sync/v1/bucket",
        read_buckets,
        "取回若干桶里的全部记录: 每行一个 JSON 数组",
        "sync",
        auth="device",
        response=NDJSON,
        lines=Frame,
        query=(
            Query("scope", "the scope", needed=True),
            Query("b", f"a bucket, 0-{BUCKETS - 1}; up to {MOST_BUCKETS} of them", whole=True, many=True, needed=True),
        ),
        headers=((SCHEMA_HEADER, "schema of the records"),),
        problems=("not_found", "device.revoked", "schema.unsupported"),
        heavy=True,
    ),
)
