"""Store PCs: taken in with a code, known by a token, revoked when lost."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from guide_app.base.errors import GuideError, InvalidInputError, NotFoundError
from guide_app.base.ids import NIL
from guide_app.protocol.messages import SCHEMA, Enrol, Enrolled
from guide_app.protocol.scopes import BRAND, Scope, store_scope
from head_office.enrolment.codes import invalid_code, spend_enrol_code
from head_office.enrolment.link_keys import new_link_key
from head_office.enrolment.tokens import hash_token, is_token_of, make_token, read_token
from head_office.feed.heads import ensure_head
from head_office.feed.read import Position
from head_office.store import audit
from head_office.store.secret import OfficeSecret
from head_office.store.tables import KIND_TABLES, device, device_grant, link_key

#: The office speaks this schema and the two before it.
OLDEST_SCHEMA = max(1, SCHEMA - 2)
_HEX_KEY = re.compile(r"[0-9a-f]{64}")
_LONGEST_NAME = 64

# One statement answers who calls, what he may see and where each scope stands: an idle poll costs nothing more.
_WHO = (
    "SELECT d.store_id::text, d.id::text, d.token_hash, d.revoked_ms, d.last_mid, d.last_contact_ms, d.key_no, d.tag,"
    " d.waiting,"
    " g.scope_id::text, g.ended_ms, h.epoch, h.seq"
    " FROM device d JOIN device_grant g ON g.store_id = d.store_id AND g.device_id = d.id"
    " JOIN feed_head h ON h.store_id = g.scope_id"
)
_WHO_ONE = f"{_WHO} WHERE d.store_id = %(store)s::uuid AND d.id = %(device)s::uuid"
_WHO_MANY = f"{_WHO} WHERE (d.store_id, d.id) IN (SELECT * FROM unnest(%(stores)s::uuid[], %(devices)s::uuid[]))"
_TOUCH = (
    "UPDATE device d SET last_contact_ms = %(now_ms)s, waiting = said.waiting"
    " FROM unnest(%(stores)s::uuid[], %(devices)s::uuid[], %(waiting)s::bigint[]) AS said(store_id, id, waiting)"
    " WHERE d.store_id = said.store_id AND d.id = said.id"
)


@dataclass(frozen=True, slots=True)
class Device:
    """A device that showed its token, and where the scopes stand that it may see.

    `ended` are scopes that it could see until a moment (UTC ms): what was done there before is still taken.
    """

    store_id: str
    device_id: str
    key_no: int
    tag: str
    last_mid: int
    last_contact_ms: int
    waiting: int
    heads: dict[Scope, Position]
    ended: dict[Scope, int]

    @property
    def granted(self) -> frozenset[Scope]:
        """The scopes it may read and write."""
        return frozenset(self.heads)


@dataclass(frozen=True, slots=True)
class Contact:
    """A device was heard of, and said how many changes it had not handed in."""

    store_id: str
    device_id: str
    waiting: int


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """A device as the office's list shows it. Moments are UTC ms."""

    id: str
    store_id: str
    store_code: str
    name: str
    app_version: str
    key_no: int
    last_mid: int
    enrolled_ms: int
    last_contact_ms: int
    revoked_ms: int | None
    wiped_ms: int | None


def enrol(
    connection: Connection, secret: OfficeSecret, message: Enrol, *, now_ms: int, link_origin: str, brand: str
) -> Enrolled:
    """Take a PC in. Raises GuideError: `enrol.code_invalid`, `schema.unsupported`, `request.invalid`."""
    _check(message)
    device_id = audit.new_id(now_ms)
    spent = spend_enrol_code(connection, message.code, device_id, now_ms)
    store_id = spent.store_id
    if spent.device_id is None:
        token = make_token(store_id, device_id)
        key_no = _take_in(connection, secret, message, token, now_ms)
    else:
        device_id = spent.device_id
        token = make_token(store_id, device_id)
        key_no = _give_token_again(connection, store_id, device_id, message, token)
    store = KIND_TABLES["store"]
    return Enrolled(
        device_id=device_id,
        token=token,
        tag=_tag(key_no),
        key_no=key_no,
        link_key=secret.link_key(key_no).hex(),
        store_id=store_id,
        store_name=connection.scalar(sa.select(store.c.name).where(store.c.id == store_id)) or "",
        scopes=[BRAND, store_scope(store_id)],
        link_origin=link_origin,
        brand=brand,
        server_ms=now_ms,
    )


