"""A notice that was told to a child's other guardian knows whose words it has: it ends, and is corrected, with them."""

from alembic import op

revision = "0050_copies"
down_revision = "0049_letter_parts"


def upgrade() -> None:
    op.execute("""
        ALTER TABLE notices ADD COLUMN copy_of uuid;
        CREATE INDEX notices_copies ON notices (copy_of) WHERE copy_of IS NOT NULL;
    """)


def downgrade() -> None:
    op.execute("ALTER TABLE notices DROP COLUMN copy_of")
