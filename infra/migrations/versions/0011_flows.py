"""Runs of flows, and how far each is with each recipient. Only adds."""

from alembic import op

revision = "0011_flows"
down_revision = "0010_drops"

HOUSE = "current_setting('app.door', true) = 'house'"
MINE = "nullif(current_setting('app.ward', true), '')"


def upgrade() -> None:
    op.execute("""
        CREATE TABLE flow_runs (
            id uuid PRIMARY KEY,
            flow text NOT NULL,
            key text NOT NULL UNIQUE,
            ward text CHECK (ward ~ '^[0-9]{6}$'),
            started_at timestamptz NOT NULL,
            started_by text NOT NULL,
            content bytea,
            application uuid,
            stopped_at timestamptz,
            ended_at timestamptz
        );
        CREATE INDEX flow_runs_by_age ON flow_runs (started_at DESC, id);
        CREATE TABLE flow_deliveries (
            run uuid NOT NULL REFERENCES flow_runs ON DELETE CASCADE,
            stage text NOT NULL CHECK (stage IN ('in', 'out')),
            ward text NOT NULL CHECK (ward ~ '^[0-9]{6}$'),
            state text NOT NULL CHECK (state IN ('waiting', 'done', 'failed', 'stopped')),
            tries integer NOT NULL,
            why text,
            answer bytea,
            digest bytea CHECK (octet_length(digest) = 64),
            at timestamptz NOT NULL,
            PRIMARY KEY (run, stage, ward)
        );
    """)
    for table in ("flow_runs", "flow_deliveries"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY house ON {table} USING ({HOUSE})")
    # A ward sees what it started itself and what comes round by itself to all.
    op.execute(f"CREATE POLICY ward ON flow_runs FOR SELECT USING (ward = {MINE} OR (ward IS NULL AND {MINE} <> ''))")
    op.execute("CREATE POLICY ward ON flow_deliveries FOR SELECT USING (run IN (SELECT id FROM flow_runs))")


def downgrade() -> None:
    op.execute("DROP TABLE flow_deliveries, flow_runs")
