"""Paper forms a ward takes in: their pictures, what was read and typed until it is a case, and by what way it came."""

from alembic import op

revision = "0035_paper"
down_revision = "0034_drafts"

HOUSE = "current_setting('app.door', true) = 'house'"
WARD = "ward = nullif(current_setting('app.ward', true), '')"
NO_SCHOOL = "nullif(current_setting('app.school', true), '') IS NULL"


def upgrade() -> None:
    _channel()
    _intakes()
    for table in ("paper_intakes", "paper_pages", "paper_people"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY house ON {table} USING ({HOUSE})")
    for table in ("paper_intakes", "paper_pages"):
        op.execute(f"CREATE POLICY ward ON {table} USING ({WARD})")
        op.execute(f"CREATE POLICY whole_ward ON {table} AS RESTRICTIVE USING ({NO_SCHOOL})")


def _channel() -> None:
    """`received_on`: the day of the ward's stamp on the paper."""
    op.execute("""
        ALTER TABLE applications
            ADD COLUMN channel text NOT NULL DEFAULT 'online' CHECK (channel IN ('online', 'paper')),
            ADD COLUMN received_on date,
            ADD CHECK ((channel = 'paper') = (received_on IS NOT NULL));
        ALTER TABLE cases ADD COLUMN channel text NOT NULL DEFAULT 'online' CHECK (channel IN ('online', 'paper'));
    """)


def _intakes() -> None:
    """`read` and `draft` are sealed under a key of the intake's own and go when it has become a case; `resident` and
    `application` are told then. `digest`: keyed, of name and day of birth in one ward, and says nothing by itself."""
    op.execute("""
        CREATE SEQUENCE paper_numbers;
        CREATE TABLE paper_intakes (
            id uuid PRIMARY KEY,
            number text NOT NULL UNIQUE,
            ward text NOT NULL CHECK (ward ~ '^[0-9]{6}$'),
            procedure text NOT NULL,
            form_version text NOT NULL,
            received_on date NOT NULL,
            pages smallint NOT NULL CHECK (pages > 0),
            reading text NOT NULL CHECK (reading IN ('waiting', 'done', 'not_read')),
            why text,
            key_id text NOT NULL,
            data_key bytea NOT NULL,
            read bytea,
            draft bytea,
            version integer NOT NULL DEFAULT 1,
            made_by uuid NOT NULL,
            made_by_name text NOT NULL,
            made_at timestamptz NOT NULL,
            touched_at timestamptz NOT NULL,
            claimed_by uuid NOT NULL,
            claimed_name text NOT NULL,
            filed_at timestamptz,
            application uuid REFERENCES applications ON DELETE SET NULL,
            resident uuid,
            CHECK ((reading = 'not_read') = (why IS NOT NULL)),
            CHECK (filed_at IS NULL OR (read IS NULL AND draft IS NULL))
        );
        CREATE INDEX paper_intakes_open ON paper_intakes (ward, made_at) WHERE filed_at IS NULL;
        CREATE INDEX paper_intakes_filed ON paper_intakes (filed_at) WHERE filed_at IS NOT NULL;
        CREATE UNIQUE INDEX paper_intakes_of_application ON paper_intakes (application);
        CREATE INDEX paper_intakes_of_resident ON paper_intakes (resident);
        CREATE TABLE paper_pages (
            intake uuid NOT NULL REFERENCES paper_intakes ON DELETE CASCADE,
            number smallint NOT NULL CHECK (number > 0),
            ward text NOT NULL,
            media_type text NOT NULL,
            sealed bytea NOT NULL,
            PRIMARY KEY (intake, number)
        );
        CREATE TABLE paper_people (
            resident uuid PRIMARY KEY REFERENCES residents ON DELETE CASCADE,
            digest bytea NOT NULL CHECK (length(digest) = 32)
        );
        CREATE INDEX paper_people_by_digest ON paper_people (digest);
    """)


def downgrade() -> None:
    op.execute("DROP TABLE paper_people, paper_pages, paper_intakes")
    op.execute("DROP SEQUENCE paper_numbers")
    op.execute("ALTER TABLE cases DROP COLUMN channel")
    op.execute("ALTER TABLE applications DROP COLUMN channel, DROP COLUMN received_on")
