"""Several stores on one PC, chained changes, digests that follow, held removals, erasures to confirm, back-fills."""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

from guide_app.store.new_fields import ask_for, promote_extra

revision = "0002"
down_revision = "0001"

#: Fields that this version gives a column; a book may have kept them in `extra` since a newer office sent them.
_ADDED = (("client", "merged_into"), ("task", "done_by"))


def upgrade() -> None:
    """Bring a book of 0001 here."""
    for kind, field in _ADDED:
        op.add_column(kind, sa.Column(field, sa.Text()))
        promote_extra(op.get_bind(), kind, [field])
    _borrowed("guide_pin", _guide_pin)
    _borrowed("stock", _stock)
    _borrowed("stock_nearby", _stock_nearby)
    op.add_column("device", sa.Column("acked_chain", sa.Text(), nullable=False, server_default=sa.text("''")))
    op.add_column("device", sa.Column("wiped_at", sa.BigInteger()))
    op.drop_column("cursor", "anew")
    for name in ("chain", "passed"):
        op.add_column("outbox", sa.Column(name, sa.Text(), nullable=False, server_default=sa.text("''")))
    op.add_column("unknown_record", sa.Column("at", sa.BigInteger(), nullable=False, server_default=sa.text("0")))
    for name in ("held_n", "counted_at"):
        op.add_column("cursor", sa.Column(name, sa.BigInteger(), nullable=False, server_default=sa.text("0")))
    op.execute("UPDATE cursor SET held_digest = ''")
    _tables()
    for kind, field in _ADDED:
        ask_for(op.get_bind(), kind, [field])


def _borrowed(name: str, create: Callable[[], None]) -> None:
    """Make a table anew whose ids are those of something else, so that every store may have the same."""
    op.rename_table(name, f"{name}_before")
    create()
    columns = [row[1] for row in op.get_bind().exec_driver_sql(f"PRAGMA table_info({name}_before)")]
    names = ", ".join(columns)
    op.execute(f"INSERT INTO {name} ({names}) SELECT {names} FROM {name}_before")
    op.drop_table(f"{name}_before")


def _owned(name: str, *columns: sa.Column[object]) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("store_id", sa.Text(), nullable=False, primary_key=True),
        *columns,
        sa.Column("seq", sa.BigInteger()),
        sa.Column("extra", sa.JSON()),
    )


def _guide_pin() -> None:
    _owned("guide_pin", sa.Column("pin_hash", sa.Text(), nullable=False, server_default=sa.text("''")))


def _stock() -> None:
    counts = ("on_hand", "available", "reserved", "in_transit")
    _owned(
        "stock",
        *(sa.Column(name, sa.Integer(), nullable=False, server_default=sa.text("0")) for name in counts),
        sa.Column("as_of", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
    )


def _stock_nearby() -> None:
    _owned("stock_nearby", sa.Column("stores", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))


def _tables() -> None:
    op.create_table(
        "held_removal",
        sa.Column("scope", sa.Text(), primary_key=True),
        sa.Column("removed", sa.BigInteger(), nullable=False),
        sa.Column("held", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("allowed_by", sa.Text()),
        sa.Column("allowed_at", sa.BigInteger()),
    )
    op.create_table(
        "erasure",
        sa.Column("client_id", sa.Text(), primary_key=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("scrubbed_at", sa.BigInteger()),
    )
    op.create_table(
        "backfill",
        sa.Column("kind", sa.Text(), primary_key=True),
        sa.Column("field", sa.Text(), primary_key=True),
        sa.Column("scope", sa.Text(), primary_key=True, server_default=sa.text("''")),
        sa.Column("after_id", sa.Text(), nullable=False, server_default=sa.text("''")),
    )
    op.create_table(
        "store_pc",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("last_contact_ms", sa.BigInteger(), nullable=False),
        sa.Column("waiting", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("app_version", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("revoked", sa.Boolean(), nullable=False, server_default=sa.text("0")),
    )
