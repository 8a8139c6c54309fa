"""The message log tells incoming exchanges too, and the grant a reading rested on. Only adds.

What a record is digested from leaves out each of these while it holds what it held before there was the column, so
links made earlier still hold (`bff.exchange.evidence.chain`).
"""

from alembic import op

revision = "0008_incoming"
down_revision = "0007_evidence"


def upgrade() -> None:
    op.execute("""
        ALTER TABLE exchange_log
            ADD COLUMN direction text NOT NULL DEFAULT 'out' CHECK (direction IN ('in', 'out')),
            ADD COLUMN caller text,
            ADD COLUMN user_id text,
            ADD COLUMN given_id text,
            ADD COLUMN issue text,
            ADD COLUMN granted uuid,
            ADD CHECK ((direction = 'in') = (caller IS NOT NULL));
    """)


def downgrade() -> None:
    op.execute("""
        ALTER TABLE exchange_log DROP COLUMN direction, DROP COLUMN caller, DROP COLUMN user_id, DROP COLUMN given_id,
            DROP COLUMN issue, DROP COLUMN granted;
    """)
