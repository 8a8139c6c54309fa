"""Linked ids: an ID of hers elsewhere, of one person here only, and what it told (sealed)."""

from alembic import op

revision = "0023_links"
down_revision = "0022_guards"

HOUSE = "current_setting('app.door', true) = 'house'"
MINE = "resident = nullif(current_setting('app.resident', true), '')::uuid"


def upgrade() -> None:
    op.execute("""
        CREATE TABLE linked_ids (
            resident uuid NOT NULL REFERENCES residents ON DELETE CASCADE,
            provider text NOT NULL,
            issuer text NOT NULL,
            sub text NOT NULL CHECK (length(sub) <= 255),
            told bytea NOT NULL,
            linked_at timestamptz NOT NULL,
            told_at timestamptz NOT NULL CHECK (told_at >= linked_at),
            PRIMARY KEY (resident, provider),
            UNIQUE (issuer, sub)
        );
        ALTER TABLE linked_ids ENABLE ROW LEVEL SECURITY;
        ALTER TABLE linked_ids FORCE ROW LEVEL SECURITY;
    """)
    op.execute(f"CREATE POLICY house ON linked_ids USING ({HOUSE})")
    op.execute(f"CREATE POLICY resident ON linked_ids USING ({MINE})")


def downgrade() -> None:
    op.execute("DROP TABLE linked_ids")
