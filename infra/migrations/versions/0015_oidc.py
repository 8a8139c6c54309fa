"""Logins under way say what for, at which provider and in which session; logins that end in another browser wait."""

from alembic import op

revision = "0015_oidc"
down_revision = "0014_trust"

HOUSE = "current_setting('app.door', true) = 'house'"
PURPOSES = "'login', 'step_up', 'link', 'staff'"


def upgrade() -> None:
    # A login under way lives ten minutes: those of the moment begin anew.
    op.execute("TRUNCATE login_attempts")
    op.execute(f"""
        ALTER TABLE login_attempts
            DROP COLUMN realm,
            ADD COLUMN provider text NOT NULL,
            ADD COLUMN purpose text NOT NULL CHECK (purpose IN ({PURPOSES})),
            ADD COLUMN session uuid,
            ADD COLUMN began_on text NOT NULL CHECK (length(began_on) <= 40),
            ADD CONSTRAINT login_attempts_session CHECK (session IS NOT NULL OR purpose IN ('login', 'staff'));
        CREATE TABLE login_handovers (
            id uuid PRIMARY KEY,
            browser_hash bytea NOT NULL CHECK (length(browser_hash) = 32),
            finisher_hash bytea NOT NULL UNIQUE CHECK (length(finisher_hash) = 32),
            provider text NOT NULL,
            purpose text NOT NULL CHECK (purpose IN ('login', 'step_up', 'link')),
            session uuid,
            to_path text NOT NULL,
            began_on text NOT NULL,
            began_at timestamptz NOT NULL,
            key_id text NOT NULL,
            data_key bytea NOT NULL,
            sealed bytea NOT NULL,
            tries smallint NOT NULL DEFAULT 0 CHECK (tries BETWEEN 0 AND 5),
            made_at timestamptz NOT NULL
        );
        CREATE INDEX login_handovers_by_browser ON login_handovers (browser_hash);
        CREATE INDEX login_handovers_by_age ON login_handovers (made_at);
        ALTER TABLE login_handovers ENABLE ROW LEVEL SECURITY;
        ALTER TABLE login_handovers FORCE ROW LEVEL SECURITY;
        CREATE POLICY house ON login_handovers USING ({HOUSE});
        ALTER TABLE login_log ADD COLUMN provider text, ADD COLUMN purpose text;
    """)


def downgrade() -> None:
    op.execute("""
        ALTER TABLE login_log DROP COLUMN provider, DROP COLUMN purpose;
        DROP TABLE login_handovers;
        TRUNCATE login_attempts;
        ALTER TABLE login_attempts
            DROP COLUMN provider, DROP COLUMN purpose, DROP COLUMN session, DROP COLUMN began_on,
            ADD COLUMN realm text NOT NULL CHECK (realm IN ('resident', 'staff'));
    """)
