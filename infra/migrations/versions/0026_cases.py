"""Cases a ward works here, and what an application has become."""

from alembic import op

revision = "0026_cases"
down_revision = "0025_trust"

STATES = "'waiting', 'queued', 'received', 'checking', 'sent_back', 'decided', 'rejected', 'withdrawn'"
IN_HAND = "'waiting', 'queued', 'received', 'checking'"
HOUSE = "current_setting('app.door', true) = 'house'"
WARDS = "ward = nullif(current_setting('app.ward', true), '')"
NO_SCHOOL = "nullif(current_setting('app.school', true), '') IS NULL"


def upgrade() -> None:
    _states()
    _filings()
    _chosen()
    _cases()
    for table in ("desk_procedures", "cases", "case_log"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY house ON {table} USING ({HOUSE})")
        op.execute(f"CREATE POLICY ward ON {table} USING ({WARDS})")
        op.execute(f"CREATE POLICY whole_ward ON {table} AS RESTRICTIVE USING ({NO_SCHOOL})")


def _states() -> None:
    op.execute(f"""
        ALTER TABLE applications DROP CONSTRAINT applications_state_check;
        ALTER TABLE applications ADD CONSTRAINT applications_state_check CHECK (state IN ({STATES}));
        ALTER TABLE application_events DROP CONSTRAINT application_events_state_check;
        ALTER TABLE application_events ADD CONSTRAINT application_events_state_check CHECK (state IN ({STATES}));
        DROP INDEX applications_in_hand;
        CREATE UNIQUE INDEX applications_in_hand ON applications (resident, procedure, coalesce(subject, ''))
            WHERE state IN ({IN_HAND});
    """)


def _filings() -> None:
    """`corrects`: the filing that was sent back and that this one corrects; `chain`: the first of them all."""
    op.execute("""
        ALTER TABLE applications
            ADD COLUMN corrects uuid REFERENCES applications,
            ADD COLUMN chain uuid REFERENCES applications,
            ADD COLUMN standard_days integer CHECK (standard_days >= 0),
            ADD CHECK (num_nonnulls(corrects, chain) IN (0, 2));
        CREATE UNIQUE INDEX applications_corrected ON applications (corrects) WHERE corrects IS NOT NULL;
        CREATE INDEX applications_in_chain ON applications (chain, accepted_at) WHERE chain IS NOT NULL;
        ALTER TABLE application_events ADD COLUMN fields jsonb;
    """)


def _chosen() -> None:
    """What a ward works here; nothing as long as there is no row."""
    op.execute("""
        CREATE TABLE desk_procedures (
            ward text NOT NULL CHECK (ward ~ '^[0-9]{6}$'),
            procedure text NOT NULL,
            here boolean NOT NULL,
            automatic boolean NOT NULL DEFAULT false,
            sample_percent integer NOT NULL DEFAULT 10 CHECK (sample_percent BETWEEN 1 AND 100),
            standard_days integer CHECK (standard_days BETWEEN 0 AND 365),
            chosen_by text NOT NULL,
            chosen_at timestamptz NOT NULL,
            PRIMARY KEY (ward, procedure)
        );
    """)


def _cases() -> None:
    """`checked`: field ids and codes of what the register said on arrival, none of its values. `body`: sealed under her
    own key."""
    op.execute("""
        CREATE TABLE cases (
            application uuid PRIMARY KEY REFERENCES applications ON DELETE CASCADE,
            resident uuid NOT NULL,
            ward text NOT NULL CHECK (ward ~ '^[0-9]{6}$'),
            procedure text NOT NULL,
            receipt_number text NOT NULL,
            arrived_at timestamptz NOT NULL,
            due date,
            state text NOT NULL CHECK (state IN ('open', 'second', 'back', 'closed')),
            version integer NOT NULL DEFAULT 1,
            claimed_by uuid,
            claimed_name text,
            claimed_at timestamptz,
            risks text[] NOT NULL DEFAULT '{}',
            checked jsonb,
            sampled boolean NOT NULL DEFAULT false,
            outcome text CHECK (outcome IN ('decided', 'rejected', 'withdrawn', 'corrected')),
            closed_at timestamptz,
            decided_by text,
            automatic boolean NOT NULL DEFAULT false,
            handover text NOT NULL DEFAULT 'none' CHECK (handover IN ('none', 'waiting', 'handed', 'failed')),
            handover_number text,
            handover_tries integer NOT NULL DEFAULT 0,
            handover_fault text,
            handover_at timestamptz,
            CHECK (num_nonnulls(claimed_by, claimed_name, claimed_at) IN (0, 3)),
            CHECK ((state = 'closed') = (outcome IS NOT NULL))
        );
        CREATE INDEX cases_open ON cases (ward, due, arrived_at) WHERE state <> 'closed';
        CREATE INDEX cases_closed ON cases (ward, closed_at DESC) WHERE state = 'closed';
        CREATE INDEX cases_of_resident ON cases (resident);
        CREATE TABLE case_log (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            application uuid NOT NULL REFERENCES cases ON DELETE CASCADE,
            resident uuid NOT NULL,
            ward text NOT NULL,
            at timestamptz NOT NULL,
            by uuid,
            by_name text NOT NULL,
            act text NOT NULL,
            body bytea
        );
        CREATE INDEX case_log_in_order ON case_log (application, id);
        CREATE INDEX case_log_of_resident ON case_log (resident);
    """)


def downgrade() -> None:
    """The two new states stay allowed: what stands in them has no other to go back to."""
    op.execute("DROP TABLE case_log, cases, desk_procedures")
    op.execute("ALTER TABLE application_events DROP COLUMN fields")
    op.execute("ALTER TABLE applications DROP COLUMN corrects, DROP COLUMN chain, DROP COLUMN standard_days")
