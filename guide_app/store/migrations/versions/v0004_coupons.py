"""Coupons that hold without a network: more terms, allotments, signing keys, the recall list, the bill at hand."""

import sqlalchemy as sa
from alembic import op

from guide_app.store.new_fields import ask_for, promote_extra

revision = "0004"
down_revision = "0003"


def _added() -> dict[str, tuple[sa.Column[object], ...]]:
    """The fields that this version gives a column."""
    return {
        "coupon_template": (
            sa.Column("random_min_fen", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
            sa.Column("random_max_fen", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
            sa.Column("nth", sa.Integer(), nullable=False, server_default=sa.text("0")),
            sa.Column("min_qty", sa.Integer(), nullable=False, server_default=sa.text("0")),
            sa.Column("gift_product_id", sa.Text()),
            sa.Column("for_products", sa.JSON(), nullable=False, server_default=sa.text("'[]'")),
            sa.Column("not_products", sa.JSON(), nullable=False, server_default=sa.text("'[]'")),
            sa.Column("for_categories", sa.JSON(), nullable=False, server_default=sa.text("'[]'")),
            sa.Column("for_tags", sa.JSON(), nullable=False, server_default=sa.text("'[]'")),
            sa.Column("for_stores", sa.JSON(), nullable=False, server_default=sa.text("'[]'")),
            sa.Column("for_channels", sa.JSON(), nullable=False, server_default=sa.text("'[]'")),
            sa.Column("for_levels", sa.JSON(), nullable=False, server_default=sa.text("'[]'")),
            sa.Column("new_only", sa.Boolean(), nullable=False, server_default=sa.text("0")),
            sa.Column("starts_next_day", sa.Boolean(), nullable=False, server_default=sa.text("0")),
            sa.Column("weekdays", sa.Integer(), nullable=False, server_default=sa.text("0")),
            sa.Column("day_from", sa.Integer(), nullable=False, server_default=sa.text("0")),
            sa.Column("day_until", sa.Integer(), nullable=False, server_default=sa.text("0")),
            sa.Column("day_quota", sa.Integer(), nullable=False, server_default=sa.text("0")),
            sa.Column("store_quota", sa.Integer(), nullable=False, server_default=sa.text("0")),
            sa.Column("guide_quota", sa.Integer(), nullable=False, server_default=sa.text("0")),
            sa.Column("budget_fen", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
            sa.Column("stacking", sa.Boolean(), nullable=False, server_default=sa.text("1")),
            sa.Column("exclusive_group", sa.Text(), nullable=False, server_default=sa.text("''")),
            sa.Column("transferable", sa.Boolean(), nullable=False, server_default=sa.text("0")),
            sa.Column("give_limit", sa.Integer(), nullable=False, server_default=sa.text("1")),
            sa.Column("refund_rule", sa.Text(), nullable=False, server_default=sa.text("'share'")),
            sa.Column("return_days", sa.Integer(), nullable=False, server_default=sa.text("0")),
            sa.Column("allot_count", sa.Integer(), nullable=False, server_default=sa.text("0")),
            sa.Column("allot_fen", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
            sa.Column("allot_hours", sa.Integer(), nullable=False, server_default=sa.text("0")),
            sa.Column("occasion", sa.Text(), nullable=False, server_default=sa.text("''")),
            sa.Column("recalled_at", sa.BigInteger()),
        ),
        "product": (
            sa.Column("channels", sa.JSON(), nullable=False, server_default=sa.text("'[]'")),
            sa.Column("private_price_fen", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
            sa.Column("tags", sa.JSON(), nullable=False, server_default=sa.text("'[]'")),
            sa.Column("faq", sa.JSON(), nullable=False, server_default=sa.text("'[]'")),
            sa.Column("forbidden", sa.JSON(), nullable=False, server_default=sa.text("'[]'")),
        ),
        "campaign": (
            sa.Column("no", sa.Integer(), nullable=False, server_default=sa.text("0")),
            sa.Column("coupon_template_id", sa.Text()),
        ),
        "share": (sa.Column("campaign_id", sa.Text()),),
        "coupon": (
            sa.Column("value_fen", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
            sa.Column("allotment_id", sa.Text()),
            sa.Column("serial", sa.Integer(), nullable=False, server_default=sa.text("0")),
            sa.Column("token", sa.Text(), nullable=False, server_default=sa.text("''")),
            sa.Column("given_at", sa.BigInteger()),
        ),
        "redemption": (
            sa.Column("offline", sa.Boolean(), nullable=False, server_default=sa.text("0")),
            sa.Column("device_id", sa.Text()),
            sa.Column("borne_by", sa.Text(), nullable=False, server_default=sa.text("''")),
            sa.Column("rule", sa.Text(), nullable=False, server_default=sa.text("''")),
            sa.Column("rival_id", sa.Text()),
            sa.Column("refunded_fen", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
            sa.Column("returned_at", sa.BigInteger()),
            sa.Column("heard_at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
            sa.Column("source", sa.Text(), nullable=False, server_default=sa.text("''")),
            sa.Column("source_name", sa.Text(), nullable=False, server_default=sa.text("''")),
        ),
        "purchase": (sa.Column("photo", sa.Text(), nullable=False, server_default=sa.text("''")),),
    }


def upgrade() -> None:
    """Bring a book of 0003 here."""
    for kind, columns in _added().items():
        for column in columns:
            op.add_column(kind, column)
        promote_extra(op.get_bind(), kind, [column.name for column in columns])
        ask_for(op.get_bind(), kind, [column.name for column in columns])
    op.create_index("ix_coupon_allotment_id", "coupon", ["allotment_id"])
    op.create_index("ix_redemption_order_no", "redemption", ["order_no"])
    op.create_index("ix_client_wechat", "client", [sa.text("wechat COLLATE NOCASE"), "id"])
    op.create_index("ix_client_tag_guide_id", "client_tag", ["guide_id"], sqlite_where=sa.text("private"))
    _office_key()
    _recall_list()
    _allotment()
    _coupon_gift()
    _coupon_hold()
    _external_ask()
    _print_job()
    _poster_template()
    _own_template()
    _missing_size()
    _stock_request()
    _photo()


def _office_key() -> None:
    op.create_table(
        "office_key",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("no", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("public_key", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("since", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("until", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )


def _recall_list() -> None:
    op.create_table(
        "recall_list",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("entries", sa.JSON(), nullable=False, server_default=sa.text("'[]'")),
        sa.Column("key_no", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("signature", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )


def _coupon_gift() -> None:
    op.create_table(
        "coupon_gift",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text()),
        sa.Column("coupon_id", sa.Text()),
        sa.Column("template_id", sa.Text()),
        sa.Column("deed_id", sa.Text()),
        sa.Column("side", sa.Text(), nullable=False, server_default=sa.text("'gave'")),
        sa.Column("guide_id", sa.Text()),
        sa.Column("at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )
    op.create_index("ix_coupon_gift_client_id", "coupon_gift", ["client_id"])
    op.create_index("ix_coupon_gift_coupon_id", "coupon_gift", ["coupon_id"])
    op.create_index("ix_coupon_gift_deed_id", "coupon_gift", ["deed_id"])


def _allotment() -> None:
    op.create_table(
        "allotment",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("template_id", sa.Text()),
        sa.Column("guide_id", sa.Text()),
        sa.Column("device_id", sa.Text()),
        sa.Column("device_key", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("count", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("budget_fen", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("starts_at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("expires_at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("key_no", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("signature", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("state", sa.Text(), nullable=False, server_default=sa.text("'open'")),
        sa.Column("returned", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )
    op.create_index("ix_allotment_template_id_guide_id", "allotment", ["template_id", "guide_id"])


def _coupon_hold() -> None:
    op.create_table(
        "coupon_hold",
        sa.Column("coupon_id", sa.Text(), primary_key=True),
        sa.Column("bill_id", sa.Text(), nullable=False),
        sa.Column("guide_id", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
    )


def _external_ask() -> None:
    op.create_table(
        "external_ask",
        sa.Column("request_no", sa.Text(), primary_key=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_external_ask_code", "external_ask", ["code"])


def _print_job() -> None:
    op.create_table(
        "print_job",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("guide_id", sa.Text()),
        sa.Column("client_id", sa.Text()),
        sa.Column("product_id", sa.Text()),
        sa.Column("goods", sa.Text(), nullable=False, server_default=sa.text("'[]'")),
        sa.Column("title", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("template", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("printer_name", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("printer", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("discreet", sa.Boolean(), nullable=False, server_default=sa.text("0")),
        sa.Column("data", sa.LargeBinary()),
    )
    op.create_index("ix_print_job_client_id", "print_job", ["client_id"])


def _photo() -> None:
    op.create_table(
        "photo",
        sa.Column("record_id", sa.Text(), primary_key=True),
        sa.Column("sha256", sa.Text(), primary_key=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text()),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("sent", sa.Boolean(), nullable=False, server_default=sa.text("0")),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
    )
    op.create_index("ix_photo_client_id", "photo", ["client_id"])
    op.create_index("ix_photo_unsent", "photo", ["record_id"], sqlite_where=sa.text("NOT sent"))
    op.create_index("ix_purchase_photo", "purchase", ["photo"], sqlite_where=sa.text("photo <> ''"))


def _missing_size() -> None:
    op.create_table(
        "missing_size",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("product_id", sa.Text()),
        sa.Column("sku_id", sa.Text()),
        sa.Column("colour", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("size", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("guide_id", sa.Text()),
        sa.Column("at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )
    op.create_index("ix_missing_size_product_id", "missing_size", ["product_id"])


def _stock_request() -> None:
    op.create_table(
        "stock_request",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False, primary_key=True),
        sa.Column("kind", sa.Text(), nullable=False, server_default=sa.text("'hold'")),
        sa.Column("sku_id", sa.Text()),
        sa.Column("qty", sa.Integer(), nullable=False, server_default=sa.text("1")),
        sa.Column("from_store", sa.Text()),
        sa.Column("to_store", sa.Text()),
        sa.Column("guide_id", sa.Text()),
        sa.Column("at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("until", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("state", sa.Text(), nullable=False, server_default=sa.text("'open'")),
        sa.Column("answer", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("answered_by", sa.Text()),
        sa.Column("answered_at", sa.BigInteger()),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )
    op.create_index("ix_stock_request_sku_id", "stock_request", ["sku_id"])


def _poster_template() -> None:
    op.create_table(
        "poster_template",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("version", sa.Integer(), nullable=False, server_default=sa.text("1")),
        sa.Column("body", sa.JSON(), nullable=False, server_default=sa.text("'{}'")),
        sa.Column("locked", sa.Boolean(), nullable=False, server_default=sa.text("0")),
        sa.Column("active", sa.Boolean(), nullable=False, server_default=sa.text("1")),
        sa.Column("rank", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )


def _own_template() -> None:
    op.create_table(
        "own_template",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("version", sa.Integer(), nullable=False, server_default=sa.text("1")),
        sa.Column("base", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("body", sa.JSON(), nullable=False, server_default=sa.text("'{}'")),
        sa.Column("guide_id", sa.Text()),
        sa.Column("at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )
