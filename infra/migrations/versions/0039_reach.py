"""Her confirmed addresses, and how far the ladder has come with each notice: a bitmap a rung, no row a person."""

from alembic import op

revision = "0039_reach"
down_revision = "0038_desk"

HOUSE = "current_setting('app.door', true) = 'house'"
MINE = "resident = nullif(current_setting('app.resident', true), '')::uuid"
WARD = "nullif(current_setting('app.ward', true), '')"
SCHOOL = "nullif(current_setting('app.school', true), '')"
OF_SCHOOL = f"n.id = notice AND n.sender_key = 'school:' || {WARD} || ':' || {SCHOOL}"


def upgrade() -> None:
    op.execute("""
        CREATE TABLE reach_addresses (
            id uuid PRIMARY KEY,
            resident uuid NOT NULL REFERENCES residents ON DELETE CASCADE,
            kind text NOT NULL CHECK (kind IN ('email', 'sms')),
            address bytea NOT NULL CHECK (length(address) <= 400),
            code_hash bytea CHECK (length(code_hash) = 32),
            asked_at timestamptz NOT NULL,
            confirmed_at timestamptz,
            stopped_at timestamptz,
            bounced_at timestamptz,
            tries smallint NOT NULL DEFAULT 0,
            UNIQUE (resident, kind)
        );
        CREATE INDEX reach_addresses_unconfirmed ON reach_addresses (asked_at) WHERE confirmed_at IS NULL;
    """)
    _locked("reach_addresses")
    op.execute(f"CREATE POLICY resident ON reach_addresses USING ({MINE})")
    _climbs()


def _climbs() -> None:
    """`ward` null: a notice to one person, which no ward sees. `next_at` null: the ladder is over. `tried`: a roaring
    bitmap of contacts.number."""
    op.execute("""
        CREATE TABLE reach_climbs (
            notice uuid PRIMARY KEY,
            ward text,
            next_at timestamptz
        );
        CREATE INDEX reach_climbs_due ON reach_climbs (next_at) WHERE next_at IS NOT NULL;
        CREATE TABLE reach_steps (
            notice uuid NOT NULL,
            rung text NOT NULL CHECK (rung IN ('other_guardian', 'email', 'sms', 'letter')),
            ward text,
            tried bytea NOT NULL,
            sent integer NOT NULL,
            failed integer NOT NULL,
            no_way integer NOT NULL,
            spared integer NOT NULL,
            begun_at timestamptz NOT NULL,
            at timestamptz NOT NULL,
            PRIMARY KEY (notice, rung)
        );
    """)
    for table in ("reach_climbs", "reach_steps"):
        _locked(table)
    own = f"{SCHOOL} IS NULL OR EXISTS (SELECT FROM notices AS n WHERE {OF_SCHOOL})"
    op.execute(f"CREATE POLICY ward ON reach_steps FOR SELECT USING (ward = {WARD} AND ({own}))")


def _locked(table: str) -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY house ON {table} USING ({HOUSE})")


def downgrade() -> None:
    op.execute("DROP TABLE reach_steps, reach_climbs, reach_addresses")
