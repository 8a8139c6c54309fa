"""What officials say otherwise of a procedure, in versions; short messages to the residents of a ward or of all."""

from alembic import op

revision = "0061_administration"
down_revision = "0059_keeping"

HOUSE = "current_setting('app.door', true) = 'house'"
WARD = "ward = nullif(current_setting('app.ward', true), '') AND coalesce(current_setting('app.school', true), '') = ''"


def upgrade() -> None:
    """What is published has a day and a second person; the one way back (`goes_back_to`) has had both before."""
    op.execute("""
        CREATE TABLE catalogue_amendments (
            id uuid PRIMARY KEY,
            ward text NOT NULL CHECK (ward ~ '^[0-9]{6}$'),
            procedure text NOT NULL,
            state text NOT NULL CHECK (state IN ('draft', 'asked', 'published', 'called_off')),
            body jsonb NOT NULL,
            note text NOT NULL,
            made_at timestamptz NOT NULL,
            made_by uuid NOT NULL,
            made_by_name text NOT NULL,
            starts_at timestamptz,
            agreed_at timestamptz,
            agreed_by uuid,
            agreed_by_name text,
            goes_back_to uuid,
            is_way_back boolean NOT NULL DEFAULT false,
            CHECK (state <> 'published' OR (starts_at IS NOT NULL AND agreed_at IS NOT NULL)),
            CHECK (state <> 'published' OR is_way_back OR (agreed_by IS NOT NULL AND agreed_by <> made_by))
        );
        CREATE INDEX catalogue_amendments_of_ward ON catalogue_amendments (ward, procedure, made_at DESC);
        CREATE INDEX catalogue_amendments_published
            ON catalogue_amendments (ward, procedure, starts_at DESC, agreed_at DESC) WHERE state = 'published';
        CREATE TABLE ward_banners (
            id uuid PRIMARY KEY,
            ward text NOT NULL CHECK (ward ~ '^([0-9]{6})?$'),
            text_ja text NOT NULL,
            text_easy text NOT NULL,
            text_en text NOT NULL,
            begins timestamptz NOT NULL,
            ends timestamptz NOT NULL,
            made_at timestamptz NOT NULL,
            made_by uuid NOT NULL,
            made_by_name text NOT NULL,
            agreed_at timestamptz NOT NULL,
            agreed_by uuid NOT NULL,
            agreed_by_name text NOT NULL,
            ended_at timestamptz,
            ended_by_name text,
            CHECK (begins < ends),
            CHECK (agreed_by <> made_by)
        );
        CREATE INDEX ward_banners_by_end ON ward_banners (ends);
    """)
    for table in ("catalogue_amendments", "ward_banners"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY house ON {table} USING ({HOUSE})")
        op.execute(f"CREATE POLICY ward ON {table} USING ({WARD})")


def downgrade() -> None:
    op.execute("DROP TABLE ward_banners, catalogue_amendments")
