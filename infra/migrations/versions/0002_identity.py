"""Residents, officials and their sessions; grants; kept facts; the message log of the exchange."""

from alembic import op

revision = "0002_identity"
down_revision = "0001_jobs"

HOUSE = "current_setting('app.door', true) = 'house'"
OF_RESIDENT = "{column} = nullif(current_setting('app.resident', true), '')::uuid"
WHYS = "'timeout', 'unavailable', 'refused', 'wrong_answer', 'no_match', 'not_asked'"
WARD = "CHECK (ward ~ '^[0-9]{6}$')"


def upgrade() -> None:
    _residents()
    _officials()
    _logins()
    _grants_and_facts()
    _message_log()
    _doors()


def _residents() -> None:
    op.execute(f"""
        CREATE TABLE residents (
            id uuid PRIMARY KEY,
            issuer text NOT NULL,
            sub text NOT NULL,
            key_id text NOT NULL,
            data_key bytea NOT NULL,
            basics bytea NOT NULL,
            basics_at timestamptz NOT NULL,
            language text NOT NULL CHECK (language IN ('ja', 'easy', 'en')),
            ward text {WARD},
            made_at timestamptz NOT NULL,
            UNIQUE (issuer, sub)
        );
        CREATE INDEX residents_by_master_key ON residents (key_id);
        CREATE TABLE sessions (
            token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
            resident uuid NOT NULL REFERENCES residents ON DELETE CASCADE,
            made_at timestamptz NOT NULL,
            seen_at timestamptz NOT NULL,
            expires_at timestamptz NOT NULL
        ) WITH (fillfactor = 80);
        CREATE INDEX sessions_of_resident ON sessions (resident);
    """)


def _officials() -> None:
    op.execute(f"""
        CREATE TABLE staff (
            id uuid PRIMARY KEY,
            issuer text NOT NULL,
            sub text NOT NULL,
            name text NOT NULL,
            ward text NOT NULL {WARD},
            department text NOT NULL,
            roles text[] NOT NULL CHECK (roles <@ ARRAY['writer', 'approver'] AND cardinality(roles) > 0),
            made_at timestamptz NOT NULL,
            UNIQUE (issuer, sub)
        );
        CREATE TABLE staff_sessions (
            token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
            staff uuid NOT NULL REFERENCES staff ON DELETE CASCADE,
            made_at timestamptz NOT NULL,
            seen_at timestamptz NOT NULL,
            expires_at timestamptz NOT NULL
        );
        CREATE INDEX staff_sessions_of_official ON staff_sessions (staff);
    """)


def _logins() -> None:
    op.execute("""
        CREATE TABLE login_attempts (
            state_hash bytea PRIMARY KEY CHECK (length(state_hash) = 32),
            realm text NOT NULL CHECK (realm IN ('resident', 'staff')),
            verifier text NOT NULL,
            nonce text NOT NULL,
            browser_hash bytea NOT NULL,
            to_path text NOT NULL,
            made_at timestamptz NOT NULL
        );
        CREATE INDEX login_attempts_by_age ON login_attempts (made_at);
        CREATE TABLE login_log (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            at timestamptz NOT NULL,
            realm text NOT NULL CHECK (realm IN ('resident', 'staff')),
            outcome text NOT NULL,
            detail text,
            who uuid
        );
        CREATE INDEX login_log_by_age ON login_log (at);
    """)


def _grants_and_facts() -> None:
    op.execute(f"""
        CREATE TABLE grants (
            id uuid PRIMARY KEY,
            resident uuid NOT NULL REFERENCES residents ON DELETE CASCADE,
            source text NOT NULL,
            purpose text NOT NULL,
            text_version text NOT NULL,
            given_at timestamptz NOT NULL,
            ended_at timestamptz CHECK (ended_at >= given_at)
        );
        CREATE UNIQUE INDEX grants_that_hold ON grants (resident, source) WHERE ended_at IS NULL;
        CREATE INDEX grants_of_resident ON grants (resident);
        CREATE TABLE kept_facts (
            resident uuid NOT NULL REFERENCES residents ON DELETE CASCADE,
            source text NOT NULL,
            value bytea,
            told_at timestamptz,
            expires_at timestamptz,
            silent_since timestamptz,
            silent_why text CHECK (silent_why IN ({WHYS})),
            asked_at timestamptz,
            PRIMARY KEY (resident, source),
            CHECK ((value IS NULL) = (told_at IS NULL)),
            CHECK ((silent_since IS NULL) = (silent_why IS NULL))
        );
        CREATE INDEX kept_facts_by_expiry ON kept_facts (expires_at);
    """)


def _message_log() -> None:
    op.execute(f"""
        CREATE TABLE exchange_log (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            at timestamptz NOT NULL,
            message uuid NOT NULL,
            asker text NOT NULL,
            resident uuid,
            subject text NOT NULL,
            source text NOT NULL,
            service text NOT NULL,
            purpose text NOT NULL,
            basis text NOT NULL,
            request_digest bytea,
            answer_digest bytea,
            outcome text NOT NULL CHECK (outcome IN ('answered', {WHYS})),
            status smallint,
            took_ms integer NOT NULL
        );
        CREATE INDEX exchange_log_of_resident ON exchange_log (resident, at DESC, id DESC);
        CREATE INDEX exchange_log_by_age ON exchange_log (at);
    """)


def _doors() -> None:
    for table in ("residents", "sessions", "staff", "staff_sessions", "login_attempts", "grants", "kept_facts"):
        _locked(table)
        op.execute(f"CREATE POLICY house ON {table} USING ({HOUSE})")
    for table, column in (("residents", "id"), ("grants", "resident"), ("kept_facts", "resident")):
        op.execute(f"CREATE POLICY resident ON {table} USING ({OF_RESIDENT.format(column=column)})")
    # Logs: a row once written is never changed, through no door; the resident reads what is hers.
    for table in ("exchange_log", "login_log"):
        _locked(table)
        op.execute(f"CREATE POLICY house_reads ON {table} FOR SELECT USING ({HOUSE})")
        op.execute(f"CREATE POLICY house_writes ON {table} FOR INSERT WITH CHECK ({HOUSE})")
        op.execute(f"CREATE POLICY house_forgets ON {table} FOR DELETE USING ({HOUSE})")
    op.execute(f"CREATE POLICY resident ON exchange_log FOR SELECT USING ({OF_RESIDENT.format(column='resident')})")


def _locked(table: str) -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def downgrade() -> None:
    op.execute(
        "DROP TABLE exchange_log, kept_facts, grants, login_log, login_attempts, staff_sessions, staff, sessions,"
        " residents"
    )
