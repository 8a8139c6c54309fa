"""Decisions and certificates, sealed."""

from alembic import op

revision = "0029_documents"
down_revision = "0028_tasks"

HOUSE = "current_setting('app.door', true) = 'house'"
ME = "nullif(current_setting('app.resident', true), '')::uuid"
VERDICTS = "'valid', 'broken', 'unknown_seal', 'other_ward', 'seal_expired', 'unreadable'"


def upgrade() -> None:
    """Content and seal lie under her key; of what she has deleted its number stays, so that it does not come back."""
    op.execute(f"""
        CREATE TABLE documents (
            id uuid PRIMARY KEY,
            resident uuid NOT NULL REFERENCES residents ON DELETE CASCADE,
            ward text NOT NULL CHECK (ward ~ '^[0-9]{{6}}$'),
            number text NOT NULL,
            verdict text NOT NULL CHECK (verdict IN ({VERDICTS})),
            content bytea,
            seal bytea,
            fetched_at timestamptz NOT NULL,
            valid_until date,
            deleted_at timestamptz,
            reminded_at timestamptz,
            UNIQUE (resident, ward, number),
            CHECK ((content IS NULL) = (deleted_at IS NOT NULL)),
            CHECK ((content IS NULL) = (seal IS NULL))
        );
        CREATE INDEX documents_by_end ON documents (valid_until) WHERE content IS NOT NULL AND reminded_at IS NULL;
        ALTER TABLE documents ENABLE ROW LEVEL SECURITY;
        ALTER TABLE documents FORCE ROW LEVEL SECURITY;
        CREATE POLICY house ON documents USING ({HOUSE});
        CREATE POLICY resident ON documents USING (resident = {ME});
    """)


def downgrade() -> None:
    op.execute("DROP TABLE documents")
