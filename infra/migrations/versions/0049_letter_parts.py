"""Letters for who left a notice unread are made and printed part by part, and what was printed is known by person.

A list that stands was sealed whole, which no statement can cut: it goes, and its people may be asked for again."""

from alembic import op

revision = "0049_letter_parts"
down_revision = "0048_digests"

HOUSE = "current_setting('app.door', true) = 'house'"
WARD = (
    "ward = nullif(current_setting('app.ward', true), '') AND nullif(current_setting('app.school', true), '') IS NULL"
)


def upgrade() -> None:
    """`numbers`, `printed`: roaring bitmaps of contacts.number."""
    op.execute("SELECT set_config('app.door', 'house', true)")
    op.execute("""
        DELETE FROM reach_steps WHERE rung = 'letter' AND notice IN (SELECT notice FROM reach_letters);
        DELETE FROM reach_letters;
        ALTER TABLE reach_letters DROP COLUMN body, ADD COLUMN whole integer NOT NULL DEFAULT 0;
        ALTER TABLE reach_steps ADD COLUMN printed bytea;
        CREATE TABLE reach_letter_parts (
            list uuid NOT NULL REFERENCES reach_letters ON DELETE CASCADE,
            part integer NOT NULL,
            ward text NOT NULL CHECK (ward ~ '^[0-9]{6}$'),
            size integer NOT NULL,
            numbers bytea NOT NULL,
            body bytea NOT NULL,
            printed_at timestamptz,
            printed_by uuid,
            PRIMARY KEY (list, part)
        );
        ALTER TABLE reach_letter_parts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
    """)
    op.execute(f"CREATE POLICY house ON reach_letter_parts USING ({HOUSE})")
    op.execute(f"CREATE POLICY ward ON reach_letter_parts FOR SELECT USING ({WARD})")


def downgrade() -> None:
    op.execute("SELECT set_config('app.door', 'house', true)")
    op.execute("""
        DROP TABLE reach_letter_parts;
        DELETE FROM reach_letters;
        ALTER TABLE reach_steps DROP COLUMN printed;
        ALTER TABLE reach_letters DROP COLUMN whole, ADD COLUMN body bytea;
    """)
