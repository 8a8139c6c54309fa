"""What was sent together: a document that lists the digest of each application, and what became of each."""

from alembic import op

revision = "0027_folders"
down_revision = "0026_cases"

HOUSE = "current_setting('app.door', true) = 'house'"
MINE = "resident = nullif(current_setting('app.resident', true), '')::uuid"


def upgrade() -> None:
    """`document` holds digests and no name or answer; a part's `application` is the newest for it, sent or not,
    `signature` the one made over the document, where it was sent with that."""
    op.execute("""
        CREATE TABLE folders (
            id uuid PRIMARY KEY,
            resident uuid NOT NULL REFERENCES residents ON DELETE CASCADE,
            event text NOT NULL,
            document bytea NOT NULL,
            made_at timestamptz NOT NULL
        );
        CREATE INDEX folders_of_resident ON folders (resident, made_at);
        CREATE TABLE folder_parts (
            folder uuid NOT NULL REFERENCES folders ON DELETE CASCADE,
            place smallint NOT NULL,
            resident uuid NOT NULL REFERENCES residents ON DELETE CASCADE,
            procedure text NOT NULL,
            subject text,
            digest bytea NOT NULL CHECK (length(digest) = 32),
            application uuid NOT NULL,
            sent_at timestamptz,
            signature uuid,
            PRIMARY KEY (folder, place),
            UNIQUE NULLS NOT DISTINCT (folder, procedure, subject)
        );
        CREATE INDEX folder_parts_by_application ON folder_parts (application);
    """)
    for table in ("folders", "folder_parts"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY house ON {table} USING ({HOUSE})")
        op.execute(f"CREATE POLICY resident ON {table} USING ({MINE})")


def downgrade() -> None:
    op.execute("DROP TABLE folder_parts, folders")
