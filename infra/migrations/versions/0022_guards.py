"""How often one may try: marks under keyed hashes, and who was refused; files that residents add.

Marks are lost when the server crashes, which only forgets tries, and are never copied to a replica."""

from alembic import op

revision = "0022_guards"
down_revision = "0021_staff"

HOUSE = "current_setting('app.door', true) = 'house'"
MINE = "resident = nullif(current_setting('app.resident', true), '')::uuid"


def upgrade() -> None:
    op.execute("""
        CREATE UNLOGGED TABLE limit_marks (
            mark bytea PRIMARY KEY CHECK (octet_length(mark) = 16),
            free_at timestamptz NOT NULL
        ) WITH (fillfactor = 70);
        CREATE TABLE limit_refusals (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            at timestamptz NOT NULL,
            kind text NOT NULL,
            per text NOT NULL CHECK (per IN ('account', 'address')),
            mark bytea NOT NULL CHECK (octet_length(mark) = 16),
            seconds integer NOT NULL
        );
        CREATE INDEX limit_refusals_by_age ON limit_refusals (at);
    """)
    for table in ("limit_marks", "limit_refusals"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY house ON {table} USING ({HOUSE})")
    _uploads()


def _uploads() -> None:
    op.execute("""
        CREATE TABLE uploads (
            id uuid PRIMARY KEY,
            resident uuid NOT NULL REFERENCES residents ON DELETE CASCADE,
            media_type text NOT NULL CHECK (media_type IN ('image/jpeg', 'image/png', 'application/pdf')),
            size integer NOT NULL CHECK (size > 0),
            sealed bytea NOT NULL,
            made_at timestamptz NOT NULL,
            kept_until timestamptz NOT NULL
        );
        CREATE INDEX uploads_of_resident ON uploads (resident);
        CREATE INDEX uploads_by_age ON uploads (kept_until);
        ALTER TABLE uploads ENABLE ROW LEVEL SECURITY;
        ALTER TABLE uploads FORCE ROW LEVEL SECURITY;
    """)
    op.execute(f"CREATE POLICY house ON uploads USING ({HOUSE})")
    op.execute(f"CREATE POLICY resident ON uploads USING ({MINE})")


def downgrade() -> None:
    op.execute("DROP TABLE uploads, limit_marks, limit_refusals")
