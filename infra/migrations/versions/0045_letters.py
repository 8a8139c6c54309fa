"""Lists of letters a ward posts to those who left a notice unread; sealed, and for two weeks."""

from alembic import op

revision = "0045_letters"
down_revision = "0044_reminders"

HOUSE = "current_setting('app.door', true) = 'house'"
WARD = (
    "ward = nullif(current_setting('app.ward', true), '') AND nullif(current_setting('app.school', true), '') IS NULL"
)


def upgrade() -> None:
    op.execute("""
        CREATE TABLE reach_letters (
            id uuid PRIMARY KEY,
            notice uuid NOT NULL,
            ward text NOT NULL CHECK (ward ~ '^[0-9]{6}$'),
            asked_by uuid NOT NULL,
            reason text NOT NULL CHECK (reason <> ''),
            state text NOT NULL CHECK (state IN ('making', 'made')),
            size integer NOT NULL,
            body bytea,
            made_at timestamptz NOT NULL,
            until timestamptz NOT NULL
        );
        CREATE INDEX reach_letters_of_notice ON reach_letters (notice);
        CREATE INDEX reach_letters_by_age ON reach_letters (until);
        ALTER TABLE reach_letters ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
    """)
    op.execute(f"CREATE POLICY house ON reach_letters USING ({HOUSE})")
    op.execute(f"CREATE POLICY ward ON reach_letters FOR SELECT USING ({WARD})")


def downgrade() -> None:
    op.execute("DROP TABLE reach_letters")
