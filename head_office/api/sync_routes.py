"""`/sync/v1/…`: what desktops speak. Bodies travel in the envelope of `guide_app.protocol.envelope`."""

from __future__ import annotations

from typing import TypeVar

import msgspec
from sqlalchemy import Connection

from guide_app.protocol.envelope import SCHEMA_HEADER, SHA_HEADER, CorruptBodyError, unseal
from guide_app.protocol.messages import (
    MAX_BATCH,
    PAGE_LIMIT,
    SCHEMA,
    Cursor,
    Enrol,
    Enrolled,
    Frame,
    Push,
    Pushed,
    RecordFrame,
    encode_lines,
)
from guide_app.protocol.scopes import scope_store_id
from head_office.api.call import NDJSON, Answer, Call, RefusalError, json_answer
from head_office.api.front import Front
from head_office.api.operation import KILOBYTE, MEGABYTE, Operation, Query
from head_office.api.services import Services
from head_office.enrolment.devices import OLDEST_SCHEMA, authenticate, enrol
from head_office.feed.push import MutationGapError, Sender, push
from head_office.feed.quarantine import revised
from head_office.feed.read import is_up_to_date, pull
from head_office.feed.write import in_transaction
from head_office.store.engine import repeatable_read

_LARGEST_PUSH = 16 * MEGABYTE
_DIGITS = 9

T = TypeVar("T")


