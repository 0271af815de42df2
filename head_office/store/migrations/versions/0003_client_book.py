"""The client book in depth: tags with rules, segments, sequences, dates, relations, wishes, consents, services.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the kinds and fields of the book."""
    _fields()
    _brand()
    _store()


def _add(table: str, name: str, kind: sa.types.TypeEngine[object], first: str | None = None) -> None:
    """Add a column: rows from before get `first` in it, later ones must say it; NULL where none is given."""
    op.add_column(table, sa.Column(name, kind, nullable=first is None, server_default=first))
    if first is not None:
        op.alter_column(table, name, server_default=None)


def _fields() -> None:
    _add("product", "warranty_days", sa.BigInteger(), "0")
    _add("product", "wear_days", sa.BigInteger(), "0")
    _add("tag", "visible", sa.Boolean(), "true")
    _add("tag", "blocks", sa.Boolean(), "false")
    _add("tag", "was", JSONB(), "[]")
    _add("tag", "merged_into", sa.Uuid(as_uuid=False))
    _add("script", "media", JSONB(), "[]")
    _add("script", "variant_of", sa.Uuid(as_uuid=False))
    _add("script", "variant", sa.Text(), "")
    _add("script", "active", sa.Boolean(), "true")
    _add("client", "trousers_size", sa.Text(), "")
    _add("client", "ring_size", sa.Text(), "")
    _add("client", "flag", sa.Text(), "")
    _add("client", "flag_why", sa.Text(), "")
    _add("client", "rhythm_days", sa.BigInteger(), "0")
    _add("client_tag", "tag_id", sa.Uuid(as_uuid=False))
    _add("client_tag", "rule_id", sa.Uuid(as_uuid=False))
    _add("client_tag", "why", sa.Text(), "")
    _add("client_tag", "until", sa.BigInteger())
    _add("client_tag", "private", sa.Boolean(), "false")
    _add("note", "private", sa.Boolean(), "false")
    _add("note", "result", sa.Text(), "")
    _add("note", "task_id", sa.Uuid(as_uuid=False))
    _add("note", "script_id", sa.Uuid(as_uuid=False))
    _add("task", "cause", sa.Text(), "")
    _add("task", "starts_at", sa.BigInteger())
    _add("task", "expires_at", sa.BigInteger())
    _add("task", "assigned_by", sa.Uuid(as_uuid=False))
    _add("task", "script_id", sa.Uuid(as_uuid=False))
    _add("task", "coupon_template_id", sa.Uuid(as_uuid=False))
    _add("task", "product_id", sa.Uuid(as_uuid=False))
    _add("task", "batch_id", sa.Uuid(as_uuid=False))
    _add("share", "look_id", sa.Uuid(as_uuid=False))
    _add("share", "price_until", sa.BigInteger(), "0")


def _brand() -> None:
    _tag_rule()
    _custom_field()
    _sop()
    _festival()
    _house_rule()


def _store() -> None:
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
    _task_batch()


