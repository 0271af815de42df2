"""Runs the migrations on the connection handed in, inside its open transaction: all of them happen, or none."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
