"""The first schema: one table a record kind, and the system tables.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make all tables."""
    _shared_records()
    _store_records()
    _system()


def _shared_records() -> None:
    """What all stores of the brand hold."""
    op.create_table(
        "campaign",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("seq", name=op.f("uq_campaign_seq")),
    )
    op.create_table(
        "coupon_template",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("no", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("min_spend_fen", sa.BigInteger(), nullable=False),
        sa.Column("discount_fen", sa.BigInteger(), nullable=False),
        sa.Column("percent_off", sa.BigInteger(), nullable=False),
        sa.Column("max_discount_fen", sa.BigInteger(), nullable=False),
        sa.Column("valid_from", sa.BigInteger(), nullable=False),
        sa.Column("valid_until", sa.BigInteger(), nullable=False),
        sa.Column("valid_days", sa.BigInteger(), nullable=False),
        sa.Column("claim_limit", sa.BigInteger(), nullable=False),
        sa.Column("quota", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coupon_template")),
        sa.UniqueConstraint("seq", name=op.f("uq_coupon_template_seq")),
    )
    op.create_index(
        op.f("ix_coupon_template_no"), "coupon_template", ["no"], unique=True, postgresql_where=sa.text("no != 0")
    )
    op.create_table(
        "guide",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("no", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guide")),
        sa.UniqueConstraint("seq", name=op.f("uq_guide_seq")),
    )
    op.create_index(op.f("ix_guide_no"), "guide", ["no"], unique=True, postgresql_where=sa.text("no != 0"))
    op.create_index(op.f("ix_guide_number"), "guide", ["number"], unique=True, postgresql_where=sa.text("number != ''"))
    op.create_index(op.f("ix_guide_store_id"), "guide", ["store_id"], unique=False)
    op.create_table(
        "product",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("no", sa.BigInteger(), nullable=False),
        sa.Column("spu", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("season", sa.Text(), nullable=False),
        sa.Column("points", JSONB(), nullable=False),
        sa.Column("material", sa.Text(), nullable=False),
        sa.Column("care", sa.Text(), nullable=False),
        sa.Column("image", sa.Text(), nullable=False),
        sa.Column("price_fen", sa.BigInteger(), nullable=False),
        sa.Column("tag_price_fen", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
        sa.UniqueConstraint("seq", name=op.f("uq_product_seq")),
    )
    op.create_index(op.f("ix_product_no"), "product", ["no"], unique=True, postgresql_where=sa.text("no != 0"))
    op.create_index(op.f("ix_product_spu"), "product", ["spu"], unique=True, postgresql_where=sa.text("spu != ''"))
    op.create_table(
        "script",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("scene", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("rank", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_script")),
        sa.UniqueConstraint("seq", name=op.f("uq_script_seq")),
    )
    op.create_table(
        "sku",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("product_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("gtin", sa.Text(), nullable=False),
        sa.Column("colour", sa.Text(), nullable=False),
        sa.Column("size", sa.Text(), nullable=False),
        sa.Column("price_fen", sa.BigInteger(), nullable=False),
        sa.Column("rank", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sku")),
        sa.UniqueConstraint("seq", name=op.f("uq_sku_seq")),
    )
    op.create_index(op.f("ix_sku_code"), "sku", ["code"], unique=True, postgresql_where=sa.text("code != ''"))
    op.create_index(op.f("ix_sku_gtin"), "sku", ["gtin"], unique=False)
    op.create_index(op.f("ix_sku_product_id"), "sku", ["product_id"], unique=False)
    op.create_table(
        "store",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("hours", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_store")),
        sa.UniqueConstraint("seq", name=op.f("uq_store_seq")),
    )
    op.create_index(op.f("ix_store_code"), "store", ["code"], unique=True, postgresql_where=sa.text("code != ''"))
    op.create_table(
        "tag",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("group", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("multi", sa.Boolean(), nullable=False),
        sa.Column("rank", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag")),
        sa.UniqueConstraint("seq", name=op.f("uq_tag_seq")),
    )


def _store_records() -> None:
    """What one store's PCs hold."""
    op.create_table(
        "attribution",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("purchase_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("client_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("guide_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("evidence", JSONB(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_attribution")),
        sa.UniqueConstraint("store_id", "seq", name=op.f("uq_attribution_store_id_seq")),
    )
    op.create_index(
        op.f("ix_attribution_store_id_purchase_id"), "attribution", ["store_id", "purchase_id"], unique=False
    )
    op.create_table(
        "client",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("wechat", sa.Text(), nullable=False),
        sa.Column("member_no", sa.Text(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("age_band", sa.Text(), nullable=False),
        sa.Column("birth_calendar", sa.Text(), nullable=False),
        sa.Column("birth_year", sa.BigInteger(), nullable=True),
        sa.Column("birth_month", sa.BigInteger(), nullable=True),
        sa.Column("birth_day", sa.BigInteger(), nullable=True),
        sa.Column("birth_leap", sa.Boolean(), nullable=False),
        sa.Column("primary_guide_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("contact_state", sa.Text(), nullable=False),
        sa.Column("consent_version", sa.Text(), nullable=False),
        sa.Column("consent_at", sa.BigInteger(), nullable=True),
        sa.Column("shoe_size", sa.Text(), nullable=False),
        sa.Column("top_size", sa.Text(), nullable=False),
        sa.Column("preference", sa.Text(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("follow_state", sa.Text(), nullable=False),
        sa.Column("starred", sa.Boolean(), nullable=False),
        sa.Column("no_profiling", sa.Boolean(), nullable=False),
        sa.Column("archived_at", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamps", JSONB(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_client")),
        sa.UniqueConstraint("store_id", "seq", name=op.f("uq_client_store_id_seq")),
    )
    op.create_index(op.f("ix_client_store_id_member_no"), "client", ["store_id", "member_no"], unique=False)
    op.create_index(op.f("ix_client_store_id_phone"), "client", ["store_id", "phone"], unique=False)
    op.create_table(
        "client_tag",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("client_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("group", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("guide_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_client_tag")),
        sa.UniqueConstraint("store_id", "seq", name=op.f("uq_client_tag_store_id_seq")),
    )
    op.create_table(
        "coupon",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("template_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("guide_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("share_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("claimed_at", sa.BigInteger(), nullable=False),
        sa.Column("valid_from", sa.BigInteger(), nullable=False),
        sa.Column("valid_until", sa.BigInteger(), nullable=False),
        sa.Column("redeemed_at", sa.BigInteger(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_coupon")),
        sa.UniqueConstraint("store_id", "seq", name=op.f("uq_coupon_store_id_seq")),
    )
    op.create_index(op.f("ix_coupon_store_id_client_id"), "coupon", ["store_id", "client_id"], unique=False)
    op.create_index(op.f("ix_coupon_store_id_code"), "coupon", ["store_id", "code"], unique=False)
    op.create_table(
        "guide_pin",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("pin_hash", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_guide_pin")),
        sa.UniqueConstraint("store_id", "seq", name=op.f("uq_guide_pin_store_id_seq")),
    )
    op.create_table(
        "note",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("client_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("guide_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_note")),
        sa.UniqueConstraint("store_id", "seq", name=op.f("uq_note_store_id_seq")),
    )
    op.create_table(
        "purchase",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("order_no", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("origin_order_no", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("guide_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("total_fen", sa.BigInteger(), nullable=False),
        sa.Column("discount_fen", sa.BigInteger(), nullable=False),
        sa.Column("coupon_code", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_purchase")),
        sa.UniqueConstraint("store_id", "seq", name=op.f("uq_purchase_store_id_seq")),
    )
    op.create_index(op.f("ix_purchase_store_id_client_id"), "purchase", ["store_id", "client_id"], unique=False)
    op.create_index(
        op.f("ix_purchase_store_id_origin_order_no"),
        "purchase",
        ["store_id", "origin_order_no"],
        unique=False,
        postgresql_where=sa.text("origin_order_no != ''"),
    )
    op.create_index(op.f("ix_purchase_store_id_order_no"), "purchase", ["store_id", "order_no"], unique=False)
    op.create_table(
        "purchase_line",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("purchase_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("sku_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("product_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("colour", sa.Text(), nullable=False),
        sa.Column("size", sa.Text(), nullable=False),
        sa.Column("qty", sa.BigInteger(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("discount_fen", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_purchase_line")),
        sa.UniqueConstraint("store_id", "seq", name=op.f("uq_purchase_line_store_id_seq")),
    )
    op.create_index(
        op.f("ix_purchase_line_store_id_purchase_id"), "purchase_line", ["store_id", "purchase_id"], unique=False
    )
    op.create_table(
        "redemption",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("coupon_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("coupon_code", sa.Text(), nullable=False),
        sa.Column("guide_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("order_no", sa.Text(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("discount_fen", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_redemption")),
        sa.UniqueConstraint("store_id", "seq", name=op.f("uq_redemption_store_id_seq")),
    )
    op.create_index(op.f("ix_redemption_store_id_coupon_id"), "redemption", ["store_id", "coupon_id"], unique=False)
    op.create_index(op.f("ix_redemption_store_id_order_no"), "redemption", ["store_id", "order_no"], unique=False)
    op.create_table(
        "share",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("guide_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("client_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("product_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("coupon_template_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("key_no", sa.BigInteger(), nullable=False),
        sa.Column("share_no", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("price_fen", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_share")),
        sa.UniqueConstraint("store_id", "seq", name=op.f("uq_share_store_id_seq")),
    )
    op.create_index(
        op.f("ix_share_store_id_key_no_share_no"), "share", ["store_id", "key_no", "share_no"], unique=False
    )
    op.create_table(
        "share_event",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("share_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("guide_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("product_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("client_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("coupon_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_share_event")),
        sa.UniqueConstraint("store_id", "seq", name=op.f("uq_share_event_store_id_seq")),
    )
    op.create_index(op.f("ix_share_event_store_id_client_id"), "share_event", ["store_id", "client_id"], unique=False)
    op.create_table(
        "stock",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("on_hand", sa.BigInteger(), nullable=False),
        sa.Column("available", sa.BigInteger(), nullable=False),
        sa.Column("reserved", sa.BigInteger(), nullable=False),
        sa.Column("in_transit", sa.BigInteger(), nullable=False),
        sa.Column("as_of", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_stock")),
        sa.UniqueConstraint("store_id", "seq", name=op.f("uq_stock_store_id_seq")),
    )
    op.create_table(
        "stock_nearby",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("stores", JSONB(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_stock_nearby")),
        sa.UniqueConstraint("store_id", "seq", name=op.f("uq_stock_nearby_store_id_seq")),
    )
    op.create_table(
        "target",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("guide_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("target_fen", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_target")),
        sa.UniqueConstraint("store_id", "seq", name=op.f("uq_target_store_id_seq")),
    )
    op.create_table(
        "task",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("guide_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("client_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.Column("urged_at", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamps", JSONB(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_task")),
        sa.UniqueConstraint("store_id", "seq", name=op.f("uq_task_store_id_seq")),
    )


def _system() -> None:
    """Feed, devices, adapters, identities."""
    op.create_table(
        "office_setting",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_office_setting")),
    )
    op.create_table(
        "api_key",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("rights", JSONB(), nullable=False),
        sa.Column("made_ms", sa.BigInteger(), nullable=False),
        sa.Column("revoked_ms", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_key")),
        sa.UniqueConstraint("name", name=op.f("uq_api_key_name")),
    )
    op.create_table(
        "audit",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("detail", JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_audit")),
    )
    op.create_table(
        "blob",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blob")),
    )
    op.create_table(
        "client_identity",
        sa.Column("person_hash", sa.LargeBinary(), nullable=False),
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("client_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.PrimaryKeyConstraint("person_hash", name=op.f("pk_client_identity")),
    )
    op.create_table(
        "coupon_claim",
        sa.Column("template_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_hash", sa.LargeBinary(), nullable=False),
        sa.Column("claims", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("template_id", "person_hash", name=op.f("pk_coupon_claim")),
    )
    op.create_table(
        "coupon_code",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("coupon_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_coupon_code")),
    )
    op.create_table(
        "coupon_quota",
        sa.Column("template_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("quota", sa.BigInteger(), nullable=False),
        sa.Column("remaining", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("template_id", name=op.f("pk_coupon_quota")),
    )
    op.create_table(
        "device",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("key_no", sa.BigInteger(), nullable=False),
        sa.Column("signing_key", sa.Text(), nullable=False),
        sa.Column("recovery_key", sa.LargeBinary(), nullable=False),
        sa.Column("app_version", sa.Text(), nullable=False),
        sa.Column("last_mid", sa.BigInteger(), nullable=False),
        sa.Column("last_stamp", sa.Text(), nullable=False),
        sa.Column("first_mid", sa.BigInteger(), nullable=False),
        sa.Column("moves", JSONB(), nullable=False),
        sa.Column("enrolled_ms", sa.BigInteger(), nullable=False),
        sa.Column("last_contact_ms", sa.BigInteger(), nullable=False),
        sa.Column("revoked_ms", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_device")),
    )
    op.create_table(
        "device_grant",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("device_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("scope_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("granted_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("store_id", "device_id", "scope_id", name=op.f("pk_device_grant")),
    )
    op.create_table(
        "enrol_code",
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("made_ms", sa.BigInteger(), nullable=False),
        sa.Column("expires_ms", sa.BigInteger(), nullable=False),
        sa.Column("used_ms", sa.BigInteger(), nullable=True),
        sa.Column("device_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_enrol_code")),
    )
    op.create_table(
        "feed_head",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("floor_seq", sa.BigInteger(), nullable=False),
        sa.Column("n_live", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("store_id", name=op.f("pk_feed_head")),
    )
    op.create_table(
        "gone",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("store_id", "kind", "id", name=op.f("pk_gone")),
        sa.UniqueConstraint("store_id", "seq", name=op.f("uq_gone_store_id_seq")),
    )
    op.create_table(
        "idempotency",
        sa.Column("api_key_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("request_hash", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("api_key_id", "key", name=op.f("pk_idempotency")),
    )
    op.create_table(
        "link_key",
        sa.Column("key_no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("device_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("retired_ms", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("key_no", name=op.f("pk_link_key")),
    )
    op.create_table(
        "push_result",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("device_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("mid", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("lost", JSONB(), nullable=False),
        sa.Column("touched", JSONB(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("store_id", "device_id", "mid", name=op.f("pk_push_result")),
    )
    op.create_table(
        "receipt",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("order_no", sa.Text(), nullable=False),
        sa.Column("purchase_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("content_hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("store_id", "order_no", name=op.f("pk_receipt")),
    )
    op.create_table(
        "waiting_event",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("key_no", sa.BigInteger(), nullable=False),
        sa.Column("share_no", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.PrimaryKeyConstraint("store_id", "key_no", "share_no", "event_id", name=op.f("pk_waiting_event")),
    )
