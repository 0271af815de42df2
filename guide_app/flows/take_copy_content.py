"""What the access copy of a client holds, and what a colleague keeps to herself. Reads only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from guide_app.base.actor import Actor
from guide_app.base.errors import GuideError, NotFoundError
from guide_app.protocol.kinds import KINDS
from guide_app.protocol.photo import NAMED_BY, photo_named
from guide_app.store.codec import CODECS, json_list
from guide_app.store.photos import photo_bytes

#: Kinds whose records name their client.
NAMING = tuple(name for name, kind in KINDS.items() if "client_id" in kind.fields)
_FAMILY = "SELECT id FROM client WHERE id = ?1 OR merged_into = ?1 ORDER BY id <> ?1, id"
_PRIVATE_FIELDS = "SELECT id FROM custom_field WHERE private"
_PHOTO_FIELDS = "SELECT id FROM custom_field WHERE type = 'image'"
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

    `names` gives the names of guides, products, fields and coupons that are mentioned by id; `photos` those that the
    records name (JPEG), by their SHA-256, empty where this PC has not got one yet.
    """

    client_id: str
    clients: tuple[Record, ...]
    records: Mapping[str, tuple[Record, ...]]
    withheld: tuple[Withheld, ...]
    names: Mapping[str, str]
    photos: Mapping[str, bytes] = field(default_factory=dict)

    def photo_file(self, value: object) -> str:
        """The file of a photo that a field names; empty for whatever else stands in a field."""
        return f"photo-{value[:16]}.jpg" if isinstance(value, str) and self.photos.get(value) else ""


def read_copy(conn: Connection, client_id: str, actor: Actor) -> AccessCopy:
    """All that is held of a client, as this actor may hand it over.

    Raises NotFoundError, GuideError (`copy.not_hers`).
    """
    family = list(conn.exec_driver_sql(_FAMILY, (client_id,)).scalars())
    clients = tuple(_record(conn, "client", one) for one in family)
    if not clients or clients[0]["id"] != client_id:
        raise NotFoundError(
            "client.unknown", "没有编号为 {id} 的客户。", "先用 clients search 找到客户。", id=client_id
        )
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
    return AccessCopy(client_id, clients, records, tuple(withheld), names, _photos(conn, records))


def _photos(conn: Connection, records: Mapping[str, tuple[Record, ...]]) -> dict[str, bytes]:
    asked = frozenset(conn.exec_driver_sql(_PHOTO_FIELDS).scalars())
    named = [
        (record["id"], name)
        for kind in NAMED_BY
        for record in records.get(kind, ())
        if (name := photo_named(kind, record)) and (kind != "custom_value" or record["field_id"] in asked)
    ]
    return {name: photo_bytes(conn, record_id, name) for record_id, name in named}


_NAMED = ("guide", "store", "product", "custom_field", "coupon_template", "sop", "segment")
_NAMES = " UNION ALL ".join([*(f"SELECT id, name FROM {kind}" for kind in _NAMED), "SELECT id, code FROM sku"])
#: Kinds that hang on her by way of another.
_BY_WAY_OF = {"purchase_line": ("purchase_id", "purchase"), "redemption": ("coupon_id", "coupon")}


def _hanging(conn: Connection, kind: str, family: list[str]) -> list[Record]:
    where = "client_id IN (SELECT value FROM json_each(?))"
    if kind in _BY_WAY_OF:
        named_in, way = _BY_WAY_OF[kind]
        where = f"{named_in} IN (SELECT id FROM {way} WHERE {where})"
    ids = conn.exec_driver_sql(f'SELECT id FROM "{kind}" WHERE {where} ORDER BY id', (json_list(family),)).scalars()
    return [_record(conn, kind, one) for one in ids]


def _record(conn: Connection, kind: str, record_id: str) -> Record:
    held = CODECS[kind].read(conn, record_id)
    if held is None:
        raise NotFoundError("record.unknown", "没有编号为 {id} 的 {kind}。", "请核对编号。", id=record_id, kind=kind)
    return {"id": held.id, "store_id": held.store_id, **held.data}
