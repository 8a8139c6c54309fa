"""Counts of a day by ward and procedure, and the assumptions that make hours and yen of them."""

from alembic import op

revision = "0033_effect"
down_revision = "0032_calendars"

HOUSE = "current_setting('app.door', true) = 'house'"
WARD = "ward = nullif(current_setting('app.ward', true), '')"
NO_SCHOOL = "nullif(current_setting('app.school', true), '') IS NULL"


def upgrade() -> None:
    """`prefilled`: how many fields of an application she did not have to fill in; 0 of those sent before today."""
    op.execute("""
        ALTER TABLE applications ADD COLUMN prefilled smallint NOT NULL DEFAULT 0 CHECK (prefilled >= 0);
        CREATE INDEX applications_by_age ON applications (accepted_at);
        CREATE TABLE effect_days (
            day date NOT NULL,
            ward text NOT NULL CHECK (ward ~ '^[0-9]{6}$'),
            procedure text NOT NULL,
            what text NOT NULL CHECK (what <> ''),
            n bigint NOT NULL CHECK (n >= 0),
            PRIMARY KEY (day, ward, procedure, what)
        );
        CREATE INDEX effect_days_of_ward ON effect_days (ward, day);
        CREATE TABLE effect_assumptions (
            ward text NOT NULL CHECK (ward ~ '^[0-9]{6}$'),
            version integer NOT NULL CHECK (version > 0),
            said jsonb NOT NULL,
            by uuid NOT NULL,
            by_name text NOT NULL,
            note text NOT NULL CHECK (note <> '' AND length(note) <= 500),
            at timestamptz NOT NULL,
            PRIMARY KEY (ward, version)
        );
    """)
    for table in ("effect_days", "effect_assumptions"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY ward_reads ON {table} FOR SELECT USING ({WARD})")
        op.execute(f"CREATE POLICY whole_ward ON {table} AS RESTRICTIVE USING ({NO_SCHOOL})")
    op.execute(f"CREATE POLICY house ON effect_days USING ({HOUSE})")
    op.execute(f"CREATE POLICY house_reads ON effect_assumptions FOR SELECT USING ({HOUSE})")
    op.execute(f"CREATE POLICY ward_writes ON effect_assumptions FOR INSERT WITH CHECK ({WARD})")


def downgrade() -> None:
    op.execute("DROP TABLE effect_assumptions, effect_days")
    op.execute("DROP INDEX applications_by_age")
    op.execute("ALTER TABLE applications DROP COLUMN prefilled")
