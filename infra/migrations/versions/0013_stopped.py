"""A source she stopped herself is told from one that will not let us read."""

from alembic import op

revision = "0013_stopped"
down_revision = "0012_files"

BEFORE = (
    "'timeout', 'unavailable', 'refused', 'wrong_answer', 'no_match', 'not_asked', 'busy', 'resting', 'switched_off',"
    " 'planned_outage'"
)


def upgrade() -> None:
    _check(f"silent_why IN ({BEFORE}, 'stopped')")


def downgrade() -> None:
    op.execute("SELECT set_config('app.door', 'house', true)")
    op.execute("UPDATE kept_facts SET silent_why = 'refused' WHERE silent_why = 'stopped'")
    _check(f"silent_why IN ({BEFORE})")


def _check(holds: str) -> None:
    op.execute("ALTER TABLE kept_facts DROP CONSTRAINT kept_facts_silent_why_check")
    op.execute(f"ALTER TABLE kept_facts ADD CONSTRAINT kept_facts_silent_why_check CHECK ({holds})")
