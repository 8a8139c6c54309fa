"""How often one may try: marks under keyed hashes, and who was refused. Marks are lost when the server crashes, which
only forgets tries, and are never copied to a replica."""

from alembic import op

revision = "0022_guards"
down_revision = "0021_staff"

HOUSE = "current_setting('app.door', true) = 'house'"


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


def downgrade() -> None:
    op.execute("DROP TABLE limit_marks, limit_refusals")
