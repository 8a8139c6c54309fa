"""Feeds of dates that she may take back; of the secret address only a hash is kept."""

from alembic import op

revision = "0032_calendars"
down_revision = "0031_payments"

HOUSE = "current_setting('app.door', true) = 'house'"
MINE = "resident = nullif(current_setting('app.resident', true), '')::uuid"


def upgrade() -> None:
    """`about`: empty for the whole family, else the child's id in the register. One feed of each."""
    op.execute("""
        CREATE TABLE calendar_feeds (
            id uuid PRIMARY KEY,
            resident uuid NOT NULL REFERENCES residents ON DELETE CASCADE,
            about text NOT NULL CHECK (length(about) <= 60),
            secret_hash bytea NOT NULL UNIQUE CHECK (length(secret_hash) = 32),
            full_words boolean NOT NULL,
            made_at timestamptz NOT NULL,
            read_at timestamptz,
            UNIQUE (resident, about)
        );
    """)
    op.execute("ALTER TABLE calendar_feeds ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE calendar_feeds FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY house ON calendar_feeds USING ({HOUSE})")
    op.execute(f"CREATE POLICY resident ON calendar_feeds USING ({MINE})")


def downgrade() -> None:
    op.execute("DROP TABLE calendar_feeds")
