"""The chain over the message log and its time stamps; as in the log, no row is ever changed. Only adds."""

from alembic import op

revision = "0007_evidence"
down_revision = "0006_digests"

HOUSE = "current_setting('app.door', true) = 'house'"


def upgrade() -> None:
    op.execute("""
        CREATE TABLE evidence_links (
            place bigint PRIMARY KEY CHECK (place > 0),
            entry bigint NOT NULL UNIQUE,
            link bytea NOT NULL CHECK (octet_length(link) = 64)
        );
        CREATE TABLE evidence_stamps (
            place bigint PRIMARY KEY CHECK (place > 0),
            at timestamptz NOT NULL,
            token bytea NOT NULL CHECK (octet_length(token) <= 65536),
            digest bytea NOT NULL CHECK (octet_length(digest) = 64)
        );
    """)
    for table in ("evidence_links", "evidence_stamps"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY house_reads ON {table} FOR SELECT USING ({HOUSE})")
        op.execute(f"CREATE POLICY house_writes ON {table} FOR INSERT WITH CHECK ({HOUSE})")
        op.execute(f"CREATE POLICY house_forgets ON {table} FOR DELETE USING ({HOUSE})")


def downgrade() -> None:
    op.execute("DROP TABLE evidence_stamps, evidence_links")
