"""Two records of one person: joined field by field, and taken apart again. Head office does it, the desk shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from guide_app.base.clock import DAY_MS
from guide_app.base.errors import InvalidInputError
from guide_app.base.phone import mask_phone
from guide_app.clients.known import known_client
from guide_app.clients.model import clean_fields
from guide_app.protocol.kinds import KINDS, full_fields
from guide_app.protocol.one_person import BIRTH_FIELDS, SETTLED_FIELDS, UNDO_DAYS, settled_fields
from guide_app.store.codec import decode_json
from guide_app.store.overlay import Effect
from guide_app.store.uow import UnitOfWork

#: Kinds whose records name their client.
_NAMING = tuple(name for name, kind in KINDS.items() if "client_id" in kind.fields)
_MERGES = """SELECT c.id, c.name, c.phone, s.id, s.name, c.archived_at
    FROM client c JOIN client s ON s.id = c.merged_into
    WHERE c.merged_into IS NOT NULL AND c.archived_at >= ?1 AND (?2 = '' OR c.merged_into = ?2)
    ORDER BY c.archived_at DESC, c.id"""
_UNSENT = """SELECT data FROM outbox WHERE kind = 'client.merge' AND id = ? AND state = 'waiting'
    ORDER BY mid DESC LIMIT 1"""
_SAID = "SELECT data FROM base WHERE kind = 'client' AND id = ?"
_BASE = "SELECT id, data FROM base WHERE kind = ? AND json_extract(data, '$.client_id') = ?"


@dataclass(frozen=True, slots=True)
class Choice:
    """What the guide settled, seeing both: `take` as of the record that ends, `keep` values of its own."""

    take: tuple[str, ...] = ()
    keep: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MergeLine:
    """A merge that can still be taken back. `at` is when the double left the lists (UTC ms); its phone is masked."""

    id: str
    name: str
    phone: str
    into_id: str
    into_name: str
    at: int


def merge(
    uow: UnitOfWork, client_id: str, into_id: str, take: Sequence[str] = (), keep: Mapping[str, Any] | None = None
) -> str:
    """Say that two records are one person; `into_id` stays. Returns the name that stays.

    `take` names the fields whose value of the record that ends is right (`birth` for a birthday); `keep` holds values
    that neither says so. Raises NotFoundError; InvalidInputError for one and the same client, two of different stores
    and a field that is not to be chosen.
    """
    ends, stays = known_client(uow.conn, client_id), known_client(uow.conn, into_id)
    if ends["id"] == stays["id"] or ends["merged_into"] is not None or stays["merged_into"] is not None:
        raise InvalidInputError("merge.same", "这两条已经是同一位客户。", "请选另一位。")
    if ends["store_id"] != stays["store_id"]:
        raise InvalidInputError("merge.unknown", "两位客户不在同一家门店。", "先办理转店, 再合并。")
    kept = _settled(ends, stays, take, keep or {})
    gone = {"merged_into": into_id, "archived_at": ends["archived_at"] or uow.now_ms}
    effects = [Effect("client", client_id, "patch", gone)]
    if kept:
        effects.append(Effect("client", into_id, "patch", kept))
    for kind in _NAMING:
        hers = uow.conn.exec_driver_sql(f'SELECT id FROM "{kind}" WHERE client_id = ?', (client_id,)).all()
        effects += [Effect(kind, row[0], "patch", {"client_id": into_id}) for row in hers]
    uow.command("client.merge", client_id, {"into": into_id} | ({"keep": kept} if kept else {}), effects)
    return str(kept.get("name", stays["name"]))


def unmerge(uow: UnitOfWork, client_id: str) -> str:
    """Ask for a merged client back; returns her name. She is shown at once, what is hers with the answer at the latest.

    Head office refuses it after 30 days. Raises NotFoundError; InvalidInputError for one who is not merged.
    """
    client = known_client(uow.conn, client_id)
    into_id = client["merged_into"]
    if into_id is None:
        raise InvalidInputError(
            "merge.none", "{name} 没有并入别的客户。", "guide clients merges 列出可撤销的合并。", name=client["name"]
        )
    effects = [Effect("client", client_id, "patch", {"merged_into": None, "archived_at": None})]
    for kind in _NAMING:
        hers = uow.conn.exec_driver_sql(_BASE, (kind, client_id)).all()
        effects += [Effect(kind, row[0], "patch", {"client_id": client_id}) for row in hers]
    said = _said_before(uow.conn, client_id, into_id)
    if said:
        effects.append(Effect("client", into_id, "patch", said))
    uow.command("client.unmerge", client_id, {}, effects)
    return str(client["name"])


def merges(conn: Connection, now_ms: int, into_id: str = "") -> tuple[MergeLine, ...]:
    """The merges of the last 30 days, the latest first; with `into_id` only those into her."""
    rows = conn.exec_driver_sql(_MERGES, (now_ms - UNDO_DAYS * DAY_MS, into_id)).all()
    return tuple(MergeLine(row[0], row[1], mask_phone(row[2]), row[3], row[4], row[5]) for row in rows)


def _settled(
    ends: Mapping[str, Any], stays: Mapping[str, Any], take: Sequence[str], keep: Mapping[str, Any]
) -> dict[str, Any]:
    names = [one for name in take for one in (BIRTH_FIELDS if name == "birth" else (name,))]
    unknown = sorted(set(names) - SETTLED_FIELDS)
    if unknown:
        raise _not_settled(", ".join(unknown))
    kept = clean_fields({**{name: _value(ends, name) for name in names}, **keep})
    try:
        settled_fields(kept)
    except ValueError as e:
        raise _not_settled(str(e)) from e
    phone = kept.get("phone")
    if phone and phone not in (ends["phone"], stays["phone"]):
        raise _not_settled("phone")
    changed = {name for name, value in kept.items() if value != stays[name]}
    whole = set(BIRTH_FIELDS) if changed & set(BIRTH_FIELDS) else set()
    return {name: value for name, value in kept.items() if name in changed | whole}


def _value(client: Mapping[str, Any], name: str) -> Any:
    return bool(client[name]) if name == "birth_leap" else client[name]


def _not_settled(name: str) -> InvalidInputError:
    return InvalidInputError(
        "merge.keep",
        "合并时不能这样选 {name}。",
        "可选姓名、手机、微信、性别、生日、尺码、偏好、备注等, 且要有内容。",
        name=name,
    )


def _said_before(conn: Connection, client_id: str, into_id: str) -> dict[str, Any]:
    """What the survivor said before a merge that has not been sent yet, of the fields that were settled in it."""
    unsent = conn.exec_driver_sql(_UNSENT, (client_id,)).scalar()
    base = conn.exec_driver_sql(_SAID, (into_id,)).scalar()
    if unsent is None or base is None:
        return {}
    kept, was = decode_json(unsent).get("keep", {}), full_fields(KINDS["client"], decode_json(base))
    now = known_client(conn, into_id)
    return {name: was[name] for name in kept if now[name] == kept[name]}
