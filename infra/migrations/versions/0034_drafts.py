"""Photographs and clocks of applications, and a draft on its way from one phone to another."""

from alembic import op

revision = "0034_drafts"
down_revision = "0033_effect"

HOUSE = "current_setting('app.door', true) = 'house'"
MINE = "resident = nullif(current_setting('app.resident', true), '')::uuid"


def upgrade() -> None:
    op.execute("""
        ALTER TABLE applications ADD COLUMN papers jsonb NOT NULL DEFAULT '[]';
        ALTER TABLE applications ADD COLUMN clock_ahead integer;
    """)
    _carried_drafts()


def _carried_drafts() -> None:
    """What no one here can read: sealed on her first phone with a key that only her two phones have. `name` is made of
    the code she carries over by hand, which cannot be told from it."""
    op.execute(f"""
        CREATE TABLE carried_drafts (
            resident uuid NOT NULL REFERENCES residents ON DELETE CASCADE,
            name bytea NOT NULL CHECK (length(name) = 32),
            sealed bytea NOT NULL,
            made_at timestamptz NOT NULL,
            kept_until timestamptz NOT NULL,
            PRIMARY KEY (resident, name)
        );
        CREATE INDEX carried_drafts_by_age ON carried_drafts (kept_until);
        ALTER TABLE carried_drafts ENABLE ROW LEVEL SECURITY;
        ALTER TABLE carried_drafts FORCE ROW LEVEL SECURITY;
        CREATE POLICY house ON carried_drafts USING ({HOUSE});
        CREATE POLICY resident ON carried_drafts USING ({MINE});
    """)


def downgrade() -> None:
    op.execute("DROP TABLE carried_drafts")
    op.execute("ALTER TABLE applications DROP COLUMN papers, DROP COLUMN clock_ahead")
