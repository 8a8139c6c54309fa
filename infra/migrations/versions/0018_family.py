"""Family and delegates: who may act for whom, who stands in which household's record, whose place is protected, and
what was sent by another hand."""

from alembic import op

revision = "0018_family"
down_revision = "0017_passkeys"

HOUSE = "current_setting('app.door', true) = 'house'"
ME = "nullif(current_setting('app.resident', true), '')::uuid"
WARD = "nullif(current_setting('app.ward', true), '')"
KINDS = "'parent', 'legal_guardian', 'grandparent', 'care_manager', 'employer', 'relative_abroad'"
STATES = "'asked', 'offered', 'accepted', 'refused', 'revoked', 'ended'"


def upgrade() -> None:
    _mandates()
    _household_people()
    _protections()
    op.execute("ALTER TABLE applications ADD COLUMN mandate uuid")


def _mandates() -> None:
    """`represented` is unknown while a ward has not confirmed whom an `asked` one is about. Names are sealed: `offered`
    under the key of who is represented, `held` under that of who acts, `done` (an employer's) under the first."""
    op.execute(f"""
        CREATE TABLE mandates (
            id uuid PRIMARY KEY,
            kind text NOT NULL CHECK (kind IN ({KINDS})),
            state text NOT NULL CHECK (state IN ({STATES})),
            represented uuid REFERENCES residents ON DELETE CASCADE,
            representative uuid REFERENCES residents ON DELETE SET NULL,
            person text,
            bundles text[] NOT NULL,
            purpose text NOT NULL,
            offered bytea,
            held bytea,
            done bytea,
            code_hash bytea UNIQUE CHECK (length(code_hash) = 32),
            code_until timestamptz,
            tries smallint NOT NULL DEFAULT 0,
            ward text CHECK (ward ~ '^[0-9]{{6}}$'),
            official uuid,
            case_number text CHECK (case_number <> '' AND length(case_number) <= 60),
            made_at timestamptz NOT NULL,
            accepted_at timestamptz,
            ends_on date NOT NULL,
            ended_at timestamptz,
            ended_by text,
            reminded_at timestamptz,
            CHECK (represented <> representative),
            CHECK (state <> 'accepted' OR (represented IS NOT NULL AND accepted_at IS NOT NULL)),
            CHECK ((state IN ('refused', 'revoked', 'ended')) = (ended_at IS NOT NULL))
        );
        CREATE INDEX mandates_of_represented ON mandates (represented, made_at DESC);
        CREATE INDEX mandates_of_representative ON mandates (representative, made_at DESC);
        CREATE INDEX mandates_asked ON mandates (ward, made_at) WHERE state = 'asked';
        CREATE INDEX mandates_by_end ON mandates (ends_on) WHERE state IN ('offered', 'accepted');
    """)
    _locked("mandates")
    op.execute(f"CREATE POLICY house ON mandates USING ({HOUSE})")
    op.execute(f"CREATE POLICY represented ON mandates USING (represented = {ME})")
    op.execute(f"CREATE POLICY representative ON mandates USING (representative = {ME})")
    op.execute(f"CREATE POLICY ward_reads ON mandates FOR SELECT USING (ward = {WARD})")


def _household_people() -> None:
    """Which accounts a person of a ward's register stands in, by a keyed digest that says nothing by itself."""
    op.execute("""
        CREATE TABLE household_people (
            resident uuid NOT NULL REFERENCES residents ON DELETE CASCADE,
            digest bytea NOT NULL CHECK (length(digest) = 32),
            tie text NOT NULL CHECK (tie IN ('self', 'child', 'other')),
            PRIMARY KEY (resident, digest)
        );
        CREATE INDEX household_people_by_digest ON household_people (digest);
    """)
    _locked("household_people")
    op.execute(f"CREATE POLICY house ON household_people USING ({HOUSE})")
    op.execute(f"CREATE POLICY resident ON household_people USING (resident = {ME})")


def _protections() -> None:
    op.execute("""
        CREATE TABLE protections (
            id uuid PRIMARY KEY,
            resident uuid NOT NULL REFERENCES residents ON DELETE CASCADE,
            ward text NOT NULL CHECK (ward ~ '^[0-9]{6}$'),
            official uuid NOT NULL,
            case_number text NOT NULL CHECK (case_number <> '' AND length(case_number) <= 60),
            made_at timestamptz NOT NULL,
            until date NOT NULL,
            ended_at timestamptz
        );
        CREATE INDEX protections_that_hold ON protections (resident) WHERE ended_at IS NULL;
    """)
    _locked("protections")
    op.execute(f"CREATE POLICY house ON protections USING ({HOUSE})")
    op.execute(f"CREATE POLICY ward ON protections USING (ward = {WARD})")


def _locked(table: str) -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def downgrade() -> None:
    op.execute("ALTER TABLE applications DROP COLUMN mandate")
    op.execute("DROP TABLE protections, household_people, mandates")
