"""The client book in depth: tags with rules, segments, sequences, dates, relations, wishes, consents, services."""

import sqlalchemy as sa
from alembic import op

from guide_app.store.new_fields import ask_for, promote_extra

revision = "0003"
down_revision = "0002"


def _added() -> dict[str, tuple[sa.Column[object], ...]]:
    """The fields that this version gives a column."""
    return {
        "product": (
            sa.Column("warranty_days", sa.Integer(), nullable=False, server_default=sa.text("0")),
            sa.Column("wear_days", sa.Integer(), nullable=False, server_default=sa.text("0")),
        ),
        "tag": (
            sa.Column("visible", sa.Boolean(), nullable=False, server_default=sa.text("1")),
            sa.Column("blocks", sa.Boolean(), nullable=False, server_default=sa.text("0")),
            sa.Column("was", sa.JSON(), nullable=False, server_default=sa.text("'[]'")),
            sa.Column("merged_into", sa.Text()),
        ),
        "script": (
            sa.Column("media", sa.JSON(), nullable=False, server_default=sa.text("'[]'")),
            sa.Column("variant_of", sa.Text()),
            sa.Column("variant", sa.Text(), nullable=False, server_default=sa.text("''")),
            sa.Column("active", sa.Boolean(), nullable=False, server_default=sa.text("1")),
        ),
        "client": (
            sa.Column("trousers_size", sa.Text(), nullable=False, server_default=sa.text("''")),
            sa.Column("ring_size", sa.Text(), nullable=False, server_default=sa.text("''")),
            sa.Column("flag", sa.Text(), nullable=False, server_default=sa.text("''")),
            sa.Column("flag_why", sa.Text(), nullable=False, server_default=sa.text("''")),
            sa.Column("rhythm_days", sa.Integer(), nullable=False, server_default=sa.text("0")),
        ),
        "client_tag": (
            sa.Column("tag_id", sa.Text()),
            sa.Column("rule_id", sa.Text()),
            sa.Column("why", sa.Text(), nullable=False, server_default=sa.text("''")),
            sa.Column("until", sa.BigInteger()),
            sa.Column("private", sa.Boolean(), nullable=False, server_default=sa.text("0")),
        ),
        "note": (
            sa.Column("private", sa.Boolean(), nullable=False, server_default=sa.text("0")),
            sa.Column("result", sa.Text(), nullable=False, server_default=sa.text("''")),
            sa.Column("task_id", sa.Text()),
            sa.Column("script_id", sa.Text()),
        ),
        "task": (
            sa.Column("cause", sa.Text(), nullable=False, server_default=sa.text("''")),
            sa.Column("starts_at", sa.BigInteger()),
            sa.Column("expires_at", sa.BigInteger()),
            sa.Column("assigned_by", sa.Text()),
            sa.Column("script_id", sa.Text()),
            sa.Column("coupon_template_id", sa.Text()),
            sa.Column("product_id", sa.Text()),
            sa.Column("batch_id", sa.Text()),
        ),
        "share": (
            sa.Column("look_id", sa.Text()),
            sa.Column("price_until", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        ),
    }


def upgrade() -> None:
    """Bring a book of 0002 here."""
    for kind, columns in _added().items():
        for column in columns:
            op.add_column(kind, column)
        promote_extra(op.get_bind(), kind, [column.name for column in columns])
        ask_for(op.get_bind(), kind, [column.name for column in columns])
    op.create_index("ix_note_kind_at", "note", ["kind", "at"])
    op.create_index("ix_task_cause", "task", ["cause"])
    _tag_rule()
    _custom_field()
    _sop()
    _festival()
    _house_rule()
    _tag_bar()
    _consent()
    _relation()
    _client_date()
    _custom_value()
    _stated_size()
    _wish()
    _segment()
    _segment_member()
    _sop_run()
    _own_script()
    _copied()
    _favourite()
    _bought_for()
    _service()
    _access_log()
    _company_view()
    _look()


def _tag_rule() -> None:
    op.create_table(
        "tag_rule",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("tag_id", sa.Text()),
        sa.Column("group", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("name", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("rule", sa.JSON(), nullable=False, server_default=sa.text("'{}'")),
        sa.Column("days", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("why", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("active", sa.Boolean(), nullable=False, server_default=sa.text("1")),
        sa.Column("rank", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )


def _custom_field() -> None:
    op.create_table(
        "custom_field",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("group", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("type", sa.Text(), nullable=False, server_default=sa.text("'text'")),
        sa.Column("choices", sa.JSON(), nullable=False, server_default=sa.text("'[]'")),
        sa.Column("private", sa.Boolean(), nullable=False, server_default=sa.text("0")),
        sa.Column("sensitive", sa.Boolean(), nullable=False, server_default=sa.text("0")),
        sa.Column("purpose", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("active", sa.Boolean(), nullable=False, server_default=sa.text("1")),
        sa.Column("rank", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )


def _sop() -> None:
    op.create_table(
        "sop",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("occasion", sa.Text(), nullable=False, server_default=sa.text("'manual'")),
        sa.Column("steps", sa.JSON(), nullable=False, server_default=sa.text("'[]'")),
        sa.Column("active", sa.Boolean(), nullable=False, server_default=sa.text("1")),
        sa.Column("rank", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )


def _festival() -> None:
    op.create_table(
        "festival",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("calendar", sa.Text(), nullable=False, server_default=sa.text("'solar'")),
        sa.Column("year", sa.Integer()),
        sa.Column("month", sa.Integer()),
        sa.Column("day", sa.Integer()),
        sa.Column("term", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("days_before", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("scene", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("active", sa.Boolean(), nullable=False, server_default=sa.text("1")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )


def _house_rule() -> None:
    op.create_table(
        "house_rule",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("value", sa.JSON(), nullable=False, server_default=sa.text("'{}'")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )


def _tag_bar() -> None:
    op.create_table(
        "tag_bar",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text()),
        sa.Column("group", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("name", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("guide_id", sa.Text()),
        sa.Column("why", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )
    op.create_index("ix_tag_bar_client_id", "tag_bar", ["client_id"])


def _consent() -> None:
    op.create_table(
        "consent",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text()),
        sa.Column("purpose", sa.Text(), nullable=False, server_default=sa.text("'marketing'")),
        sa.Column("channel", sa.Text(), nullable=False, server_default=sa.text("'any'")),
        sa.Column("granted", sa.Boolean(), nullable=False, server_default=sa.text("1")),
        sa.Column("version", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("way", sa.Text(), nullable=False, server_default=sa.text("'spoken'")),
        sa.Column("proof", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("guide_id", sa.Text()),
        sa.Column("at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )
    op.create_index("ix_consent_client_id_at", "consent", ["client_id", "at"])


def _relation() -> None:
    op.create_table(
        "relation",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text()),
        sa.Column("relative_id", sa.Text()),
        sa.Column("kind", sa.Text(), nullable=False, server_default=sa.text("'family'")),
        sa.Column("name", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("sex", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("shoe_size", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("top_size", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("note", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("guide_id", sa.Text()),
        sa.Column("at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )
    op.create_index("ix_relation_client_id", "relation", ["client_id"])
    op.create_index("ix_relation_relative_id", "relation", ["relative_id"])


def _client_date() -> None:
    op.create_table(
        "client_date",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text()),
        sa.Column("kind", sa.Text(), nullable=False, server_default=sa.text("'custom'")),
        sa.Column("title", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("calendar", sa.Text(), nullable=False, server_default=sa.text("'solar'")),
        sa.Column("year", sa.Integer()),
        sa.Column("month", sa.Integer()),
        sa.Column("day", sa.Integer()),
        sa.Column("leap", sa.Boolean(), nullable=False, server_default=sa.text("0")),
        sa.Column("days_before", sa.Integer(), nullable=False, server_default=sa.text("7")),
        sa.Column("relation_id", sa.Text()),
        sa.Column("guardian_at", sa.BigInteger()),
        sa.Column("guide_id", sa.Text()),
        sa.Column("at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )
    op.create_index("ix_client_date_client_id", "client_date", ["client_id"])
    op.create_index("ix_client_date_month_day", "client_date", ["month", "day"])


def _custom_value() -> None:
    op.create_table(
        "custom_value",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text()),
        sa.Column("field_id", sa.Text()),
        sa.Column("value", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("guide_id", sa.Text()),
        sa.Column("at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )
    op.create_index("ix_custom_value_client_id", "custom_value", ["client_id"])


def _stated_size() -> None:
    op.create_table(
        "stated_size",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text()),
        sa.Column("size_kind", sa.Text(), nullable=False, server_default=sa.text("'shoe'")),
        sa.Column("brand", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("size", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("guide_id", sa.Text()),
        sa.Column("at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )
    op.create_index("ix_stated_size_client_id", "stated_size", ["client_id"])


def _wish() -> None:
    op.create_table(
        "wish",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text()),
        sa.Column("product_id", sa.Text()),
        sa.Column("sku_id", sa.Text()),
        sa.Column("want", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("colour", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("size", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("tell", sa.Boolean(), nullable=False, server_default=sa.text("0")),
        sa.Column("guide_id", sa.Text()),
        sa.Column("at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("state", sa.Text(), nullable=False, server_default=sa.text("'open'")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )
    op.create_index("ix_wish_client_id", "wish", ["client_id"])
    op.create_index("ix_wish_product_id", "wish", ["product_id"])


def _segment() -> None:
    op.create_table(
        "segment",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("rule", sa.JSON(), nullable=False, server_default=sa.text("'{}'")),
        sa.Column("mode", sa.Text(), nullable=False, server_default=sa.text("'dynamic'")),
        sa.Column("shared", sa.Boolean(), nullable=False, server_default=sa.text("0")),
        sa.Column("guide_id", sa.Text()),
        sa.Column("at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )


def _segment_member() -> None:
    op.create_table(
        "segment_member",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("segment_id", sa.Text()),
        sa.Column("client_id", sa.Text()),
        sa.Column("guide_id", sa.Text()),
        sa.Column("at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )
    op.create_index("ix_segment_member_client_id", "segment_member", ["client_id"])
    op.create_index("ix_segment_member_segment_id", "segment_member", ["segment_id"])


def _sop_run() -> None:
    op.create_table(
        "sop_run",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text()),
        sa.Column("sop_id", sa.Text()),
        sa.Column("guide_id", sa.Text()),
        sa.Column("started_at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("shift_days", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("state", sa.Text(), nullable=False, server_default=sa.text("'running'")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )
    op.create_index("ix_sop_run_client_id", "sop_run", ["client_id"])
    op.create_index("ix_sop_run_state", "sop_run", ["state"])


def _own_script() -> None:
    op.create_table(
        "own_script",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("guide_id", sa.Text()),
        sa.Column("scene", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("title", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("body", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("shared", sa.Boolean(), nullable=False, server_default=sa.text("0")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )


def _copied() -> None:
    op.create_table(
        "copied",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text()),
        sa.Column("guide_id", sa.Text()),
        sa.Column("share_id", sa.Text()),
        sa.Column("script_id", sa.Text()),
        sa.Column("body", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("state", sa.Text(), nullable=False, server_default=sa.text("'open'")),
        sa.Column("answered_at", sa.BigInteger()),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )
    op.create_index("ix_copied_client_id", "copied", ["client_id"])
    op.create_index("ix_copied_share_id", "copied", ["share_id"])
    op.create_index("ix_copied_state", "copied", ["state"])


def _favourite() -> None:
    op.create_table(
        "favourite",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("guide_id", sa.Text()),
        sa.Column("what", sa.Text(), nullable=False, server_default=sa.text("'script'")),
        sa.Column("target", sa.Text()),
        sa.Column("at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )


def _bought_for() -> None:
    op.create_table(
        "bought_for",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text()),
        sa.Column("purchase_line_id", sa.Text()),
        sa.Column("relation_id", sa.Text()),
        sa.Column("who", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("guide_id", sa.Text()),
        sa.Column("at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )
    op.create_index("ix_bought_for_client_id", "bought_for", ["client_id"])
    op.create_index("ix_bought_for_purchase_line_id", "bought_for", ["purchase_line_id"])


def _service() -> None:
    op.create_table(
        "service",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text()),
        sa.Column("purchase_id", sa.Text()),
        sa.Column("purchase_line_id", sa.Text()),
        sa.Column("product_id", sa.Text()),
        sa.Column("kind", sa.Text(), nullable=False, server_default=sa.text("'repair'")),
        sa.Column("title", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("body", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("due_at", sa.BigInteger()),
        sa.Column("until", sa.BigInteger()),
        sa.Column("guide_id", sa.Text()),
        sa.Column("at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("state", sa.Text(), nullable=False, server_default=sa.text("'open'")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )
    op.create_index("ix_service_client_id", "service", ["client_id"])
    op.create_index("ix_service_state_until", "service", ["state", "until"])


def _access_log() -> None:
    op.create_table(
        "access_log",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("guide_id", sa.Text()),
        sa.Column("client_id", sa.Text()),
        sa.Column("deed", sa.Text(), nullable=False, server_default=sa.text("'reveal'")),
        sa.Column("reason", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("records", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("approved_by", sa.Text()),
        sa.Column("proof", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )
    op.create_index("ix_access_log_guide_id_at", "access_log", ["guide_id", "at"])


def _company_view() -> None:
    op.create_table(
        "company_view",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text()),
        sa.Column("colleagues", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("contacts", sa.JSON(), nullable=False, server_default=sa.text("'[]'")),
        sa.Column("refused", sa.Boolean(), nullable=False, server_default=sa.text("0")),
        sa.Column("as_of", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )
    op.create_index("ix_company_view_client_id", "company_view", ["client_id"])


def _look() -> None:
    op.create_table(
        "look",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("product_ids", sa.JSON(), nullable=False, server_default=sa.text("'[]'")),
        sa.Column("no", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("guide_id", sa.Text()),
        sa.Column("at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )
