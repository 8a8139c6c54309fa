"""What two hands make of made-up households: no person and no ward in it, so every door may read it."""

from alembic import op

revision = "0005_amount_comparisons"
down_revision = "0004_applications"


def upgrade() -> None:
    op.execute("""
        CREATE TABLE amount_comparisons (
            household text NOT NULL,
            benefit text NOT NULL,
            "on" date NOT NULL,
            ours integer,
            confidence text CHECK (confidence IN ('A', 'B', 'C')),
            theirs integer,
            model text NOT NULL,
            heard_at timestamptz,
            tried_at timestamptz NOT NULL,
            silent text,
            PRIMARY KEY (household, benefit)
        );
    """)


def downgrade() -> None:
    op.execute("DROP TABLE amount_comparisons")
