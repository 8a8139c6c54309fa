"""A push that waits for somebody's one summary a day has a row of its own: `digest`, due at her hour."""

from alembic import op

revision = "0048_digests"
down_revision = "0047_addresses"

STATES = "'waiting', 'sending', 'accepted', 'gone', 'failed', 'needless', 'held_back', 'rung'"

# As in 0042: a month's table has a check of its own, which does not go with the whole's.
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
    _states(f"{STATES}, 'digest'")
    op.execute("CREATE INDEX pushes_for_digests ON pushes (due_at, resident) WHERE state = 'digest'")


def downgrade() -> None:
    op.execute("SELECT set_config('app.door', 'house', true)")
    op.execute("DROP INDEX pushes_for_digests")
    op.execute("UPDATE pushes SET state = 'held_back' WHERE state = 'digest'")
    _states(STATES)


def _states(states: str) -> None:
    op.execute("ALTER TABLE pushes DROP CONSTRAINT pushes_state_check")
    op.execute(OF_EACH_MONTH)
    op.execute(f"ALTER TABLE pushes ADD CONSTRAINT pushes_state_check CHECK (state IN ({states}))")
