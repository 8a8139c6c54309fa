"""What others add to an application: one paper each, by one link."""

from alembic import op

revision = "0028_tasks"
down_revision = "0027_folders"

HOUSE = "current_setting('app.door', true) = 'house'"
ME = "nullif(current_setting('app.resident', true), '')::uuid"
STATES = "'asked', 'done', 'declined', 'expired', 'taken_back', 'left_out'"


def upgrade() -> None:
    """Names, codes and what was written are sealed under her key. Two tabs cannot ask the same part twice."""
    op.execute(f"""
        CREATE TABLE asked_parts (
            id uuid PRIMARY KEY,
            resident uuid NOT NULL REFERENCES residents ON DELETE CASCADE,
            ward text NOT NULL CHECK (ward ~ '^[0-9]{{6}}$'),
            procedure text NOT NULL,
            subject text,
            part text NOT NULL,
            paper text NOT NULL,
            application uuid REFERENCES applications ON DELETE CASCADE,
            state text NOT NULL CHECK (state IN ({STATES})),
            asked bytea NOT NULL,
            written bytea,
            reason bytea,
            code_hash bytea UNIQUE CHECK (length(code_hash) = 32),
            ends_on date NOT NULL,
            made_at timestamptz NOT NULL,
            opened_at timestamptz,
            settled_at timestamptz,
            reminded_at timestamptz,
            CHECK ((state = 'asked') = (code_hash IS NOT NULL)),
            CHECK ((state = 'asked') = (settled_at IS NULL)),
            CHECK ((state = 'done') = (written IS NOT NULL))
        );
        CREATE UNIQUE INDEX asked_parts_once
            ON asked_parts (resident, procedure, coalesce(subject, ''), part) WHERE state = 'asked';
        CREATE INDEX asked_parts_of_resident ON asked_parts (resident, made_at DESC);
        CREATE INDEX asked_parts_of_application ON asked_parts (application) WHERE application IS NOT NULL;
        CREATE INDEX asked_parts_by_end ON asked_parts (ends_on) WHERE state = 'asked';
        ALTER TABLE asked_parts ENABLE ROW LEVEL SECURITY;
        ALTER TABLE asked_parts FORCE ROW LEVEL SECURITY;
        CREATE POLICY house ON asked_parts USING ({HOUSE});
        CREATE POLICY resident ON asked_parts USING (resident = {ME});
    """)


def downgrade() -> None:
    op.execute("DROP TABLE asked_parts")
