"""Chained pushes, quarantine, transfers, merges, erasures that every PC confirms.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what a feed needs that survives transfers, restores and erasures."""
    op.add_column("client", sa.Column("merged_into", sa.Uuid(as_uuid=False), nullable=True))
    op.add_column("task", sa.Column("done_by", sa.Uuid(as_uuid=False), nullable=True))
    op.add_column("gone", sa.Column("to_store", sa.Uuid(as_uuid=False), nullable=True))
    _add("device", "last_chain", sa.Text(), "")
    _add("device", "last_effective", sa.Text(), "")
    _add("device", "waiting", sa.BigInteger(), "0")
    op.add_column("device", sa.Column("wiped_ms", sa.BigInteger(), nullable=True))
    op.drop_column("device", "last_stamp")
    op.add_column("device_grant", sa.Column("ended_ms", sa.BigInteger(), nullable=True))
    _add("push_result", "kind", sa.Text(), "")
    _add("push_result", "record_id", sa.Text(), "")
    for kind in ("client_tag", "note", "share", "task"):
        op.create_index(op.f(f"ix_{kind}_store_id_client_id"), kind, ["store_id", "client_id"])
    _quarantine()
    _erasures()
    _handing_over()


def _add(table: str, name: str, kind: sa.types.TypeEngine[object], first: str) -> None:
    """Add a column that rows from before get `first` in; later ones must say it."""
    op.add_column(table, sa.Column(name, kind, nullable=False, server_default=first))
    op.alter_column(table, name, server_default=None)


def _quarantine() -> None:
    op.create_table(
        "quarantine",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("device_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("mid", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("mutation", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("settled_ms", sa.BigInteger(), nullable=True),
        sa.Column("settled_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_quarantine")),
        sa.UniqueConstraint("store_id", "device_id", "mid", name=op.f("uq_quarantine_store_id_device_id_mid")),
    )


def _erasures() -> None:
    op.create_table(
        "erasure",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("client_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("by_guide", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("store_id", "client_id", name=op.f("pk_erasure")),
    )
    op.create_table(
        "erasure_confirmation",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("client_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("device_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("confirmed_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("store_id", "client_id", "device_id", name=op.f("pk_erasure_confirmation")),
    )
    op.create_table(
        "erased_id",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id_hash", sa.LargeBinary(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("store_id", "id_hash", name=op.f("pk_erased_id")),
    )


def _handing_over() -> None:
    op.create_table(
        "merge_log",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("loser_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("survivor_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("by_guide", sa.Text(), nullable=False),
        sa.Column("moved", JSONB(), nullable=False),
        sa.Column("filled", JSONB(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("undone_ms", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "loser_id", name=op.f("pk_merge_log")),
    )
    op.create_table(
        "transfer",
        sa.Column("store_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("to_store", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("from_guide", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("to_guide", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("client_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("by_guide", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("planned", sa.BigInteger(), nullable=False),
        sa.Column("done", sa.BigInteger(), nullable=False),
        sa.Column("records", sa.BigInteger(), nullable=False),
        sa.Column("late", sa.BigInteger(), nullable=False),
        sa.Column("refused", sa.BigInteger(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("finished_ms", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("store_id", "id", name=op.f("pk_transfer")),
    )
