"""Files that come in parts. Only adds."""

from alembic import op

revision = "0012_files"
down_revision = "0011_flows"

HOUSE = "current_setting('app.door', true) = 'house'"
WARD = "ward = nullif(current_setting('app.ward', true), '')"


def upgrade() -> None:
    op.execute("""
        CREATE TABLE exchange_files (
            id uuid PRIMARY KEY,
            kind text NOT NULL,
            ward text NOT NULL CHECK (ward ~ '^[0-9]{6}$'),
            key text NOT NULL,
            size bigint NOT NULL CHECK (size > 0),
            sha512 bytea NOT NULL CHECK (octet_length(sha512) = 64),
            media_type text NOT NULL,
            received bigint NOT NULL CHECK (received BETWEEN 0 AND size),
            state text NOT NULL CHECK (state IN ('open', 'whole', 'wrong', 'gone')),
            writer uuid,
            made_at timestamptz NOT NULL,
            touched_at timestamptz NOT NULL,
            UNIQUE (ward, key)
        );
        CREATE INDEX exchange_files_by_age ON exchange_files (touched_at);
        ALTER TABLE exchange_files ENABLE ROW LEVEL SECURITY;
        ALTER TABLE exchange_files FORCE ROW LEVEL SECURITY;
    """)
    op.execute(f"CREATE POLICY house ON exchange_files USING ({HOUSE})")
    op.execute(f"CREATE POLICY ward ON exchange_files FOR SELECT USING ({WARD})")


def downgrade() -> None:
    op.execute("DROP TABLE exchange_files")
