"""A school takes a guardian off a child: it stays so, whatever the register or a code says later."""

from alembic import op

revision = "0056_taken_off"
down_revision = "0055_languages"

HOUSE = "current_setting('app.door', true) = 'house'"
WARD = "nullif(current_setting('app.ward', true), '')"
SCHOOL = "nullif(current_setting('app.school', true), '')"


def upgrade() -> None:
    """`digest`: her name and birth date under the house's secret, so that a new account of hers is off too."""
    op.execute("""
        CREATE TABLE pupil_taken_off (
            id uuid PRIMARY KEY,
            pupil uuid NOT NULL REFERENCES pupils ON DELETE CASCADE,
            resident uuid NOT NULL,
            ward text NOT NULL,
            school text NOT NULL,
            digest bytea NOT NULL,
            said bytea NOT NULL,
            by_name text NOT NULL,
            at timestamptz NOT NULL
        );
        CREATE INDEX pupil_taken_off_of_pupil ON pupil_taken_off (pupil);
        ALTER TABLE pupil_taken_off ENABLE ROW LEVEL SECURITY;
        ALTER TABLE pupil_taken_off FORCE ROW LEVEL SECURITY;
    """)
    op.execute(f"CREATE POLICY house ON pupil_taken_off USING ({HOUSE})")
    op.execute(f"CREATE POLICY school ON pupil_taken_off USING (ward = {WARD} AND school = {SCHOOL})")


def downgrade() -> None:
    op.execute("DROP TABLE pupil_taken_off")
