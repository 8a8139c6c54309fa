"""What went wrong, in words for everybody, beside what stands now (`/status`)."""

from alembic import op

revision = "0060_incidents"
down_revision = "0063_language_chosen"

HOUSE = "current_setting('app.door', true) = 'house'"


def upgrade() -> None:
    op.execute("""
        CREATE TABLE incidents (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            began timestamptz NOT NULL,
            ended timestamptz CHECK (ended >= began),
            degree text NOT NULL CHECK (degree IN ('partly', 'down')),
            functions text[] NOT NULL CHECK (cardinality(functions) > 0),
            text_ja text NOT NULL CHECK (text_ja <> ''),
            text_easy text NOT NULL CHECK (text_easy <> ''),
            text_en text NOT NULL CHECK (text_en <> ''),
            official uuid,
            official_name text NOT NULL
        );
        CREATE INDEX incidents_newest ON incidents (began DESC);
        ALTER TABLE incidents ENABLE ROW LEVEL SECURITY;
        ALTER TABLE incidents FORCE ROW LEVEL SECURITY;
    """)
    op.execute(f"CREATE POLICY house ON incidents USING ({HOUSE})")


def downgrade() -> None:
    op.execute("DROP TABLE incidents")
