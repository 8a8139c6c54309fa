"""Durable jobs: procrastinate's own schema, on the same database as the data they belong to."""

from alembic import op
from procrastinate.schema import SchemaManager

revision = "0001_jobs"
down_revision = None


def upgrade() -> None:
    cursor = op.get_bind().connection.cursor()
    cursor.execute(SchemaManager.get_schema())


def downgrade() -> None:
    raise RuntimeError("the first migration is not undone: drop the database")
