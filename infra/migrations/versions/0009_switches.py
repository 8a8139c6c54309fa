"""What officials did to services (switched off and on, planned outages), who refreshes a home just now, new reasons
for silence, the role `operator`, and the way to the last calls of one service."""

from alembic import op

revision = "0009_switches"
down_revision = "0008_incoming"

HOUSE = "current_setting('app.door', true) = 'house'"
WARD = "nullif(current_setting('app.ward', true), '')"
MINE = "resident = nullif(current_setting('app.resident', true), '')::uuid"
BEFORE = "'timeout', 'unavailable', 'refused', 'wrong_answer', 'no_match', 'not_asked'"
WHYS = f"{BEFORE}, 'busy', 'resting', 'switched_off', 'planned_outage'"


def upgrade() -> None:
    _service_acts()
    _refresh_claims()
    _checks("kept_facts", "kept_facts_silent_why_check", f"silent_why IN ({WHYS})")
    _checks("exchange_log", "exchange_log_outcome_check", f"outcome IN ('answered', 'overtaken', {WHYS})")
    _checks("staff", "staff_roles_check", "roles <@ ARRAY['writer', 'approver', 'operator'] AND cardinality(roles) > 0")
    op.execute("CREATE INDEX exchange_log_of_service ON exchange_log (service, at DESC) INCLUDE (outcome, took_ms)")
    op.execute("CREATE INDEX kept_facts_silent ON kept_facts (source) WHERE silent_since IS NOT NULL")


def _service_acts() -> None:
    """Only adds, as the logs do: what holds now is told by the newest; ward '' means all of them."""
    op.execute("""
        CREATE TABLE service_acts (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            at timestamptz NOT NULL,
            source text NOT NULL CHECK (source <> ''),
            ward text NOT NULL CHECK (ward ~ '^([0-9]{6})?$'),
            act text NOT NULL CHECK (act IN ('off', 'on', 'outage', 'called_off')),
            reason text NOT NULL CHECK (length(reason) <= 500 AND (act <> 'off' OR reason <> '')),
            official uuid,
            official_name text NOT NULL,
            begins timestamptz,
            ends timestamptz CHECK (ends > begins),
            text_ja text,
            text_easy text,
            text_en text,
            outage bigint REFERENCES service_acts,
            CHECK ((act = 'outage') = (num_nonnulls(begins, ends, text_ja, text_easy, text_en) = 5)),
            CHECK ((act = 'called_off') = (outage IS NOT NULL))
        );
        CREATE INDEX service_acts_newest ON service_acts (source, ward, id DESC);
        CREATE INDEX service_acts_outages ON service_acts (ends) WHERE act = 'outage';
        CREATE UNIQUE INDEX service_acts_called_off ON service_acts (outage);
    """)
    _locked("service_acts")
    op.execute(f"CREATE POLICY house_reads ON service_acts FOR SELECT USING ({HOUSE})")
    op.execute(f"CREATE POLICY house_writes ON service_acts FOR INSERT WITH CHECK ({HOUSE})")
    op.execute(
        f"CREATE POLICY ward_reads ON service_acts FOR SELECT USING ({WARD} IS NOT NULL AND ward IN ('', {WARD}))"
    )
    op.execute(f"CREATE POLICY ward_writes ON service_acts FOR INSERT WITH CHECK (ward = {WARD})")


def _refresh_claims() -> None:
    op.execute("""
        CREATE TABLE refresh_claims (
            resident uuid NOT NULL REFERENCES residents ON DELETE CASCADE,
            what text NOT NULL,
            run uuid NOT NULL,
            until timestamptz NOT NULL,
            PRIMARY KEY (resident, what)
        ) WITH (fillfactor = 80);
    """)
    _locked("refresh_claims")
    op.execute(f"CREATE POLICY house ON refresh_claims USING ({HOUSE})")
    op.execute(f"CREATE POLICY resident ON refresh_claims USING ({MINE})")


def _locked(table: str) -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def _checks(table: str, name: str, what: str) -> None:
    op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({what}) NOT VALID")
    op.execute(f"ALTER TABLE {table} VALIDATE CONSTRAINT {name}")


def downgrade() -> None:
    op.execute("DROP INDEX kept_facts_silent")
    op.execute("DROP INDEX exchange_log_of_service")
    _checks("kept_facts", "kept_facts_silent_why_check", f"silent_why IN ({BEFORE})")
    _checks("exchange_log", "exchange_log_outcome_check", f"outcome IN ('answered', {BEFORE})")
    _checks("staff", "staff_roles_check", "roles <@ ARRAY['writer', 'approver'] AND cardinality(roles) > 0")
    op.execute("DROP TABLE refresh_claims, service_acts")
