"""Applications keep the digest of what was sent, and which prefilled fields she corrected. Only adds."""

from alembic import op

revision = "0006_digests"
down_revision = "0005_amount_comparisons"


def upgrade() -> None:
    op.execute("""
        ALTER TABLE applications
            ADD COLUMN digest bytea CHECK (octet_length(digest) = 32),
            ADD COLUMN corrected text[] NOT NULL DEFAULT '{}';
    """)


def downgrade() -> None:
    op.execute("ALTER TABLE applications DROP COLUMN digest, DROP COLUMN corrected;")
