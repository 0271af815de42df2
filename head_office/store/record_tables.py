"""The table of one kind of record, made from the wire's own struct: its columns, and what rows are looked up by."""

from __future__ import annotations

from types import MappingProxyType, NoneType
from typing import Any, get_args, get_origin, get_type_hints

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from guide_app.protocol.kinds import Kind
from guide_app.protocol.records import Id

#: What rows are looked up by, besides id and seq; store-owned kinds get `store_id` in front.
_LOOKUPS: MappingProxyType[str, tuple[tuple[str, ...], ...]] = MappingProxyType(
    {
        "sku": (("product_id",), ("gtin",)),
        "guide": (("store_id",),),
        "client": (("phone",), ("member_no",)),
        "client_tag": (("client_id",),),
        "tag_bar": (("client_id",),),
        "consent": (("client_id",), ("at",)),
        "relation": (("client_id",), ("relative_id",)),
        "client_date": (("client_id",),),
        "custom_value": (("client_id",),),
        "stated_size": (("client_id",),),
        "wish": (("client_id",),),
        "missing_size": (("product_id",),),
        "stock_request": (("sku_id",),),
        "segment_member": (("segment_id",), ("client_id",)),
        "sop_run": (("client_id",),),
        "copied": (("client_id",),),
        "bought_for": (("client_id",),),
        "service": (("client_id",),),
        "note": (("client_id",),),
        "access_log": (("client_id",), ("at",)),
        "company_view": (("client_id",),),
        "purchase": (("order_no",), ("client_id",)),
        "purchase_line": (("purchase_id",),),
        "task": (("client_id",),),
        "share": (("key_no", "share_no"), ("client_id",)),
        "share_event": (("client_id",),),
        "allotment": (("template_id", "guide_id"), ("device_id",)),
        "coupon": (("code",), ("client_id",), ("allotment_id",)),
        "coupon_gift": (("client_id",), ("coupon_id",)),
        "redemption": (("coupon_id",), ("order_no",)),
        "attribution": (("purchase_id",),),
    }
)

#: Lookups that few rows can answer: the others stay out of the index.
_RARE_LOOKUPS: MappingProxyType[str, tuple[str, ...]] = MappingProxyType({"purchase": ("origin_order_no",)})

#: Short numbers and business keys of shared kinds: unique unless empty (0 or '').
_UNIQUE_UNLESS_EMPTY: MappingProxyType[str, tuple[str, ...]] = MappingProxyType(
    {
        "store": ("code",),
        "guide": ("no", "number"),
        "product": ("no", "spu"),
        "sku": ("code",),
        "coupon_template": ("no",),
        "office_key": ("no",),
        "house_rule": ("name",),
    }
)


def uuid_type() -> sa.Uuid[str]:
    """The type of ids: PostgreSQL's own, in Python their canonical text."""
    return sa.Uuid(as_uuid=False)


def _type_of(hint: Any) -> sa.types.TypeEngine[Any]:
    """The column type of a record field: ids are uuid, containers jsonb, the rest what it says."""
    if hint == Id:
        return uuid_type()
    plain = get_args(hint)[0] if hasattr(hint, "__metadata__") else hint
    if plain is bool:
        return sa.Boolean()
    if plain is int:
        return sa.BigInteger()
    if get_origin(plain) in (list, dict):
        return JSONB()
    return sa.Text()


def _field_column(name: str, hint: Any) -> sa.Column[Any]:
    options = [hint] if hasattr(hint, "__metadata__") else list(get_args(hint)) or [hint]
    nullable = NoneType in options
    if nullable:
        hint = next(option for option in options if option is not NoneType)
    return sa.Column(name, _type_of(hint), nullable=nullable)


def kind_table(kind: Kind, metadata: sa.MetaData) -> sa.Table:
    """The table of one kind: owner and id, the record's fields, its place in the feed, and what came along unknown."""
    owner: list[sa.Column[Any]] = [] if kind.scope == "brand" else [sa.Column("store_id", uuid_type(), nullable=False)]
    hints = get_type_hints(kind.struct, include_extras=True)
    columns = [_field_column(name, hints[name]) for name in kind.fields]
    stamps = [sa.Column("stamps", JSONB, nullable=False)] if kind.policy == "fields" else []
    lead = [column.name for column in owner]
    table = sa.Table(
        kind.name,
        metadata,
        *owner,
        sa.Column("id", uuid_type(), nullable=False),
        *columns,
        sa.Column("seq", sa.BigInteger, nullable=False),
        *stamps,
        sa.Column("extra", JSONB),
        sa.PrimaryKeyConstraint(*lead, "id"),
        sa.UniqueConstraint(*lead, "seq"),
    )
    for names in _LOOKUPS.get(kind.name, ()):
        sa.Index(None, *(table.c[name] for name in (*lead, *names)))
    for name in _RARE_LOOKUPS.get(kind.name, ()):
        column = table.c[name]
        sa.Index(None, *(table.c[other] for other in lead), column, postgresql_where=column != sa.text("''"))
    for name in _UNIQUE_UNLESS_EMPTY.get(kind.name, ()):
        column = table.c[name]
        empty = sa.text("0") if isinstance(column.type, sa.BigInteger) else sa.text("''")
        sa.Index(None, column, unique=True, postgresql_where=column != empty)
    return table
