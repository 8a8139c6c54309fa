"""Schools and nurseries: who goes where, who answers for them, what was asked and answered, who is absent, and letters.

Names are sealed under a key of the school's own; the school's door sees its school, a guardian her own children's.
"""

from alembic import op

revision = "0041_school"
down_revision = "0040_attachments"

HOUSE = "current_setting('app.door', true) = 'house'"
ME = "nullif(current_setting('app.resident', true), '')::uuid"
WARD = "nullif(current_setting('app.ward', true), '')"
SCHOOL = "nullif(current_setting('app.school', true), '')"
SCHOOLS = ("schools", "pupils", "pupil_guardians", "pupil_codes", "roster_imports")
TOLD = ("school_notices", "school_answers", "school_lines", "absences")


def upgrade() -> None:
    _rosters()
    _notices()
    _absences()
    for table in (*SCHOOLS, *TOLD):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY house ON {table} USING ({HOUSE})")
        op.execute(f"CREATE POLICY school ON {table} USING (ward = {WARD} AND school = {SCHOOL})")
    for table in ("school_answers", "school_lines", "absences", "pupil_guardians"):
        op.execute(f"CREATE POLICY resident ON {table} FOR SELECT USING (resident = {ME})")


def _rosters() -> None:
    """`digest`: keyed, of name and day of birth in one school: by it a row of a new list finds the child. `child`: the
    guardian's own key of her child, the only one the mail room has."""
    op.execute("""
        CREATE TABLE schools (
            ward text NOT NULL CHECK (ward ~ '^[0-9]{6}$'),
            school text NOT NULL CHECK (school <> '' AND length(school) <= 200),
            kind text NOT NULL CHECK (kind IN ('nursery', 'kindergarten', 'elementary', 'junior')),
            cut_off text NOT NULL CHECK (cut_off ~ '^[0-2][0-9]:[0-5][0-9]$'),
            id uuid NOT NULL UNIQUE,
            key_id text NOT NULL,
            data_key bytea NOT NULL,
            made_at timestamptz NOT NULL,
            PRIMARY KEY (ward, school)
        );
        CREATE TABLE pupils (
            id uuid PRIMARY KEY,
            ward text NOT NULL,
            school text NOT NULL,
            year smallint NOT NULL CHECK (year BETWEEN 0 AND 9),
            class text NOT NULL CHECK (class <> '' AND length(class) <= 40),
            clubs text[] NOT NULL,
            number smallint,
            said bytea NOT NULL,
            digest bytea NOT NULL,
            paper boolean NOT NULL DEFAULT false,
            made_at timestamptz NOT NULL,
            left_at timestamptz,
            FOREIGN KEY (ward, school) REFERENCES schools ON DELETE CASCADE
        );
        CREATE UNIQUE INDEX pupils_once ON pupils (ward, school, digest) WHERE left_at IS NULL;
        CREATE INDEX pupils_of_class ON pupils (ward, school, year, class) WHERE left_at IS NULL;
        CREATE TABLE pupil_guardians (
            pupil uuid NOT NULL REFERENCES pupils ON DELETE CASCADE,
            resident uuid NOT NULL REFERENCES residents ON DELETE CASCADE,
            ward text NOT NULL,
            school text NOT NULL,
            child uuid NOT NULL,
            role text NOT NULL CHECK (role IN ('guardian', 'helper')),
            how text NOT NULL CHECK (how IN ('code', 'register')),
            named bytea NOT NULL,
            given_by uuid,
            since timestamptz NOT NULL,
            PRIMARY KEY (pupil, resident),
            CHECK (role = 'helper' OR given_by IS NULL)
        );
        CREATE INDEX pupil_guardians_of ON pupil_guardians (resident);
        CREATE TABLE pupil_codes (
            code_hash bytea PRIMARY KEY,
            pupil uuid NOT NULL REFERENCES pupils ON DELETE CASCADE,
            ward text NOT NULL,
            school text NOT NULL,
            what text NOT NULL CHECK (what IN ('join', 'help', 'answer')),
            notice uuid,
            given_by uuid,
            made_at timestamptz NOT NULL,
            ends_at timestamptz NOT NULL,
            used_at timestamptz,
            CHECK ((what = 'answer') = (notice IS NOT NULL)),
            CHECK ((what = 'help') = (given_by IS NOT NULL))
        );
        CREATE INDEX pupil_codes_of ON pupil_codes (pupil);
        CREATE TABLE roster_imports (
            id uuid PRIMARY KEY,
            ward text NOT NULL,
            school text NOT NULL,
            state text NOT NULL CHECK (state IN ('shown', 'counted', 'undone', 'dropped')),
            plan bytea NOT NULL,
            before bytea,
            summary jsonb NOT NULL,
            by_name text NOT NULL,
            made_at timestamptz NOT NULL,
            settled_at timestamptz
        );
        CREATE INDEX roster_imports_of ON roster_imports (ward, school, made_at DESC);
    """)


