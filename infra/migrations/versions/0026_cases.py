"""Cases a ward works here, and what an application has become."""

from alembic import op

revision = "0026_cases"
down_revision = "0025_trust"

STATES = "'waiting', 'queued', 'received', 'checking', 'sent_back', 'decided', 'rejected', 'withdrawn'"
IN_HAND = "'waiting', 'queued', 'received', 'checking'"


def upgrade() -> None:
    op.execute(f"""
        ALTER TABLE applications DROP CONSTRAINT applications_state_check;
        ALTER TABLE applications ADD CONSTRAINT applications_state_check CHECK (state IN ({STATES}));
        ALTER TABLE application_events DROP CONSTRAINT application_events_state_check;
        ALTER TABLE application_events ADD CONSTRAINT application_events_state_check CHECK (state IN ({STATES}));
        DROP INDEX applications_in_hand;
        CREATE UNIQUE INDEX applications_in_hand ON applications (resident, procedure, coalesce(subject, ''))
            WHERE state IN ({IN_HAND});
    """)


def downgrade() -> None:
    """The two new states stay allowed: what stands in them has no other to go back to."""
