"""The first shape of the book."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table."""
    _attribution()
    _base()
    _campaign()
    _client()
    _client_tag()
    _coupon()
    _coupon_template()
    _cursor()
    _device()
    _guide()
    _guide_pin()
    _note()
    _outbox()
    _product()
    _purchase()
    _purchase_line()
    _redemption()
    _result()
    _reveal()
    _script()
    _setting()
    _share()
    _share_event()
    _sku()
    _stock()
    _stock_nearby()
    _store()
    _tag()
    _target()
    _task()
    _unknown_record()
    op.execute("INSERT INTO device (one) VALUES (1)")


def _attribution() -> None:
    op.create_table(
        "attribution",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("purchase_id", sa.Text()),
        sa.Column("client_id", sa.Text()),
        sa.Column("guide_id", sa.Text()),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("rule", sa.Text(), nullable=False, server_default=sa.text("'none'")),
        sa.Column("evidence", sa.JSON(), nullable=False, server_default=sa.text("'{}'")),
        sa.Column("at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )
    op.create_index("ix_attribution_client_id", "attribution", ["client_id"])
    op.create_index("ix_attribution_guide_id_at", "attribution", ["guide_id", "at"])
    op.create_index("ix_attribution_purchase_id", "attribution", ["purchase_id"])


def _base() -> None:
    op.create_table(
        "base",
        sa.Column("kind", sa.Text(), primary_key=True),
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
    )


def _campaign() -> None:
    op.create_table(
        "campaign",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("kind", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("title", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("body", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("starts_at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("ends_at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )


def _client() -> None:
    op.create_table(
        "client",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("phone", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("wechat", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("member_no", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("sex", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("age_band", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("birth_calendar", sa.Text(), nullable=False, server_default=sa.text("'solar'")),
        sa.Column("birth_year", sa.Integer()),
        sa.Column("birth_month", sa.Integer()),
        sa.Column("birth_day", sa.Integer()),
        sa.Column("birth_leap", sa.Boolean(), nullable=False, server_default=sa.text("0")),
        sa.Column("primary_guide_id", sa.Text()),
        sa.Column("level", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("source_channel", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("contact_state", sa.Text(), nullable=False, server_default=sa.text("'none'")),
        sa.Column("consent_version", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("consent_at", sa.BigInteger()),
        sa.Column("shoe_size", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("top_size", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("preference", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("remark", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("follow_state", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("starred", sa.Boolean(), nullable=False, server_default=sa.text("0")),
        sa.Column("no_profiling", sa.Boolean(), nullable=False, server_default=sa.text("0")),
        sa.Column("archived_at", sa.BigInteger()),
        sa.Column("created_at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )
    op.create_index("ix_client_birth_month_birth_day", "client", ["birth_month", "birth_day"])
    op.create_index("ix_client_phone", "client", ["phone"])
    op.create_index("ix_client_primary_guide_id", "client", ["primary_guide_id"])


def _client_tag() -> None:
    op.create_table(
        "client_tag",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text()),
        sa.Column("group", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("name", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("origin", sa.Text(), nullable=False, server_default=sa.text("'guide'")),
        sa.Column("guide_id", sa.Text()),
        sa.Column("at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )
    op.create_index("ix_client_tag_client_id", "client_tag", ["client_id"])
    op.create_index("ix_client_tag_name", "client_tag", ["name"])


def _coupon() -> None:
    op.create_table(
        "coupon",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("template_id", sa.Text()),
        sa.Column("code", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("client_id", sa.Text()),
        sa.Column("guide_id", sa.Text()),
        sa.Column("share_id", sa.Text()),
        sa.Column("status", sa.Text(), nullable=False, server_default=sa.text("'claimed'")),
        sa.Column("claimed_at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("valid_from", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("valid_until", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("redeemed_at", sa.BigInteger()),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )
    op.create_index("ix_coupon_client_id", "coupon", ["client_id"])
    op.create_index("ix_coupon_code", "coupon", ["code"])
    op.create_index("ix_coupon_template_id", "coupon", ["template_id"])


def _coupon_template() -> None:
    op.create_table(
        "coupon_template",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("no", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("name", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("kind", sa.Text(), nullable=False, server_default=sa.text("'threshold_off'")),
        sa.Column("min_spend_fen", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("discount_fen", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("percent_off", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("max_discount_fen", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("valid_from", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("valid_until", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("valid_days", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("claim_limit", sa.Integer(), nullable=False, server_default=sa.text("1")),
        sa.Column("quota", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("status", sa.Text(), nullable=False, server_default=sa.text("'active'")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )


def _cursor() -> None:
    op.create_table(
        "cursor",
        sa.Column("scope", sa.Text(), primary_key=True),
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("anew", sa.Boolean(), nullable=False, server_default=sa.text("0")),
        sa.Column("n_live", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("office_digest", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("held_digest", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
    )


def _device() -> None:
    op.create_table(
        "device",
        sa.Column(
            "one",
            sa.Integer(),
            sa.CheckConstraint("one = 1", name="one_row"),
            primary_key=True,
            server_default=sa.text("1"),
        ),
        sa.Column("device_id", sa.Text()),
        sa.Column("token", sa.Text()),
        sa.Column("tag", sa.Text(), nullable=False, server_default=sa.text("'00000001'")),
        sa.Column("key_no", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("link_key", sa.LargeBinary()),
        sa.Column("signing_key", sa.LargeBinary()),
        sa.Column("store_id", sa.Text()),
        sa.Column("store_name", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("scopes", sa.JSON(), nullable=False, server_default=sa.text("'[]'")),
        sa.Column("link_origin", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("brand", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("office", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("enrolled_at", sa.BigInteger()),
        sa.Column("last_mid", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("acked_mid", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("last_stamp", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("offset_ms", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("last_contact_ms", sa.BigInteger()),
    )


def _guide() -> None:
    op.create_table(
        "guide",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("no", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("number", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("name", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("role", sa.Text(), nullable=False, server_default=sa.text("'guide'")),
        sa.Column("store_id", sa.Text()),
        sa.Column("active", sa.Boolean(), nullable=False, server_default=sa.text("1")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )
    op.create_index("ix_guide_number", "guide", ["number"])
    op.create_index("ix_guide_store_id", "guide", ["store_id"])


def _guide_pin() -> None:
    op.create_table(
        "guide_pin",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("pin_hash", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )


def _note() -> None:
    op.create_table(
        "note",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text()),
        sa.Column("guide_id", sa.Text()),
        sa.Column("kind", sa.Text(), nullable=False, server_default=sa.text("'note'")),
        sa.Column("body", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )
    op.create_index("ix_note_client_id_at", "note", ["client_id", "at"])


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("mid", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("grp", sa.BigInteger(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("store", sa.Text(), nullable=False),
        sa.Column("stamp", sa.Text(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("by", sa.Text()),
        sa.Column("schema", sa.Integer(), nullable=False),
        sa.Column("effects", sa.JSON(), nullable=False, server_default=sa.text("'[]'")),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, server_default=sa.text("'waiting'")),
        sa.Column("acked_at", sa.BigInteger()),
    )
    op.create_index(
        "ix_outbox_command", "outbox", ["mid"], sqlite_where=sa.text("op = 'command' AND state = 'waiting'")
    )
    op.create_index("ix_outbox_record", "outbox", ["kind", "id", "state"])
    op.create_index("ix_outbox_state", "outbox", ["state", "mid"])


def _product() -> None:
    op.create_table(
        "product",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("no", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("spu", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("name", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("category", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("season", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("points", sa.JSON(), nullable=False, server_default=sa.text("'[]'")),
        sa.Column("material", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("care", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("image", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("price_fen", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("tag_price_fen", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("status", sa.Text(), nullable=False, server_default=sa.text("'on_sale'")),
        sa.Column("sensitive", sa.Boolean(), nullable=False, server_default=sa.text("0")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )
    op.create_index("ix_product_no", "product", ["no"])
    op.create_index("ix_product_spu", "product", ["spu"])


def _purchase() -> None:
    op.create_table(
        "purchase",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("order_no", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("kind", sa.Text(), nullable=False, server_default=sa.text("'sale'")),
        sa.Column("origin_order_no", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("client_id", sa.Text()),
        sa.Column("guide_id", sa.Text()),
        sa.Column("at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("total_fen", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("discount_fen", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("coupon_code", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("channel", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("verified", sa.Boolean(), nullable=False, server_default=sa.text("1")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )
    op.create_index("ix_purchase_at", "purchase", ["at"])
    op.create_index("ix_purchase_client_id_at", "purchase", ["client_id", "at"])
    op.create_index("ix_purchase_order_no", "purchase", ["order_no"])


def _purchase_line() -> None:
    op.create_table(
        "purchase_line",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("purchase_id", sa.Text()),
        sa.Column("sku_id", sa.Text()),
        sa.Column("product_id", sa.Text()),
        sa.Column("title", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("colour", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("size", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("qty", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("discount_fen", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )
    op.create_index("ix_purchase_line_product_id", "purchase_line", ["product_id"])
    op.create_index("ix_purchase_line_purchase_id", "purchase_line", ["purchase_id"])


def _redemption() -> None:
    op.create_table(
        "redemption",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("coupon_id", sa.Text()),
        sa.Column("coupon_code", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("guide_id", sa.Text()),
        sa.Column("order_no", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("discount_fen", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("status", sa.Text(), nullable=False, server_default=sa.text("'confirmed'")),
        sa.Column("at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )
    op.create_index("ix_redemption_at", "redemption", ["at"])
    op.create_index("ix_redemption_coupon_id", "redemption", ["coupon_id"])


def _result() -> None:
    op.create_table(
        "result",
        sa.Column("mid", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("detail", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("lost", sa.JSON(), nullable=False, server_default=sa.text("'{}'")),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger()),
    )


def _reveal() -> None:
    op.create_table(
        "reveal",
        sa.Column("no", sa.Integer(), primary_key=True),
        sa.Column("guide_id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_reveal_client", "reveal", ["client_id", "at"])


def _script() -> None:
    op.create_table(
        "script",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("scene", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("title", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("body", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("rank", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )


def _setting() -> None:
    op.create_table(
        "setting",
        sa.Column("key", sa.Text(), primary_key=True),
        sa.Column("value", sa.Text(), nullable=False),
    )


def _share() -> None:
    op.create_table(
        "share",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("guide_id", sa.Text()),
        sa.Column("client_id", sa.Text()),
        sa.Column("product_id", sa.Text()),
        sa.Column("coupon_template_id", sa.Text()),
        sa.Column("key_no", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("share_no", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("code", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("template", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("channel", sa.Text(), nullable=False, server_default=sa.text("'copy'")),
        sa.Column("price_fen", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )
    op.create_index("ix_share_at", "share", ["at"])
    op.create_index("ix_share_client_id_at", "share", ["client_id", "at"])


def _share_event() -> None:
    op.create_table(
        "share_event",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("share_id", sa.Text()),
        sa.Column("guide_id", sa.Text()),
        sa.Column("product_id", sa.Text()),
        sa.Column("client_id", sa.Text()),
        sa.Column("coupon_id", sa.Text()),
        sa.Column("kind", sa.Text(), nullable=False, server_default=sa.text("'scan'")),
        sa.Column("at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )
    op.create_index("ix_share_event_at", "share_event", ["at"])
    op.create_index("ix_share_event_client_id_at", "share_event", ["client_id", "at"])
    op.create_index("ix_share_event_share_id", "share_event", ["share_id"])


def _sku() -> None:
    op.create_table(
        "sku",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("product_id", sa.Text()),
        sa.Column("code", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("gtin", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("colour", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("size", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("price_fen", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("rank", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )
    op.create_index("ix_sku_code", "sku", ["code"])
    op.create_index("ix_sku_gtin", "sku", ["gtin"])
    op.create_index("ix_sku_product_id", "sku", ["product_id"])


def _stock() -> None:
    op.create_table(
        "stock",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("on_hand", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("available", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("reserved", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("in_transit", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("as_of", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )


def _stock_nearby() -> None:
    op.create_table(
        "stock_nearby",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("stores", sa.JSON(), nullable=False, server_default=sa.text("'[]'")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )


def _store() -> None:
    op.create_table(
        "store",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("code", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("name", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("region", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("address", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("phone", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("hours", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )


def _tag() -> None:
    op.create_table(
        "tag",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("group", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("name", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("multi", sa.Boolean(), nullable=False, server_default=sa.text("1")),
        sa.Column("rank", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )


def _target() -> None:
    op.create_table(
        "target",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("guide_id", sa.Text()),
        sa.Column("month", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("target_fen", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )
    op.create_index("ix_target_guide_id_month", "target", ["guide_id", "month"])


def _task() -> None:
    op.create_table(
        "task",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, server_default=sa.text("'task'")),
        sa.Column("title", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("body", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("origin", sa.Text(), nullable=False, server_default=sa.text("'guide'")),
        sa.Column("guide_id", sa.Text()),
        sa.Column("client_id", sa.Text()),
        sa.Column("due_at", sa.BigInteger()),
        sa.Column("status", sa.Text(), nullable=False, server_default=sa.text("'open'")),
        sa.Column("result", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("done_at", sa.BigInteger()),
        sa.Column("urged_at", sa.BigInteger()),
        sa.Column("created_at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )
    op.create_index("ix_task_client_id", "task", ["client_id"])
    op.create_index("ix_task_status_due_at", "task", ["status", "due_at"])


def _unknown_record() -> None:
    op.create_table(
        "unknown_record",
        sa.Column("scope", sa.Text(), primary_key=True),
        sa.Column("kind", sa.Text(), primary_key=True),
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False, server_default=sa.text("''")),
    )
