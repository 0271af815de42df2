"""All tables of the desktop's database: one per kind of record, made from the wire's list, and the machinery's own.

A record table has the record's fields as columns under their own names, `store_id` where the kind lives in a store,
`seq` (head office's number of this version; NULL as long as the office has never seen the record) and `extra`
(fields that this version of the program does not know, kept and sent on unharmed). Only `UnitOfWork` and `Applier`
write them.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal

import msgspec
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)
from sqlalchemy.types import TypeEngine

from guide_app.protocol.kinds import KINDS, Kind

METADATA = MetaData()
_INT32 = 1 << 31

#: Columns that questions of every day ask by, per kind.
_INDEXES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "guide": (("store_id",), ("number",)),
    "product": (("spu",), ("no",)),
    "sku": (("product_id",), ("gtin",), ("code",)),
    "client": (("phone",), ("primary_guide_id",), ("birth_month", "birth_day")),
    "client_tag": (("client_id",), ("name",)),
    "tag_bar": (("client_id",),),
    "consent": (("client_id", "at"),),
    "relation": (("client_id",), ("relative_id",)),
    "client_date": (("client_id",), ("month", "day")),
    "custom_value": (("client_id",),),
    "stated_size": (("client_id",),),
    "wish": (("client_id",), ("product_id",)),
    "missing_size": (("product_id",),),
    "stock_request": (("sku_id",),),
    "segment_member": (("segment_id",), ("client_id",)),
    "sop_run": (("client_id",), ("state",)),
    "copied": (("client_id",), ("share_id",), ("state",)),
    "bought_for": (("client_id",), ("purchase_line_id",)),
    "service": (("client_id",), ("state", "until")),
    "note": (("client_id", "at"), ("kind", "at")),
    "access_log": (("guide_id", "at"),),
    "company_view": (("client_id",),),
    "purchase": (("client_id", "at"), ("order_no",), ("at",)),
    "purchase_line": (("purchase_id",), ("product_id",)),
    "task": (("status", "due_at"), ("client_id",), ("cause",)),
    "share": (("client_id", "at"), ("at",)),
    "share_event": (("share_id",), ("client_id", "at"), ("at",)),
    "allotment": (("template_id", "guide_id"),),
    "coupon": (("code",), ("client_id",), ("template_id",), ("allotment_id",)),
    "coupon_gift": (("client_id",), ("coupon_id",), ("deed_id",)),
    "redemption": (("coupon_id",), ("order_no",), ("at",)),
    "attribution": (("purchase_id",), ("guide_id", "at"), ("client_id",)),
    "target": (("guide_id", "month"),),
}
#: Looked up whatever the case of the letters; with the id, so that the search for doubles reads the index alone.
_CASELESS: Mapping[str, tuple[str, ...]] = {"client": ("wechat",)}
#: Looked up among the few rows of which something is true: the column, and what is true.
_FEW: Mapping[str, tuple[str, str]] = {"client_tag": ("guide_id", "private"), "purchase": ("photo", "photo <> ''")}


def _record_table(kind: Kind) -> Table:
    columns: list[Column[Any]] = [Column("id", Text, primary_key=True)]
    if kind.scope == "store":
        columns.append(Column("store_id", Text, nullable=False, primary_key=kind.borrowed))
    columns += [_column(f) for f in msgspec.structs.fields(kind.struct) if f.name != "id"]
    columns += [Column("seq", BigInteger, nullable=True), Column("extra", JSON(none_as_null=True), nullable=True)]
    indexes = [Index("_".join(("ix", kind.name, *names)), *names) for names in _INDEXES.get(kind.name, ())]
    caseless = _CASELESS.get(kind.name, ())
    indexes += [Index(f"ix_{kind.name}_{name}", text(f"{name} COLLATE NOCASE"), "id") for name in caseless]
    if few := _FEW.get(kind.name):
        indexes.append(Index(f"ix_{kind.name}_{few[0]}", few[0], sqlite_where=text(few[1])))
    return Table(kind.name, METADATA, *columns, *indexes)


def _column(field: msgspec.structs.FieldInfo) -> Column[Any]:
    kind, nullable = _type_of(field.type)
    default = field.default_factory() if field.default_factory is not msgspec.NODEFAULT else field.default
    return Column(field.name, kind, nullable=nullable, server_default=None if nullable else text(_literal(default)))


def _type_of(hint: Any) -> tuple[TypeEngine[Any], bool]:
    """The column type of a field's type, and whether it may be NULL."""
    nullable = False
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        nullable = True
        (hint,) = (part for part in typing.get_args(hint) if part is not types.NoneType)
    limits: list[Any] = []
    if typing.get_origin(hint) is Annotated:
        hint, *limits = typing.get_args(hint)
    origin = typing.get_origin(hint) or hint
    if origin in (list, dict):
        return JSON(none_as_null=True), nullable
    if origin is bool:
        return Boolean(), nullable
    if origin is int:
        return (Integer() if _fits_int32(limits) else BigInteger()), nullable
    if origin is Literal or origin is str:
        return Text(), nullable
    raise TypeError(f"no column type for {hint}")


def _fits_int32(limits: list[Any]) -> bool:
    return any((m.lt is not None and m.lt <= _INT32) or (m.le is not None and m.le < _INT32) for m in limits)


def _literal(default: object) -> str:
    if isinstance(default, bool | int):
        return str(int(default))
    body = default if isinstance(default, str) else msgspec.json.encode(default).decode()
    return "'" + body.replace("'", "''") + "'"


#: The table of every kind, by the kind's name.
TABLES: Mapping[str, Table] = MappingProxyType({name: _record_table(kind) for name, kind in KINDS.items()})

#: This PC as head office knows it: one row, there from the first start, filled by enrolment.
DEVICE = Table(
    "device",
    METADATA,
    Column("one", Integer, CheckConstraint("one = 1", name="one_row"), primary_key=True, server_default=text("1")),
    Column("device_id", Text),
    Column("token", Text),
    Column("tag", Text, nullable=False, server_default=text("'00000001'")),
    Column("key_no", Integer, nullable=False, server_default=text("0")),
    Column("link_key", LargeBinary),
    Column("signing_key", LargeBinary),
    Column("store_id", Text),
    Column("store_name", Text, nullable=False, server_default=text("''")),
    Column("scopes", JSON, nullable=False, server_default=text("'[]'")),
    Column("link_origin", Text, nullable=False, server_default=text("''")),
    Column("brand", Text, nullable=False, server_default=text("''")),
    Column("office", Text, nullable=False, server_default=text("''")),
    Column("enrolled_at", BigInteger),
    Column("last_mid", BigInteger, nullable=False, server_default=text("0")),
    Column("acked_mid", BigInteger, nullable=False, server_default=text("0")),
    Column("acked_chain", Text, nullable=False, server_default=text("''")),
    Column("last_stamp", Text, nullable=False, server_default=text("''")),
    Column("offset_ms", BigInteger, nullable=False, server_default=text("0")),
    Column("last_contact_ms", BigInteger),
    Column("wiped_at", BigInteger),
)

