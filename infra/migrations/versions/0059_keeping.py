"""A policy's function names its table whole, so that a backup, which has no search path, can read through it."""

from alembic import op

revision = "0059_keeping"
down_revision = "0060_incidents"

BODY = "SELECT one UNION ALL SELECT was FROM {}merged_accounts WHERE resident = one"


def upgrade() -> None:
    _accounts_of("public.")


def downgrade() -> None:
    _accounts_of("")


def _accounts_of(schema: str) -> None:
    body = BODY.format(schema)
    op.execute(f"CREATE OR REPLACE FUNCTION accounts_of(one uuid) RETURNS SETOF uuid LANGUAGE sql STABLE AS '{body}'")
