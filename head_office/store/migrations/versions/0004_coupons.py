"""Coupons that hold without a network: more terms, allotments, signing keys, the recall list.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the kinds and fields of coupons."""
    _fields()
    _product_fields()
    _office_key()
    _recall_list()
    _recall_entry()
    _allotment()
    _coupon_gift()
    _coupon_tally()
    _external_use()
    _link_rule()
    _poster_template()
    _own_template()
    _missing_size()
    _stock_request()
    _product_price()
    _photo()
    op.create_index(op.f("ix_coupon_code_coupon_id"), "coupon_code", ["coupon_id"])
    op.create_index(op.f("ix_access_log_store_id_at"), "access_log", ["store_id", "at"])
    op.create_index(op.f("ix_consent_store_id_at"), "consent", ["store_id", "at"])
    op.create_index(op.f("ix_audit_store_id_deed_at_ms"), "audit", ["store_id", "deed", "at_ms"])


def _add(table: str, name: str, kind: sa.types.TypeEngine[object], first: str | None = None) -> None:
    """Add a column: rows from before get `first` in it, later ones must say it; NULL where none is given."""
    op.add_column(table, sa.Column(name, kind, nullable=first is None, server_default=first))
    if first is not None:
        op.alter_column(table, name, server_default=None)


def _fields() -> None:
    _add("coupon_template", "random_min_fen", sa.BigInteger(), "0")
    _add("coupon_template", "random_max_fen", sa.BigInteger(), "0")
    _add("coupon_template", "nth", sa.BigInteger(), "0")
    _add("coupon_template", "min_qty", sa.BigInteger(), "0")
    _add("coupon_template", "gift_product_id", sa.Uuid(as_uuid=False))
    _add("coupon_template", "for_products", JSONB(), "[]")
    _add("coupon_template", "not_products", JSONB(), "[]")
    _add("coupon_template", "for_categories", JSONB(), "[]")
    _add("coupon_template", "for_tags", JSONB(), "[]")
    _add("coupon_template", "for_stores", JSONB(), "[]")
    _add("coupon_template", "for_channels", JSONB(), "[]")
    _add("coupon_template", "for_levels", JSONB(), "[]")
    _add("coupon_template", "new_only", sa.Boolean(), "false")
    _add("coupon_template", "starts_next_day", sa.Boolean(), "false")
    _add("coupon_template", "weekdays", sa.BigInteger(), "0")
    _add("coupon_template", "day_from", sa.BigInteger(), "0")
    _add("coupon_template", "day_until", sa.BigInteger(), "0")
    _add("coupon_template", "day_quota", sa.BigInteger(), "0")
    _add("coupon_template", "store_quota", sa.BigInteger(), "0")
    _add("coupon_template", "guide_quota", sa.BigInteger(), "0")
    _add("coupon_template", "budget_fen", sa.BigInteger(), "0")
    _add("coupon_template", "stacking", sa.Boolean(), "true")
    _add("coupon_template", "exclusive_group", sa.Text(), "")
    _add("coupon_template", "transferable", sa.Boolean(), "false")
    _add("coupon_template", "refund_rule", sa.Text(), "share")
    _add("coupon_template", "return_days", sa.BigInteger(), "0")
    _add("coupon_template", "allot_count", sa.BigInteger(), "0")
    _add("coupon_template", "allot_fen", sa.BigInteger(), "0")
    _add("coupon_template", "allot_hours", sa.BigInteger(), "0")
    _add("coupon_template", "occasion", sa.Text(), "")
    _add("coupon_template", "recalled_at", sa.BigInteger())
    _add("campaign", "no", sa.BigInteger(), "0")
    _add("campaign", "coupon_template_id", sa.Uuid(as_uuid=False))
    _add("share", "campaign_id", sa.Uuid(as_uuid=False))
    _add("coupon", "value_fen", sa.BigInteger(), "0")
    _add("coupon", "allotment_id", sa.Uuid(as_uuid=False))
    _add("coupon", "serial", sa.BigInteger(), "0")
    _add("coupon", "token", sa.Text(), "")
    _add("redemption", "offline", sa.Boolean(), "false")
    _add("redemption", "device_id", sa.Uuid(as_uuid=False))
    _add("redemption", "borne_by", sa.Text(), "")
    _add("redemption", "rule", sa.Text(), "")
    _add("redemption", "rival_id", sa.Uuid(as_uuid=False))
    _add("redemption", "refunded_fen", sa.BigInteger(), "0")
    _add("redemption", "returned_at", sa.BigInteger())
    _add("redemption", "heard_at", sa.BigInteger(), "0")
    _add("redemption", "source", sa.Text(), "")
    _add("redemption", "source_name", sa.Text(), "")
    _add("purchase", "photo", sa.Text(), "")
    op.create_index(op.f("ix_coupon_store_id_allotment_id"), "coupon", ["store_id", "allotment_id"])


def _product_fields() -> None:
    _add("product", "channels", JSONB(), "[]")
    _add("product", "private_price_fen", sa.BigInteger(), "0")
    _add("product", "tags", JSONB(), "[]")
    _add("product", "faq", JSONB(), "[]")
    _add("product", "forbidden", JSONB(), "[]")


