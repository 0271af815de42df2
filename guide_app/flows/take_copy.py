"""查阅复制: all that this PC holds of one client, for handing over to her (个人信息保护法 45).

The copy has every record that names her, of every kind there is, also those of records that were merged into hers: as
JSON for other programs (45 (3)) and as a page that she can read and print. What one colleague keeps to herself (private
notes and tags, private fields) is not shown to another: the copy says how many there are, since when and whose, so that
she can ask their author, or head office, for them. Records about other people that mention her as a relative are theirs
and stay out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from guide_app.base.actor import Actor
from guide_app.base.clock import Clock, china_datetime
from guide_app.base.errors import GuideError, InvalidInputError, NotFoundError
from guide_app.flows.take_copy_page import page
from guide_app.flows.take_folder import filled, require_free
from guide_app.protocol.kinds import KINDS
from guide_app.store.codec import CODECS, json_list
from guide_app.store.database import Database
from guide_app.store.uow import UnitOfWork

#: Kinds whose records name their client.
NAMING = tuple(name for name, kind in KINDS.items() if "client_id" in kind.fields)
_FAMILY = "SELECT id FROM client WHERE id = ?1 OR merged_into = ?1 ORDER BY id <> ?1, id"
_PRIVATE_FIELDS = "SELECT id FROM custom_field WHERE private"
#: What tells of the store's reckoning among colleagues, not of her.
_NOT_HERS = {"attribution": frozenset({"evidence"})}

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Withheld:
    """A record whose contents its author keeps to herself."""

    kind: str
    guide: str
    at: int


@dataclass(frozen=True, slots=True)
class AccessCopy:
    """All that is held of a client: her records (first her own, then those merged into it), and what hangs on them.

    `names` gives the names of guides, products, fields and coupons that are mentioned by id.
    """

    client_id: str
    clients: tuple[Record, ...]
    records: Mapping[str, tuple[Record, ...]]
    withheld: tuple[Withheld, ...]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Copied:
    """What was written: records by kind, how many were withheld, and the JSON's SHA-256 as it stands in the log."""

    folder: Path
    records: Mapping[str, int]
    withheld: int
    sha256: str


def take_copy(db: Database, clock: Clock, actor: Actor, client_id: str, folder: Path, *, proven_by: str) -> Copied:
    """Write `copy.json` and `copy.html` into `folder`, which must be new or empty, and note it.

    `proven_by` says how she showed who she is. For her own guide and for managers. Raises NotFoundError; GuideError
    (`copy.not_hers`) for another guide; InvalidInputError without `proven_by` or for a folder that holds something.
    Not to be called on the book's writer thread.
    """
    proof_of_identity = proven_by.strip()
    if not proof_of_identity:
        raise InvalidInputError("copy.identity", "没有写怎样核实了客户本人。", "例如「当面, 手机号验证」。")
    require_free(folder)
    copy = db.query(lambda conn: read_copy(conn, client_id, actor))
    now = clock.now_ms()
    head = {
        "made_at": china_datetime(now).isoformat(timespec="seconds"), "store": actor.store_name,
        "made_by": f"{actor.name} ({actor.number})", "proven_by": proof_of_identity,
    }  # fmt: skip
    with filled(folder) as fresh:
        text = json.dumps(head | _document(copy), ensure_ascii=False, indent=2) + "\n"
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        (fresh / "copy.json").write_text(text, encoding="utf-8")
        (fresh / "copy.html").write_text(page(copy, head, sha256), encoding="utf-8")
        line = {
            "guide_id": actor.guide_id, "client_id": client_id, "deed": "access_copy", "reason": proof_of_identity,
            "records": 1, "proof": sha256, "at": now,
        }  # fmt: skip
        store = copy.clients[0]["store_id"]

        def note(uow: UnitOfWork) -> None:
            uow.put("access_log", line, store_id=store)

        db.change(note, by=actor.guide_id, origin=actor.origin)
    counts = {kind: len(found) for kind, found in copy.records.items()}
    return Copied(folder, counts, len(copy.withheld), sha256)


def read_copy(conn: Connection, client_id: str, actor: Actor) -> AccessCopy:
    """All that is held of a client, as this actor may hand it over. Raises as `take_copy`."""
    family = list(conn.exec_driver_sql(_FAMILY, (client_id,)).scalars())
    clients = tuple(_record(conn, "client", one) for one in family)
    if not clients or clients[0]["id"] != client_id:
        raise NotFoundError("client.unknown", f"没有编号为 {client_id} 的客户。", "先用 clients search 找到客户。")
    if clients[0]["primary_guide_id"] != actor.guide_id and not actor.is_manager:
        raise GuideError("copy.not_hers", "这位客户由别的导购负责。", "请她的专属导购或店长办理。")
    names = {row[0]: str(row[1]) for row in conn.exec_driver_sql(_NAMES)}
    private = frozenset(conn.exec_driver_sql(_PRIVATE_FIELDS).scalars())
    own = clients[0]["primary_guide_id"] == actor.guide_id
    records: dict[str, tuple[Record, ...]] = {}
    withheld: list[Withheld] = []
    for kind in (*NAMING, *_BY_WAY_OF):
        shown: list[Record] = []
        for record in _hanging(conn, kind, family):
            kept = record.get("private") or (record.get("field_id") in private and not own)
            if kept and record.get("guide_id") != actor.guide_id:
                withheld.append(Withheld(kind, names.get(str(record.get("guide_id")), ""), int(record.get("at") or 0)))
            else:
                shown.append({k: v for k, v in record.items() if k not in _NOT_HERS.get(kind, ())})
        records[kind] = tuple(shown)
    return AccessCopy(client_id, clients, records, tuple(withheld), names)


_NAMED = ("guide", "store", "product", "custom_field", "coupon_template", "sop", "segment")
_NAMES = " UNION ALL ".join([*(f"SELECT id, name FROM {kind}" for kind in _NAMED), "SELECT id, code FROM sku"])
#: Kinds that hang on her by way of another.
_BY_WAY_OF = {"purchase_line": ("purchase_id", "purchase"), "redemption": ("coupon_id", "coupon")}


def _hanging(conn: Connection, kind: str, family: list[str]) -> list[Record]:
    where = "client_id IN (SELECT value FROM json_each(?))"
    if kind in _BY_WAY_OF:
        field, way = _BY_WAY_OF[kind]
        where = f"{field} IN (SELECT id FROM {way} WHERE {where})"
    ids = conn.exec_driver_sql(f'SELECT id FROM "{kind}" WHERE {where} ORDER BY id', (json_list(family),)).scalars()
    return [_record(conn, kind, one) for one in ids]


def _record(conn: Connection, kind: str, record_id: str) -> Record:
    held = CODECS[kind].read(conn, record_id)
    if held is None:
        raise NotFoundError("record.unknown", f"没有编号为 {record_id} 的 {kind}。")
    return {"id": held.id, "store_id": held.store_id, **held.data}


def _document(copy: AccessCopy) -> dict[str, Any]:
    withheld = [{"kind": one.kind, "guide": one.guide, "at": one.at} for one in copy.withheld]
    return {
        "client_id": copy.client_id, "clients": copy.clients, "records": copy.records, "withheld": withheld,
        "names": {key: name for key, name in copy.names.items() if key in _mentioned(copy)},
        "units": {"at": "UTC 毫秒", "fen": "人民币分"},
    }  # fmt: skip


def _mentioned(copy: AccessCopy) -> frozenset[str]:
    every = (*copy.clients, *(record for found in copy.records.values() for record in found))
    return frozenset(value for record in every for value in record.values() if isinstance(value, str))
