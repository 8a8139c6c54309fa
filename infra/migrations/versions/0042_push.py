"""Pushes by chunk: a row is an outcome, of a revision; `rung`: an emergency was rung for, its text is still to come.
And what she tried herself: whether a push reaches this very phone."""

from alembic import op

revision = "0042_push"
down_revision = "0041_school"

HOUSE = "current_setting('app.door', true) = 'house'"
MINE = "resident = nullif(current_setting('app.resident', true), '')::uuid"
STATES = "'waiting', 'sending', 'accepted', 'gone', 'failed', 'needless', 'held_back'"


# A month's table was made like the whole and then attached, so its check is its own and does not go with the whole's.
OF_EACH_MONTH = """
    DO $$
    DECLARE part regclass;
    BEGIN
        FOR part IN SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'pushes'::regclass LOOP
            EXECUTE 'ALTER TABLE ' || part || ' DROP CONSTRAINT IF EXISTS pushes_state_check';
        END LOOP;
    END $$
"""


def upgrade() -> None:
    op.execute("ALTER TABLE pushes ADD COLUMN revision integer NOT NULL DEFAULT 1")
    _states(f"{STATES}, 'rung'")
    op.execute("""
        CREATE TABLE push_trials (
            id uuid PRIMARY KEY,
            resident uuid NOT NULL,
            device uuid NOT NULL,
            made_at timestamptz NOT NULL,
            outcome text CHECK (outcome IN ('accepted', 'gone', 'refused', 'unreached')),
            settled_at timestamptz
        );
        CREATE INDEX push_trials_of_resident ON push_trials (resident);
        ALTER TABLE push_trials ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
    """)
    op.execute(f"CREATE POLICY house ON push_trials USING ({HOUSE})")
    op.execute(f"CREATE POLICY resident ON push_trials USING ({MINE})")


def downgrade() -> None:
    op.execute("SELECT set_config('app.door', 'house', true)")
    op.execute("DROP TABLE push_trials")
    op.execute("UPDATE pushes SET state = 'accepted' WHERE state = 'rung'")
    op.execute("ALTER TABLE pushes DROP COLUMN revision")
    _states(STATES)


def _states(states: str) -> None:
    op.execute("ALTER TABLE pushes DROP CONSTRAINT pushes_state_check")
    op.execute(OF_EACH_MONTH)
    op.execute(f"ALTER TABLE pushes ADD CONSTRAINT pushes_state_check CHECK (state IN ({states}))")