def _notices() -> None:
    """`state` of an answer: counted; after the closing time `asked` for, until the school counts or refuses it. The
    newest of a guardian for a pupil holds. `resident` NULL: it came on paper, or by the code of a letter."""
    op.execute("""
        CREATE TABLE school_notices (
            id uuid PRIMARY KEY,
            ward text NOT NULL,
            school text NOT NULL,
            marks text[] NOT NULL,
            title jsonb NOT NULL,
            body jsonb NOT NULL,
            asks jsonb NOT NULL,
            event jsonb NOT NULL,
            by_name text NOT NULL,
            sent_at timestamptz NOT NULL,
            closes_at timestamptz,
            revision integer NOT NULL DEFAULT 1,
            recalled_at timestamptz
        );
        CREATE INDEX school_notices_of ON school_notices (ward, school, sent_at DESC);
        CREATE TABLE school_answers (
            id uuid PRIMARY KEY,
            notice uuid NOT NULL REFERENCES school_notices ON DELETE CASCADE,
            pupil uuid NOT NULL REFERENCES pupils ON DELETE CASCADE,
            resident uuid,
            ward text NOT NULL,
            school text NOT NULL,
            said bytea NOT NULL,
            state text NOT NULL CHECK (state IN ('counted', 'asked', 'refused')),
            by_name text,
            answered_at timestamptz NOT NULL,
            came_at timestamptz NOT NULL
        );
        CREATE INDEX school_answers_of ON school_answers (notice, pupil, came_at);
        CREATE INDEX school_answers_of_resident ON school_answers (resident);
        CREATE TABLE school_lines (
            id uuid PRIMARY KEY,
            notice uuid NOT NULL REFERENCES school_notices ON DELETE CASCADE,
            pupil uuid NOT NULL REFERENCES pupils ON DELETE CASCADE,
            resident uuid NOT NULL,
            ward text NOT NULL,
            school text NOT NULL,
            by_school boolean NOT NULL,
            by_name text NOT NULL,
            said bytea NOT NULL,
            at timestamptz NOT NULL
        );
        CREATE INDEX school_lines_of ON school_lines (notice, pupil, at);
        CREATE INDEX school_lines_of_resident ON school_lines (resident);
    """)


def _absences() -> None:
    """sent → looking (a teacher has opened it) → accepted, or sent_back with a reason; corrected by a new version."""
    op.execute("""
        CREATE TABLE absences (
            id uuid NOT NULL,
            version smallint NOT NULL CHECK (version > 0),
            pupil uuid NOT NULL REFERENCES pupils ON DELETE CASCADE,
            resident uuid NOT NULL,
            ward text NOT NULL,
            school text NOT NULL,
            kind text NOT NULL CHECK (kind IN ('sick', 'private', 'late', 'early', 'other')),
            from_on date NOT NULL,
            to_on date NOT NULL CHECK (to_on >= from_on),
            said bytea NOT NULL,
            is_late boolean NOT NULL,
            state text NOT NULL CHECK (state IN ('sent', 'looking', 'accepted', 'sent_back')),
            answer bytea,
            settled_by text,
            sent_at timestamptz NOT NULL,
            came_at timestamptz NOT NULL,
            settled_at timestamptz,
            PRIMARY KEY (id, version),
            CHECK (state <> 'sent_back' OR answer IS NOT NULL)
        );
        CREATE INDEX absences_of_days ON absences (ward, school, from_on, to_on);
        CREATE INDEX absences_of_resident ON absences (resident);
        CREATE INDEX absences_of_pupil ON absences (pupil, from_on);
    """)


def downgrade() -> None:
    op.execute(f"DROP TABLE {', '.join(reversed((*SCHOOLS, *TOLD)))} CASCADE")
