"""Applications, their history and their receipt numbers."""

from alembic import op

revision = "0004_applications"
down_revision = "0003_mail_room"

STATES = "'queued', 'received', 'checking', 'sent_back', 'decided', 'rejected'"


def upgrade() -> None:
    op.execute(f"""
        CREATE TABLE applications (
            id uuid PRIMARY KEY,
            resident uuid NOT NULL,
            ward text NOT NULL CHECK (ward ~ '^[0-9]{{6}}$'),
            procedure text NOT NULL,
            subject text,
            version text NOT NULL,
            receipt_number text NOT NULL UNIQUE,
            answers bytea NOT NULL,
            state text NOT NULL CHECK (state IN ({STATES})),
            ward_number text,
            completed_at timestamptz NOT NULL,
            accepted_at timestamptz NOT NULL
        );
        CREATE INDEX applications_of_resident ON applications (resident, accepted_at DESC, id DESC);
        CREATE UNIQUE INDEX applications_in_hand ON applications (resident, procedure, coalesce(subject, ''))
            WHERE state IN ('queued', 'received', 'checking');
        CREATE TABLE application_events (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            application uuid NOT NULL REFERENCES applications ON DELETE CASCADE,
            resident uuid NOT NULL,
            at timestamptz NOT NULL,
            state text NOT NULL CHECK (state IN ({STATES})),
            note text
        );
        CREATE INDEX application_events_in_order ON application_events (application, id);
        CREATE SEQUENCE application_receipts;
        ALTER TABLE applications ENABLE ROW LEVEL SECURITY;
        ALTER TABLE applications FORCE ROW LEVEL SECURITY;
        ALTER TABLE application_events ENABLE ROW LEVEL SECURITY;
        ALTER TABLE application_events FORCE ROW LEVEL SECURITY;
        CREATE POLICY house ON applications USING (current_setting('app.door', true) = 'house');
        CREATE POLICY resident ON applications
            USING (resident::text = nullif(current_setting('app.resident', true), ''));
        CREATE POLICY house ON application_events USING (current_setting('app.door', true) = 'house');
        CREATE POLICY resident ON application_events
            USING (resident::text = nullif(current_setting('app.resident', true), ''));
    """)


def downgrade() -> None:
    op.execute("DROP TABLE application_events; DROP TABLE applications; DROP SEQUENCE application_receipts;")