def enrol_device(services: Services, call: Call) -> Answer:
    """Take a PC in."""
    check_schema(call)
    now = services.clock.now_ms()
    wait = services.enrolments.wait_ms(call.peer, now)
    if wait:
        raise RefusalError("rate.limited", headers={"Retry-After": str(wait // 1000 + 1)})
    message = read_message(call, Enrol, 64 * KILOBYTE)

    def work(connection: Connection) -> Enrolled:
        return enrol(
            connection,
            services.secret,
            message,
            now_ms=now,
            link_origin=services.link_origin,
            brand=services.brand,
        )

    return json_answer(in_transaction(services.engine, work), sealed=True)


def push_mutations(services: Services, call: Call) -> Answer:
    """Take in what a device did."""
    token = bearer(call)
    message = _written_by(check_schema(call), read_message(call, Push, _LARGEST_PUSH))
    mids = [mutation.mid for mutation in message.mutations]
    if len(mids) > MAX_BATCH:
        raise RefusalError("request.too_large", f"一次最多上传 {MAX_BATCH} 条修改。")
    if mids and mids != list(range(mids[0], mids[0] + len(mids))):
        raise RefusalError("request.invalid", "mid 必须从小到大连续。")
    now = services.clock.now_ms()

    def work(connection: Connection) -> Pushed:
        who = authenticate(connection, token, now)
        sender = Sender(who.store_id, who.device_id, who.granted, who.ended)
        return push(connection, sender, message, services.rules, now)

    try:
        pushed = in_transaction(services.engine, work)
    except MutationGapError as e:
        raise RefusalError(e.code, e.sentence, last_mid=e.last_mid) from e
    rejected = sum(result.status == "rejected" for result in pushed.results)
    services.metrics.add("guide_push_mutations_total", len(mids) - rejected, status="taken")
    services.metrics.add("guide_push_mutations_total", rejected, status="rejected")
    return json_answer(pushed, sealed=True)


async def nothing_new(front: Front, call: Call) -> Answer | None:
    """304 if every cursor stands at the head of its scope; None if there is something to fetch."""
    token = bearer(call)
    check_schema(call)
    cursors = read_cursors(call)
    who = await front.looks.look(token, read_waiting(call))
    return Answer(304) if is_up_to_date(cursors, who.heads) else None


def pull_changes(services: Services, call: Call) -> Answer:
    """Hand out what a device does not hold yet."""
    limit, cursors = read_limit(call), read_cursors(call)
    with repeatable_read(services.engine) as connection:
        now = services.clock.now_ms()
        who = authenticate(connection, bearer(call), now)  # in here, so that grants and records are of one moment
        told = revised(connection, who.store_id, who.device_id, now)
        scopes = sorted(who.granted)
        frames = pull(connection, scopes, cursors, limit, last_mid=who.last_mid, now_ms=now, revised=told)
    records = sum(isinstance(frame, RecordFrame) for frame in frames)
    services.metrics.add("guide_pull_frames_total", records)
    return Answer(200, encode_lines(frames), NDJSON, sealed=True)


def _written_by(version: int, message: Push) -> Push:
    """The push with every change naming the version that wrote it, which is the request's where it is silent."""
    mutations = [m if m.schema else msgspec.structs.replace(m, schema=version) for m in message.mutations]
    return msgspec.structs.replace(message, mutations=mutations)


def bearer(call: Call) -> str:
    """The bearer token. Raises RefusalError `auth.missing`."""
    scheme, _, token = call.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise RefusalError("auth.missing", headers={"WWW-Authenticate": "Bearer"})
    return token.strip()


def read_message(call: Call, shape: type[T], limit: int) -> T:
    """The message in a sealed body of at most `limit` bytes unfolded. Raises RefusalError `request.…`."""
    try:
        plain = unseal(
            call.body,
            sha256=call.headers.get(SHA_HEADER.lower()),
            encoding=call.headers.get("content-encoding"),
            limit=limit,
        )
    except CorruptBodyError as e:
        raise RefusalError("request.corrupt", f"内容与校验和不符或过大 ({e})。") from e
    return decode(plain, shape)


def decode(body: bytes, shape: type[T]) -> T:
    """The message in a JSON body. Raises RefusalError `request.malformed` or `request.invalid`, naming the field."""
    try:
        return msgspec.json.decode(body, type=shape)
    except msgspec.ValidationError as e:
        raise RefusalError("request.invalid", str(e)) from e
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as e:
        raise RefusalError("request.malformed", f"不是有效的 JSON: {e}") from e


def check_schema(call: Call) -> int:
    """The version that the device speaks. Raises RefusalError `schema.unsupported`, which names those spoken here."""
    text = call.headers.get(SCHEMA_HEADER.lower(), str(SCHEMA))
    if not text.isascii() or not text.isdigit() or not OLDEST_SCHEMA <= int(text) <= SCHEMA:
        raise RefusalError(
            "schema.unsupported",
            f"总部支持版本 {OLDEST_SCHEMA} 至 {SCHEMA}, 收到 {text[:20]}。",
            oldest=OLDEST_SCHEMA,
            newest=SCHEMA,
        )
    return int(text)


def read_cursors(call: Call) -> list[Cursor]:
    """The places that the device says it stands at. Raises RefusalError `request.malformed`."""
    try:
        cursors = [Cursor.parse(value) for name, value in call.query if name == "c"]
        for cursor in cursors:
            scope_store_id(cursor.scope)
    except ValueError as e:
        raise RefusalError("request.malformed", "c 的写法是 scope~epoch~seq。") from e
    return cursors


def read_waiting(call: Call) -> int:
    """How many changes the device says it has not handed in; what it does not say is none."""
    text = next((value for name, value in call.query if name == "w"), "0")
    if not text.isascii() or not text.isdigit() or len(text) > _DIGITS:
        raise RefusalError("request.malformed", "w 是未上交的修改数。")
    return int(text)


def read_limit(call: Call) -> int:
    """How many records the device wants at most. Raises RefusalError `request.malformed`."""
    text = next((value for name, value in call.query if name == "limit"), str(PAGE_LIMIT))
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= PAGE_LIMIT:
        raise RefusalError("request.malformed", f"limit 是 1 至 {PAGE_LIMIT} 的整数。")
    return int(text)


_ENROL = Enrol("7KQ2-M9RT-X4HD", "收银台 1", "ab" * 32, "recovery", "1.0.0")
_STORE = "0190f5e2-7c00-7000-8000-000000000001"

OPERATIONS = (
    Operation(
        "GET",
        "/sync/v1/pull",
        pull_changes,
        "取回变化: 每行一个 JSON 数组",
        "sync",
        auth="device",
        response=NDJSON,
        lines=Frame,
        query=(
            Query("c", f"`scope~epoch~seq`, once for each scope held, e.g. `store:{_STORE}~5f0c~42`", many=True),
            Query("limit", f"records a page, 1-{PAGE_LIMIT}", whole=True),
            Query("w", "changes not handed in yet, if any", whole=True),
        ),
        headers=((SCHEMA_HEADER, "schema of the records"),),
        problems=("device.revoked", "schema.unsupported"),
        statuses=((304, "Nothing new: every cursor stands at the head of its scope."),),
        early=nothing_new,
        heavy=True,
    ),
    Operation(
        "POST",
        "/sync/v1/enrol",
        enrol_device,
        "登记一台电脑 (一次性登记码)",
        "sync",
        request=Enrol,
        response=Enrolled,
        example=_ENROL,
        headers=((SHA_HEADER, "SHA-256 of the body as sent, hex"), (SCHEMA_HEADER, "schema of the records")),
        problems=("enrol.code_invalid", "schema.unsupported", "rate.limited", "request.corrupt"),
    ),
    Operation(
        "POST",
        "/sync/v1/push",
        push_mutations,
        "上传修改",
        "sync",
        auth="device",
        request=Push,
        response=Pushed,
        example={
            "mutations": [
                {
                    "mid": 1,
                    "op": "put",
                    "kind": "client",
                    "id": "0190f5e2-7c00-7000-8000-0000000000c1",
                    "store": _STORE,
                    "stamp": "019e6f3c40000000.00000001",
                    "data": {"name": "王女士", "phone": "13812345678"},
                }
            ]
        },
        headers=((SHA_HEADER, "SHA-256 of the body as sent, hex"), (SCHEMA_HEADER, "schema of the records")),
        problems=("mutation.gap", "device.forked", "device.revoked", "schema.unsupported", "request.corrupt"),
        body_limit=4 * MEGABYTE,
        heavy=True,
    ),
)
