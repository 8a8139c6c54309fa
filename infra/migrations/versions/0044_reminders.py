"""Which reminders were told: hashes alone, so that each is told once."""

from alembic import op

revision = "0044_reminders"
down_revision = "0043_senders"

HOUSE = "current_setting('app.door', true) = 'house'"


def upgrade() -> None:
    op.execute("""
        CREATE TABLE reminders_told (
            resident uuid NOT NULL REFERENCES residents ON DELETE CASCADE,
            key bytea NOT NULL CHECK (length(key) = 32),
            told_at timestamptz NOT NULL,
            PRIMARY KEY (resident, key)
        );
        CREATE INDEX reminders_told_by_age ON reminders_told (told_at);
        ALTER TABLE reminders_told ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
    """)
    op.execute(f"CREATE POLICY house ON reminders_told USING ({HOUSE})")


def downgrade() -> None:
    op.execute("DROP TABLE reminders_told")
