"""Passkeys of residents and officials, ceremonies under way, the devices a resident came from, and what a session
knows of its own."""

from alembic import op

revision = "0017_passkeys"
down_revision = "0016_accounts"

HOUSE = "current_setting('app.door', true) = 'house'"
MINE = "resident = nullif(current_setting('app.resident', true), '')::uuid"


def upgrade() -> None:
    _passkeys()
    _challenges()
    _devices()
    _sessions()
    for table in ("passkeys", "passkey_challenges", "known_devices"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY house ON {table} USING ({HOUSE})")
    for table in ("passkeys", "known_devices"):
        op.execute(f"CREATE POLICY resident ON {table} FOR SELECT USING ({MINE})")


def _passkeys() -> None:
    """`identity`: how surely its owner was known when it was bound (身元確認), 1 to 3; a later use proves no more."""
    op.execute("""
        CREATE TABLE passkeys (
            id uuid PRIMARY KEY,
            credential bytea NOT NULL UNIQUE CHECK (length(credential) BETWEEN 1 AND 1023),
            resident uuid REFERENCES residents ON DELETE CASCADE,
            official uuid REFERENCES staff ON DELETE CASCADE,
            public_key bytea NOT NULL,
            sign_count bigint NOT NULL CHECK (sign_count >= 0),
            backup_eligible boolean NOT NULL,
            backed_up boolean NOT NULL CHECK (backup_eligible OR NOT backed_up),
            transports text[] NOT NULL,
            name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
            identity smallint NOT NULL CHECK (identity BETWEEN 1 AND 3),
            bound_by text NOT NULL CHECK (bound_by IN ('card', 'passkey', 'desk_code', 'realm')),
            made_at timestamptz NOT NULL,
            used_at timestamptz,
            CHECK (num_nonnulls(resident, official) = 1)
        );
        CREATE INDEX passkeys_of_resident ON passkeys (resident) WHERE resident IS NOT NULL;
        CREATE INDEX passkeys_of_official ON passkeys (official) WHERE official IS NOT NULL;
    """)


def _challenges() -> None:
    """`bound_to`: the hash of the session, or of the browser's secret, that began it; nobody's: a login."""
    op.execute("""
        CREATE TABLE passkey_challenges (
            challenge_hash bytea PRIMARY KEY CHECK (length(challenge_hash) = 32),
            act text NOT NULL CHECK (act IN ('bind', 'login', 'prove')),
            realm text NOT NULL CHECK (realm IN ('resident', 'staff')),
            owner uuid,
            bound_to bytea NOT NULL CHECK (length(bound_to) = 32),
            made_at timestamptz NOT NULL,
            CHECK (act = 'login' OR owner IS NOT NULL)
        );
        CREATE INDEX passkey_challenges_by_age ON passkey_challenges (made_at);
    """)


def _devices() -> None:
    """A browser she came from, known by a cookie of its own; `lock_part`: our part of the key of what it keeps."""
    op.execute("""
        CREATE TABLE known_devices (
            resident uuid NOT NULL REFERENCES residents ON DELETE CASCADE,
            device_hash bytea NOT NULL CHECK (length(device_hash) = 32),
            kind text NOT NULL CHECK (length(kind) <= 40),
            made_at timestamptz NOT NULL,
            seen_at timestamptz NOT NULL,
            lock_minutes smallint CHECK (lock_minutes BETWEEN 0 AND 1440),
            lock_part bytea,
            PRIMARY KEY (resident, device_hash)
        );
        CREATE INDEX known_devices_by_age ON known_devices (seen_at);
    """)


def _sessions() -> None:
    """`kind`: the device in codes (`iphone/safari`), as its browser told; '': it told nothing we know."""
    op.execute("""
        ALTER TABLE sessions
            ADD COLUMN kind text NOT NULL DEFAULT '' CHECK (length(kind) <= 40),
            ADD COLUMN device_hash bytea,
            ADD COLUMN passkey uuid REFERENCES passkeys ON DELETE SET NULL,
            ADD COLUMN locked_at timestamptz;
        CREATE INDEX sessions_by_passkey ON sessions (passkey) WHERE passkey IS NOT NULL;
    """)


def downgrade() -> None:
    op.execute("""
        ALTER TABLE sessions DROP COLUMN kind, DROP COLUMN device_hash, DROP COLUMN passkey, DROP COLUMN locked_at;
        DROP TABLE known_devices, passkey_challenges, passkeys;
    """)
