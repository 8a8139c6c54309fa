"""Files of a line between a guardian and the school: sealed under the school's key, hers and the school's alone."""

from alembic import op

revision = "0052_thread_files"
down_revision = "0051_school_corrections"

HOUSE = "current_setting('app.door', true) = 'house'"
ME = "nullif(current_setting('app.resident', true), '')::uuid"
WARD = "nullif(current_setting('app.ward', true), '')"
SCHOOL = "nullif(current_setting('app.school', true), '')"


def upgrade() -> None:
    """`sealed` NULL: its last day is over, and that there was one is still told."""
    op.execute("""
        CREATE TABLE school_line_files (
            id uuid PRIMARY KEY,
            line uuid NOT NULL REFERENCES school_lines ON DELETE CASCADE,
            resident uuid NOT NULL,
            ward text NOT NULL,
            school text NOT NULL,
            place smallint NOT NULL,
            media_type text NOT NULL,
            size integer NOT NULL,
            sealed bytea,
            kept_until date NOT NULL,
            UNIQUE (line, place)
        );
        ALTER TABLE school_line_files ALTER COLUMN sealed SET STORAGE EXTERNAL;
        CREATE INDEX school_line_files_of_resident ON school_line_files (resident);
        CREATE INDEX school_line_files_over ON school_line_files (kept_until) WHERE sealed IS NOT NULL;
        ALTER TABLE school_line_files ENABLE ROW LEVEL SECURITY;
        ALTER TABLE school_line_files FORCE ROW LEVEL SECURITY;
    """)
    op.execute(f"CREATE POLICY house ON school_line_files USING ({HOUSE})")
    op.execute(f"CREATE POLICY school ON school_line_files USING (ward = {WARD} AND school = {SCHOOL})")
    op.execute(f"CREATE POLICY resident ON school_line_files FOR SELECT USING (resident = {ME})")


def downgrade() -> None:
    op.execute("DROP TABLE school_line_files")
