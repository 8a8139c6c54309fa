"""A sender says an event anew under a higher revision, or takes it back."""

from alembic import op

revision = "0054_event_revisions"
down_revision = "0053_by_event"

STATES = "'delivered', 'waiting', 'expired', 'failed'"


def upgrade() -> None:
    op.execute("ALTER TABLE sender_events ADD COLUMN revision integer NOT NULL DEFAULT 1 CHECK (revision > 0)")
    _states(f"{STATES}, 'withdrawn'")


def downgrade() -> None:
    op.execute("SELECT set_config('app.door', 'house', true)")
    op.execute("UPDATE sender_events SET state = 'expired' WHERE state = 'withdrawn'")
    op.execute("ALTER TABLE sender_events DROP COLUMN revision")
    _states(STATES)


def _states(states: str) -> None:
    op.execute(f"""
        ALTER TABLE sender_events DROP CONSTRAINT sender_events_state_check,
            ADD CONSTRAINT sender_events_state_check CHECK (state IN ({states}))
    """)