def _office_key() -> None:
    op.create_table(
        "office_key",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("no", sa.BigInteger(), nullable=False),
        sa.Column("public_key", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_key")),
        sa.UniqueConstraint("seq", name=op.f("uq_office_key_seq")),
    )
    op.create_index(op.f("ix_office_key_no"), "office_key", ["no"], unique=True, postgresql_where=sa.text("no != 0"))


def _recall_list() -> None:
    op.create_table(
        "recall_list",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("entries", JSONB(), nullable=False),
        sa.Column("key_no", sa.BigInteger(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recall_list")),
        sa.UniqueConstraint("seq", name=op.f("uq_recall_list_seq")),
    )


def _recall_entry() -> None:
    op.create_table(
        "recall_entry",
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("entry", name=op.f("pk_recall_entry")),
    )


def _coupon_gift() -> None:
    _add("coupon_template", "give_limit", sa.BigInteger(), "1")
    _add("coupon", "given_at", sa.BigInteger())
    op.create_table(
        "coupon_gift",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("client_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("coupon_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("template_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("deed_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("guide_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_coupon_gift")),
        sa.UniqueConstraint("store_id", "seq", name=op.f("uq_coupon_gift_store_id_seq")),
    )
    op.create_index(op.f("ix_coupon_gift_store_id_client_id"), "coupon_gift", ["store_id", "client_id"])
    op.create_index(op.f("ix_coupon_gift_store_id_coupon_id"), "coupon_gift", ["store_id", "coupon_id"])


def _allotment() -> None:
    op.create_table(
        "allotment",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("template_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("guide_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("device_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("device_key", sa.Text(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("budget_fen", sa.BigInteger(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("key_no", sa.BigInteger(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("returned", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_allotment")),
        sa.UniqueConstraint("store_id", "seq", name=op.f("uq_allotment_store_id_seq")),
    )
    op.create_index(op.f("ix_allotment_store_id_device_id"), "allotment", ["store_id", "device_id"])
    op.create_index(
        op.f("ix_allotment_store_id_template_id_guide_id"), "allotment", ["store_id", "template_id", "guide_id"]
    )


def _coupon_tally() -> None:
    op.create_table(
        "coupon_tally",
        sa.Column("template_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("used", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("template_id", "what", "ref", name=op.f("pk_coupon_tally")),
    )


def _external_use() -> None:
    op.create_table(
        "external_use",
        sa.Column("request_no", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("stock_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("device_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("guide_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("order_no", sa.Text(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("discount_fen", sa.BigInteger(), nullable=False),
        sa.Column("asked_ms", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("settled_ms", sa.BigInteger(), nullable=True),
        sa.Column("asks", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("request_no", name=op.f("pk_external_use")),
    )
    op.create_index(op.f("ix_external_use_source_code"), "external_use", ["source", "code"])
    op.create_index(op.f("ix_external_use_store_id_order_no"), "external_use", ["store_id", "order_no"])


def _missing_size() -> None:
    op.create_table(
        "missing_size",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("product_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("sku_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("colour", sa.Text(), nullable=False),
        sa.Column("size", sa.Text(), nullable=False),
        sa.Column("guide_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_missing_size")),
        sa.UniqueConstraint("store_id", "seq", name=op.f("uq_missing_size_store_id_seq")),
    )
    op.create_index(op.f("ix_missing_size_store_id_product_id"), "missing_size", ["store_id", "product_id"])


def _stock_request() -> None:
    op.create_table(
        "stock_request",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sku_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("qty", sa.BigInteger(), nullable=False),
        sa.Column("from_store", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("to_store", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("guide_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_stock_request")),
        sa.UniqueConstraint("store_id", "seq", name=op.f("uq_stock_request_store_id_seq")),
    )
    op.create_index(op.f("ix_stock_request_store_id_sku_id"), "stock_request", ["store_id", "sku_id"])


def _product_price() -> None:
    op.create_table(
        "product_price",
        sa.Column("product_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("since_ms", sa.BigInteger(), nullable=False),
        sa.Column("price_fen", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("product_id", "since_ms", name=op.f("pk_product_price")),
    )


def _photo() -> None:
    op.create_table(
        "photo",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("record_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("device_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("store_id", "record_id", name=op.f("pk_photo")),
    )
    op.create_index(op.f("ix_photo_store_id_device_id_at_ms"), "photo", ["store_id", "device_id", "at_ms"])


def _poster_template() -> None:
    op.create_table(
        "poster_template",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("body", JSONB(), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("rank", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poster_template")),
        sa.UniqueConstraint("seq", name=op.f("uq_poster_template_seq")),
    )


def _own_template() -> None:
    op.create_table(
        "own_template",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("base", sa.Text(), nullable=False),
        sa.Column("body", JSONB(), nullable=False),
        sa.Column("guide_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamps", JSONB(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_own_template")),
        sa.UniqueConstraint("store_id", "seq", name=op.f("uq_own_template_store_id_seq")),
    )


def _link_rule() -> None:
    op.create_table(
        "link_rule",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("product_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("ended_ms", sa.BigInteger(), nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_rule")),
    )
    op.create_index(
        op.f("ix_link_rule_what_ref_deed"),
        "link_rule",
        ["what", "ref", "deed"],
        unique=True,
        postgresql_where=sa.text("ended_ms IS NULL"),
    )
