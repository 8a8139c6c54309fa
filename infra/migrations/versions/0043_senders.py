"""Who sends through the Sender API, whose yes it has, what it sent, and what it is told back."""

from alembic import op

revision = "0043_senders"
down_revision = "0042_push"

HOUSE = "current_setting('app.door', true) = 'house'"
MINE = "resident = nullif(current_setting('app.resident', true), '')::uuid"
WARD = (
    "ward = nullif(current_setting('app.ward', true), '') AND nullif(current_setting('app.school', true), '') IS NULL"
)


def upgrade() -> None:
    op.execute("""
        CREATE TABLE senders (
            id text PRIMARY KEY CHECK (length(id) <= 100),
            kind text NOT NULL CHECK (kind IN ('ward', 'school', 'nation', 'private')),
            ward text CHECK (ward ~ '^[0-9]{6}$'),
            name jsonb NOT NULL,
            url text CHECK (length(url) <= 500),
            made_at timestamptz NOT NULL,
            CHECK ((ward IS NOT NULL) = (kind IN ('ward', 'school')))
        );
        CREATE TABLE sender_keys (
            id uuid PRIMARY KEY,
            sender text NOT NULL REFERENCES senders ON DELETE CASCADE,
            ward text CHECK (ward ~ '^[0-9]{6}$'),
            label text NOT NULL CHECK (label <> '' AND length(label) <= 60),
            hash bytea NOT NULL UNIQUE CHECK (length(hash) = 32),
            scopes text[] NOT NULL CHECK (scopes <@ ARRAY['notices', 'cases', 'emergency'] AND cardinality(scopes) > 0),
            trial boolean NOT NULL,
            made_by text NOT NULL,
            made_at timestamptz NOT NULL,
            used_at timestamptz,
            revoked_at timestamptz
        );
        CREATE INDEX sender_keys_of_sender ON sender_keys (sender, made_at);
        CREATE TABLE sender_calls (
            id uuid PRIMARY KEY,
            sender text NOT NULL REFERENCES senders ON DELETE CASCADE,
            body jsonb NOT NULL,
            tries smallint NOT NULL,
            status integer,
            made_at timestamptz NOT NULL,
            done_at timestamptz,
            given_up_at timestamptz
        );
        CREATE INDEX sender_calls_of_sender ON sender_calls (sender, made_at);
        CREATE INDEX sender_calls_by_age ON sender_calls (made_at);
    """)
    _of_people()
    for table in ("senders", "sender_keys", "sender_calls", "sender_consents", "sender_events"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY house ON {table} USING ({HOUSE})")
    for table in ("senders", "sender_keys"):
        op.execute(f"CREATE POLICY ward ON {table} USING ({WARD})")
    for table in ("sender_consents", "sender_events"):
        op.execute(f"CREATE POLICY resident ON {table} USING ({MINE})")


def _of_people() -> None:
    """`subject` of an event: a keyed digest. `resident` null: she has not come yet, or a trial."""
    op.execute("""
        CREATE TABLE sender_consents (
            sender text NOT NULL REFERENCES senders ON DELETE CASCADE,
            subject text NOT NULL,
            resident uuid NOT NULL REFERENCES residents ON DELETE CASCADE,
            given_at timestamptz NOT NULL,
            ended_at timestamptz,
            PRIMARY KEY (sender, subject)
        );
        CREATE INDEX sender_consents_of_resident ON sender_consents (resident);
        CREATE TABLE sender_events (
            id uuid PRIMARY KEY,
            sender text NOT NULL REFERENCES senders ON DELETE CASCADE,
            trial boolean NOT NULL,
            name text NOT NULL CHECK (length(name) <= 100),
            digest bytea NOT NULL CHECK (length(digest) = 32),
            state text NOT NULL CHECK (state IN ('delivered', 'waiting', 'expired', 'failed')),
            resident uuid REFERENCES residents ON DELETE CASCADE,
            subject bytea NOT NULL,
            body bytea,
            case_key bytea CHECK (length(case_key) = 32),
            notice uuid,
            at timestamptz NOT NULL,
            taken_at timestamptz NOT NULL,
            waits_until timestamptz,
            opened_at timestamptz
        );
        CREATE UNIQUE INDEX sender_events_by_name ON sender_events (sender, trial, name, resident) NULLS NOT DISTINCT;
        CREATE INDEX sender_events_of_resident ON sender_events (resident, at) WHERE resident IS NOT NULL;
        CREATE INDEX sender_events_waiting ON sender_events (subject) WHERE state = 'waiting';
        CREATE INDEX sender_events_unopened ON sender_events (notice)
            WHERE opened_at IS NULL AND state = 'delivered' AND notice IS NOT NULL;
    """)


def downgrade() -> None:
    op.execute("DROP TABLE sender_events, sender_consents, sender_calls, sender_keys, senders")