#: How far this PC has come in each scope, what the office said of its head there, and the digest of what is held:
#: `counted_at` is when that was last summed over all rows; in between it follows each change.
CURSOR = Table(
    "cursor",
    METADATA,
    Column("scope", Text, primary_key=True),
    Column("epoch", Text, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("n_live", BigInteger, nullable=False, server_default=text("0")),
    Column("office_digest", Text, nullable=False, server_default=text("''")),
    Column("held_digest", Text, nullable=False, server_default=text("''")),
    Column("held_n", BigInteger, nullable=False, server_default=text("0")),
    Column("counted_at", BigInteger, nullable=False, server_default=text("0")),
    Column("at", BigInteger, nullable=False, server_default=text("0")),
)

#: Every change made here, in order, until the office has it and thirty days longer.
OUTBOX = Table(
    "outbox",
    METADATA,
    Column("mid", Integer, primary_key=True, autoincrement=False),
    Column("grp", BigInteger, nullable=False),
    Column("op", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("store", Text, nullable=False),
    Column("stamp", Text, nullable=False),
    Column("data", JSON, nullable=False),
    Column("by", Text),
    Column("schema", Integer, nullable=False),
    Column("effects", JSON, nullable=False, server_default=text("'[]'")),
    Column("created_at", BigInteger, nullable=False),
    Column("state", Text, nullable=False, server_default=text("'waiting'")),
    Column("acked_at", BigInteger),
    Column("chain", Text, nullable=False, server_default=text("''")),
    Column("passed", Text, nullable=False, server_default=text("''")),
    Index("ix_outbox_record", "kind", "id", "state"),
    Index("ix_outbox_state", "state", "mid"),
    Index("ix_outbox_command", "mid", sqlite_where=text("op = 'command' AND state = 'waiting'")),
)

#: The office's version of records that have changes waiting; `data` holds known and unknown fields.
BASE = Table(
    "base",
    METADATA,
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("store_id", Text, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("data", JSON, nullable=False),
)

#: What became of changes that were not plainly applied: fields that lost, and refusals.
RESULT = Table(
    "result",
    METADATA,
    Column("mid", Integer, primary_key=True, autoincrement=False),
    Column("status", Text, nullable=False),
    Column("code", Text, nullable=False, server_default=text("''")),
    Column("detail", Text, nullable=False, server_default=text("''")),
    Column("lost", JSON, nullable=False, server_default=text("'{}'")),
    Column("at", BigInteger, nullable=False),
    Column("seen_at", BigInteger),
)

#: Records of kinds this version does not know (`kind`), or that did not fit their kind (`invalid`), kept as they came.
UNKNOWN_RECORD = Table(
    "unknown_record",
    METADATA,
    Column("scope", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("data", JSON, nullable=False),
    Column("reason", Text, nullable=False),
    Column("detail", Text, nullable=False, server_default=text("''")),
    Column("at", BigInteger, nullable=False, server_default=text("0")),
)

#: A scope whose office now has far fewer records than are held here: what would go, until somebody allows it.
HELD_REMOVAL = Table(
    "held_removal",
    METADATA,
    Column("scope", Text, primary_key=True),
    Column("removed", BigInteger, nullable=False),
    Column("held", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("epoch", Text, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("allowed_by", Text),
    Column("allowed_at", BigInteger),
)

#: Clients erased by law whose erasure here head office has not been told of yet; `scrubbed_at` is when the last trace
#: had left the files.
ERASURE = Table(
    "erasure",
    METADATA,
    Column("client_id", Text, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("scrubbed_at", BigInteger),
)

#: Columns that a newer version of the program added and rows from before lack; `after_id` is how far it came.
BACKFILL = Table(
    "backfill",
    METADATA,
    Column("kind", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("scope", Text, primary_key=True, server_default=text("''")),
    Column("after_id", Text, nullable=False, server_default=text("''")),
)

#: Coupons that lie in a bill not yet paid at this counter; `until` gives them free by itself.
COUPON_HOLD = Table(
    "coupon_hold",
    METADATA,
    Column("coupon_id", Text, primary_key=True),
    Column("bill_id", Text, nullable=False),
    Column("guide_id", Text, nullable=False),
    Column("until", BigInteger, nullable=False),
)

#: Coupons of other systems that head office was asked to redeem and has not answered for yet; `asked` is what was said.
EXTERNAL_ASK = Table(
    "external_ask",
    METADATA,
    Column("request_no", Text, primary_key=True),
    Column("code", Text, nullable=False),
    Column("asked", JSON, nullable=False),
    Column("at", BigInteger, nullable=False),
    Index("ix_external_ask_code", "code"),
)

#: What this PC printed; `data` is a raw job or the pages that the system's printer got, packed, to go out again as they
#: were. `goods` are the products of a look.
PRINT_JOB = Table(
    "print_job",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("guide_id", Text),
    Column("client_id", Text),
    Column("product_id", Text),
    Column("goods", Text, nullable=False, server_default=text("'[]'")),
    Column("title", Text, nullable=False, server_default=text("''")),
    Column("template", Text, nullable=False, server_default=text("''")),
    Column("printer_name", Text, nullable=False, server_default=text("''")),
    Column("printer", Text, nullable=False, server_default=text("''")),
    Column("discreet", Boolean, nullable=False, server_default=text("0")),
    Column("data", LargeBinary),
    Index("ix_print_job_client_id", "client_id"),
)

#: Pictures of clients and receipts, each by the record that names it; they lie in the book because it is encrypted, and
#: go with the record. `at` is when it came here or was last named (UTC ms); `sent`: head office has it.
PHOTO = Table(
    "photo",
    METADATA,
    Column("record_id", Text, primary_key=True),
    Column("sha256", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("client_id", Text),
    Column("at", BigInteger, nullable=False),
    Column("sent", Boolean, nullable=False, server_default=text("0")),
    Column("bytes", LargeBinary, nullable=False),
    Index("ix_photo_client_id", "client_id"),
    Index("ix_photo_unsent", "record_id", sqlite_where=text("NOT sent")),
)

#: The other PCs of the store as head office last described them.
STORE_PC = Table(
    "store_pc",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("store_id", Text, nullable=False),
    Column("last_contact_ms", BigInteger, nullable=False),
    Column("waiting", BigInteger, nullable=False, server_default=text("0")),
    Column("app_version", Text, nullable=False, server_default=text("''")),
    Column("revoked", Boolean, nullable=False, server_default=text("0")),
)

SETTING = Table(
    "setting",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

#: Who looked at whose number in clear, and when (Personal Information Protection Law, articles 51 and 54).
REVEAL = Table(
    "reveal",
    METADATA,
    Column("no", Integer, primary_key=True),
    Column("guide_id", Text, nullable=False),
    Column("client_id", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Index("ix_reveal_client", "client_id", "at"),
)
