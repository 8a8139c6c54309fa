"""A school's notice is corrected: what it said and asked before stays, an answer knows which of its words it is to, and
letters which of them they say."""

from alembic import op

revision = "0051_school_corrections"
down_revision = "0050_copies"


def upgrade() -> None:
    """`asked_since`: answers to an older revision do not count any more. `printed`: the revision of the last letters;
    NULL: none were printed."""
    op.execute("""
        ALTER TABLE school_notices
            ADD COLUMN earlier jsonb NOT NULL DEFAULT '[]',
            ADD COLUMN asked_since integer NOT NULL DEFAULT 1,
            ADD COLUMN printed integer;
        ALTER TABLE school_answers ADD COLUMN revision integer NOT NULL DEFAULT 1;
        UPDATE school_notices SET printed = 1 WHERE id IN (SELECT notice FROM pupil_codes WHERE what = 'answer');
    """)


def downgrade() -> None:
    op.execute("""
        ALTER TABLE school_answers DROP COLUMN revision;
        ALTER TABLE school_notices DROP COLUMN earlier, DROP COLUMN asked_since, DROP COLUMN printed;
    """)