def authenticate(connection: Connection, token: str, now_ms: int, *, even_revoked: bool = False) -> Device:
    """The device that holds `token`, with its grants as of `now_ms`.

    Raises GuideError `auth.invalid` or, unless `even_revoked`, `device.revoked`.
    """
    ids = read_token(token)
    rows: Sequence[Any] = ()
    if ids is not None:
        rows = connection.exec_driver_sql(_WHO_ONE, {"store": ids.store_id, "device": ids.device_id}).all()
    found = _judge(token, rows, now_ms, even_revoked=even_revoked)
    if isinstance(found, GuideError):
        raise found
    return found


def look_many(connection: Connection, tokens: Sequence[str], now_ms: int) -> list[Device | GuideError]:
    """For each token what `authenticate` would return or raise, by one statement."""
    ids = [read_token(token) for token in tokens]
    known = sorted({(i.store_id, i.device_id) for i in ids if i is not None})
    values = {"stores": [store for store, _ in known], "devices": [device for _, device in known]}
    rows: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in connection.exec_driver_sql(_WHO_MANY, values):
        rows[row[0], row[1]].append(row)
    return [
        _judge(token, rows.get((i.store_id, i.device_id), ()) if i is not None else (), now_ms)
        for token, i in zip(tokens, ids, strict=True)
    ]


def touch_many(connection: Connection, heard: Sequence[Contact], now_ms: int) -> None:
    """Note that the devices were heard of, and what each said last."""
    said = {(contact.store_id, contact.device_id): contact.waiting for contact in heard}
    pcs = sorted(said)  # so that two processes which note the same devices never wait for each other in a ring
    values = {
        "stores": [store for store, _ in pcs],
        "devices": [device for _, device in pcs],
        "waiting": [said[pc] for pc in pcs],
    }
    connection.exec_driver_sql(_TOUCH, {**values, "now_ms": now_ms})


def _judge(token: str, rows: Sequence[Any], now_ms: int, *, even_revoked: bool = False) -> Device | GuideError:
    """The device of these rows, one a grant, if the token is its own."""
    if not rows or not is_token_of(token, rows[0].token_hash):
        return GuideError("auth.invalid", "设备凭证不被总部接受, 请重新登记这台电脑。")
    first = rows[0]
    if first.revoked_ms is not None and not even_revoked:
        return GuideError("device.revoked", "总部已停用这台电脑。")
    heads: dict[Scope, Position] = {}
    ended: dict[Scope, int] = {}
    for row in rows:
        scope = BRAND if row.scope_id == NIL else store_scope(row.scope_id)
        if row.ended_ms is None or row.ended_ms > now_ms:
            heads[scope] = Position(row.epoch, row.seq)
        else:
            ended[scope] = row.ended_ms
    plain = (first.key_no, first.tag, first.last_mid, first.last_contact_ms, first.waiting)
    return Device(first[0], first[1], *plain, heads, ended)


def list_devices(connection: Connection) -> list[DeviceLine]:
    """All devices, by store and name."""
    store = KIND_TABLES["store"]
    columns = [device.c[name] for name in DeviceLine.__dataclass_fields__ if name != "store_code"]
    query = (
        sa.select(*columns, sa.func.coalesce(store.c.code, "").label("store_code"))
        .join_from(device, store, store.c.id == device.c.store_id, isouter=True)
        .order_by("store_code", device.c.name, device.c.id)
    )
    return [DeviceLine(**row) for row in connection.execute(query).mappings()]


def revoke(connection: Connection, device_id: str, now_ms: int) -> DeviceLine:
    """Shut a device out. Its links stay good where their share record has arrived; it can sign no new ones.

    Raises NotFoundError.
    """
    line = next((line for line in list_devices(connection) if line.id == device_id), None)
    if line is None:
        raise NotFoundError("device.unknown", f"没有设备 {device_id}。", "head-office devices 列出所有设备。")
    own = (device.c.store_id == line.store_id, device.c.id == line.id, device.c.revoked_ms.is_(None))
    connection.execute(sa.update(device).where(*own).values(revoked_ms=now_ms))
    keys = (link_key.c.key_no == line.key_no, link_key.c.retired_ms.is_(None))
    connection.execute(sa.update(link_key).where(*keys).values(retired_ms=now_ms))
    audit.record(connection, now_ms, "office", "device.revoke", {"device_id": device_id}, store_id=line.store_id)
    return line


def _tag(key_no: int) -> str:
    return f"{key_no:08x}"  # as unique as the key number, and never the office's 00000000


def _take_in(connection: Connection, secret: OfficeSecret, message: Enrol, token: str, now_ms: int) -> int:
    """Write the new device with its key and its grants; returns its key number."""
    ids = read_token(token)
    if ids is None:
        raise ValueError("a token that was just made reads back")
    store_id, device_id = ids.store_id, ids.device_id
    key_no = new_link_key(connection, store_id, device_id)
    values = {
        "store_id": store_id,
        "id": device_id,
        "name": message.name,
        "token_hash": hash_token(token),
        "tag": _tag(key_no),
        "key_no": key_no,
        "signing_key": message.signing_key,
        "recovery_key": secret.seal(message.recovery_key),
        "app_version": message.app_version,
        "last_mid": 0,
        "last_chain": "",
        "last_effective": "",
        "first_mid": 0,
        "waiting": 0,
        "moves": [],
        "enrolled_ms": now_ms,
        "last_contact_ms": now_ms,
    }
    connection.execute(sa.insert(device), values)
    grants = [
        {"store_id": store_id, "device_id": device_id, "scope_id": scope_id, "granted_ms": now_ms}
        for scope_id in (NIL, store_id)
    ]
    connection.execute(sa.insert(device_grant), grants)
    for scope in (BRAND, store_scope(store_id)):
        ensure_head(connection, scope)
    audit.record(connection, now_ms, "device", "device.enrol", {"device_id": device_id}, store_id=store_id)
    return key_no


def _give_token_again(connection: Connection, store_id: str, device_id: str, message: Enrol, token: str) -> int:
    """Answer a repeated enrolment whose first answer was lost: same PC by its signing key, nothing sent yet."""
    own = (device.c.store_id == store_id, device.c.id == device_id, device.c.signing_key == message.signing_key)
    unused = (device.c.last_mid == 0, device.c.revoked_ms.is_(None))
    renew = sa.update(device).where(*own, *unused).values(token_hash=hash_token(token)).returning(device.c.key_no)
    key_no: int | None = connection.scalar(renew)
    if key_no is None:
        raise invalid_code()
    return key_no


def _check(message: Enrol) -> None:
    if not OLDEST_SCHEMA <= message.schema <= SCHEMA:
        raise GuideError(
            "schema.unsupported", f"总部支持版本 {OLDEST_SCHEMA} 至 {SCHEMA}, 这台电脑是 {message.schema}。"
        )
    if not 0 < len(message.name) <= _LONGEST_NAME or not message.name.isprintable():
        raise InvalidInputError("request.invalid", "name: 1 至 64 个可见字符。")
    if not _HEX_KEY.fullmatch(message.signing_key):
        raise InvalidInputError("request.invalid", "signing_key: 64 个十六进制字符。")
    if not message.recovery_key or len(message.recovery_key) > 4 * _LONGEST_NAME:
        raise InvalidInputError("request.invalid", "recovery_key: 1 至 256 个字符。")