def _tag_rule() -> None:
    op.create_table(
        "tag_rule",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("tag_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("group", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("rule", JSONB(), nullable=False),
        sa.Column("days", sa.BigInteger(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("rank", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag_rule")),
        sa.UniqueConstraint("seq", name=op.f("uq_tag_rule_seq")),
    )


def _custom_field() -> None:
    op.create_table(
        "custom_field",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("group", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("choices", JSONB(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("rank", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custom_field")),
        sa.UniqueConstraint("seq", name=op.f("uq_custom_field_seq")),
    )


def _sop() -> None:
    op.create_table(
        "sop",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("steps", JSONB(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("rank", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sop")),
        sa.UniqueConstraint("seq", name=op.f("uq_sop_seq")),
    )


def _festival() -> None:
    op.create_table(
        "festival",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("calendar", sa.Text(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=True),
        sa.Column("month", sa.BigInteger(), nullable=True),
        sa.Column("day", sa.BigInteger(), nullable=True),
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("days_before", sa.BigInteger(), nullable=False),
        sa.Column("scene", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_festival")),
        sa.UniqueConstraint("seq", name=op.f("uq_festival_seq")),
    )


def _house_rule() -> None:
    op.create_table(
        "house_rule",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", JSONB(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house_rule")),
        sa.UniqueConstraint("seq", name=op.f("uq_house_rule_seq")),
    )
    op.create_index(
        op.f("ix_house_rule_name"), "house_rule", ["name"], unique=True, postgresql_where=sa.text("name != ''")
    )


def _tag_bar() -> None:
    op.create_table(
        "tag_bar",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("client_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("group", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("guide_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_tag_bar")),
        sa.UniqueConstraint("store_id", "seq", name=op.f("uq_tag_bar_store_id_seq")),
    )
    op.create_index(op.f("ix_tag_bar_store_id_client_id"), "tag_bar", ["store_id", "client_id"])


def _consent() -> None:
    op.create_table(
        "consent",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("client_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("guide_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_consent")),
        sa.UniqueConstraint("store_id", "seq", name=op.f("uq_consent_store_id_seq")),
    )
    op.create_index(op.f("ix_consent_store_id_client_id"), "consent", ["store_id", "client_id"])


def _relation() -> None:
    op.create_table(
        "relation",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("client_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("relative_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("shoe_size", sa.Text(), nullable=False),
        sa.Column("top_size", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("guide_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamps", JSONB(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_relation")),
        sa.UniqueConstraint("store_id", "seq", name=op.f("uq_relation_store_id_seq")),
    )
    op.create_index(op.f("ix_relation_store_id_client_id"), "relation", ["store_id", "client_id"])
    op.create_index(op.f("ix_relation_store_id_relative_id"), "relation", ["store_id", "relative_id"])


def _client_date() -> None:
    op.create_table(
        "client_date",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("client_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("calendar", sa.Text(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=True),
        sa.Column("month", sa.BigInteger(), nullable=True),
        sa.Column("day", sa.BigInteger(), nullable=True),
        sa.Column("leap", sa.Boolean(), nullable=False),
        sa.Column("days_before", sa.BigInteger(), nullable=False),
        sa.Column("relation_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("guardian_at", sa.BigInteger(), nullable=True),
        sa.Column("guide_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamps", JSONB(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_client_date")),
        sa.UniqueConstraint("store_id", "seq", name=op.f("uq_client_date_store_id_seq")),
    )
    op.create_index(op.f("ix_client_date_store_id_client_id"), "client_date", ["store_id", "client_id"])


def _custom_value() -> None:
    op.create_table(
        "custom_value",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("client_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("field_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("guide_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamps", JSONB(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_custom_value")),
        sa.UniqueConstraint("store_id", "seq", name=op.f("uq_custom_value_store_id_seq")),
    )
    op.create_index(op.f("ix_custom_value_store_id_client_id"), "custom_value", ["store_id", "client_id"])


def _stated_size() -> None:
    op.create_table(
        "stated_size",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("client_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("size_kind", sa.Text(), nullable=False),
        sa.Column("brand", sa.Text(), nullable=False),
        sa.Column("size", sa.Text(), nullable=False),
        sa.Column("guide_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_stated_size")),
        sa.UniqueConstraint("store_id", "seq", name=op.f("uq_stated_size_store_id_seq")),
    )
    op.create_index(op.f("ix_stated_size_store_id_client_id"), "stated_size", ["store_id", "client_id"])


def _wish() -> None:
    op.create_table(
        "wish",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("client_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("product_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("sku_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("want", sa.Text(), nullable=False),
        sa.Column("colour", sa.Text(), nullable=False),
        sa.Column("size", sa.Text(), nullable=False),
        sa.Column("tell", sa.Boolean(), nullable=False),
        sa.Column("guide_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamps", JSONB(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_wish")),
        sa.UniqueConstraint("store_id", "seq", name=op.f("uq_wish_store_id_seq")),
    )
    op.create_index(op.f("ix_wish_store_id_client_id"), "wish", ["store_id", "client_id"])


def _segment() -> None:
    op.create_table(
        "segment",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("rule", JSONB(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("guide_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamps", JSONB(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_segment")),
        sa.UniqueConstraint("store_id", "seq", name=op.f("uq_segment_store_id_seq")),
    )


def _segment_member() -> None:
    op.create_table(
        "segment_member",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("segment_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("client_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("guide_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_segment_member")),
        sa.UniqueConstraint("store_id", "seq", name=op.f("uq_segment_member_store_id_seq")),
    )
    op.create_index(op.f("ix_segment_member_store_id_client_id"), "segment_member", ["store_id", "client_id"])
    op.create_index(op.f("ix_segment_member_store_id_segment_id"), "segment_member", ["store_id", "segment_id"])


def _sop_run() -> None:
    op.create_table(
        "sop_run",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("client_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("sop_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("guide_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("shift_days", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamps", JSONB(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_sop_run")),
        sa.UniqueConstraint("store_id", "seq", name=op.f("uq_sop_run_store_id_seq")),
    )
    op.create_index(op.f("ix_sop_run_store_id_client_id"), "sop_run", ["store_id", "client_id"])


def _own_script() -> None:
    op.create_table(
        "own_script",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("guide_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("scene", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamps", JSONB(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_own_script")),
        sa.UniqueConstraint("store_id", "seq", name=op.f("uq_own_script_store_id_seq")),
    )


def _copied() -> None:
    op.create_table(
        "copied",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("client_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("guide_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("share_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("script_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamps", JSONB(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_copied")),
        sa.UniqueConstraint("store_id", "seq", name=op.f("uq_copied_store_id_seq")),
    )
    op.create_index(op.f("ix_copied_store_id_client_id"), "copied", ["store_id", "client_id"])


def _favourite() -> None:
    op.create_table(
        "favourite",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("guide_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("target", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_favourite")),
        sa.UniqueConstraint("store_id", "seq", name=op.f("uq_favourite_store_id_seq")),
    )


def _bought_for() -> None:
    op.create_table(
        "bought_for",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("client_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("purchase_line_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("relation_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("guide_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_bought_for")),
        sa.UniqueConstraint("store_id", "seq", name=op.f("uq_bought_for_store_id_seq")),
    )
    op.create_index(op.f("ix_bought_for_store_id_client_id"), "bought_for", ["store_id", "client_id"])


def _service() -> None:
    op.create_table(
        "service",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("client_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("purchase_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("purchase_line_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("product_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("guide_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamps", JSONB(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_service")),
        sa.UniqueConstraint("store_id", "seq", name=op.f("uq_service_store_id_seq")),
    )
    op.create_index(op.f("ix_service_store_id_client_id"), "service", ["store_id", "client_id"])


def _access_log() -> None:
    op.create_table(
        "access_log",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("guide_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("client_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("records", sa.BigInteger(), nullable=False),
        sa.Column("approved_by", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_access_log")),
        sa.UniqueConstraint("store_id", "seq", name=op.f("uq_access_log_store_id_seq")),
    )
    op.create_index(op.f("ix_access_log_store_id_client_id"), "access_log", ["store_id", "client_id"])


def _company_view() -> None:
    op.create_table(
        "company_view",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("client_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("colleagues", sa.BigInteger(), nullable=False),
        sa.Column("contacts", JSONB(), nullable=False),
        sa.Column("refused", sa.Boolean(), nullable=False),
        sa.Column("as_of", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_company_view")),
        sa.UniqueConstraint("store_id", "seq", name=op.f("uq_company_view_store_id_seq")),
    )
    op.create_index(op.f("ix_company_view_store_id_client_id"), "company_view", ["store_id", "client_id"])


def _task_batch() -> None:
    op.create_table(
        "task_batch",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("entry", JSONB(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=False),
        sa.Column("approved_ms", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_task_batch")),
    )


def _look() -> None:
    op.create_table(
        "look",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("product_ids", JSONB(), nullable=False),
        sa.Column("no", sa.BigInteger(), nullable=False),
        sa.Column("guide_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stamps", JSONB(), nullable=False),
        sa.Column("extra", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_look")),
        sa.UniqueConstraint("store_id", "seq", name=op.f("uq_look_store_id_seq")),
    )
