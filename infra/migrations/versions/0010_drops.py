"""Files that wards on old systems drop, and applications that are handed to them as files. Only adds."""

from alembic import op

revision = "0010_drops"
down_revision = "0009_switches"

HOUSE = "current_setting('app.door', true) = 'house'"
WARD = "ward = nullif(current_setting('app.ward', true), '')"


def upgrade() -> None:
    op.execute("""
        CREATE TABLE drop_files (
            id uuid PRIMARY KEY,
            ward text NOT NULL CHECK (ward ~ '^[0-9]{6}$'),
            point text NOT NULL,
            name text NOT NULL,
            size bigint NOT NULL,
            changed bigint NOT NULL,
            seen_at timestamptz NOT NULL,
            state text NOT NULL CHECK (state IN ('seen', 'taking', 'taken', 'failed', 'again')),
            digest bytea CHECK (octet_length(digest) = 64),
            good integer NOT NULL DEFAULT 0,
            wrong integer NOT NULL DEFAULT 0,
            settled_at timestamptz
        );
        CREATE UNIQUE INDEX drop_files_at_hand ON drop_files (ward, point, name) WHERE state IN ('seen', 'taking');
        CREATE INDEX drop_files_by_digest ON drop_files (ward, point, digest);
        CREATE INDEX drop_files_by_age ON drop_files (seen_at);
        CREATE TABLE drop_applications (
            application uuid PRIMARY KEY REFERENCES applications ON DELETE CASCADE,
            ward text NOT NULL CHECK (ward ~ '^[0-9]{6}$'),
            batch uuid,
            written_at timestamptz,
            fault text
        );
        CREATE INDEX drop_applications_waiting ON drop_applications (ward) WHERE written_at IS NULL;
    """)
    for table in ("drop_files", "drop_applications"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY house ON {table} USING ({HOUSE})")
        op.execute(f"CREATE POLICY ward ON {table} FOR SELECT USING ({WARD})")


def downgrade() -> None:
    op.execute("DROP TABLE drop_applications, drop_files")
