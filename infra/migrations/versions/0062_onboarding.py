"""How far a ward has come before it is opened, who ticked what, who tries it out; and keys being wrapped anew."""

from alembic import op

revision = "0062_onboarding"
down_revision = "0061_administration"

HOUSE = "current_setting('app.door', true) = 'house'"
WARD = "ward = nullif(current_setting('app.ward', true), '') AND coalesce(current_setting('app.school', true), '') = ''"

BEFORE = (
    "'timeout', 'unavailable', 'refused', 'wrong_answer', 'no_match', 'not_asked', 'busy', 'resting', 'switched_off',"
    " 'planned_outage', 'stopped'"
)


def upgrade() -> None:
    """A ward without a row is live, as all were before. The house changes `stage`, after a second person's yes."""
    op.execute("""
        CREATE TABLE ward_stages (
            ward text PRIMARY KEY CHECK (ward ~ '^[0-9]{6}$'),
            stage text NOT NULL CHECK (stage IN ('preparing', 'trial', 'live')),
            at timestamptz NOT NULL,
            by_name text NOT NULL,
            agreed_by_name text
        );
        CREATE TABLE ward_ticks (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            ward text NOT NULL CHECK (ward ~ '^[0-9]{6}$'),
            item text NOT NULL,
            ticked boolean NOT NULL,
            note text NOT NULL,
            at timestamptz NOT NULL,
            by_name text NOT NULL
        );
        CREATE INDEX ward_ticks_of_ward ON ward_ticks (ward, item, id DESC);
        CREATE TABLE ward_testers (
            ward text NOT NULL CHECK (ward ~ '^[0-9]{6}$'),
            resident uuid NOT NULL,
            number text NOT NULL,
            at timestamptz NOT NULL,
            by_name text NOT NULL,
            PRIMARY KEY (ward, resident)
        );
        CREATE TABLE key_rewraps (
            id uuid PRIMARY KEY,
            ward text NOT NULL CHECK (ward ~ '^[0-9]{6}$'),
            key_id text NOT NULL,
            begun_at timestamptz NOT NULL,
            begun_by_name text NOT NULL,
            whole integer NOT NULL,
            done integer NOT NULL,
            ended_at timestamptz,
            fault text
        );
        CREATE UNIQUE INDEX one_rewrap ON key_rewraps ((true)) WHERE ended_at IS NULL;
    """)
    whys = f"{BEFORE}, 'not_started'"
    _check(whys)
    _holds("exchange_log", "exchange_log_outcome_check", f"outcome IN ('answered', 'overtaken', {whys})")
    for table in ("ward_stages", "ward_ticks", "ward_testers", "key_rewraps"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY house ON {table} USING ({HOUSE})")
    for table in ("ward_ticks", "ward_testers"):
        op.execute(f"CREATE POLICY ward ON {table} USING ({WARD})")
    for table in ("ward_stages", "key_rewraps"):
        op.execute(f"CREATE POLICY ward ON {table} FOR SELECT USING ({WARD})")


def downgrade() -> None:
    op.execute("DROP TABLE key_rewraps, ward_testers, ward_ticks, ward_stages")
    op.execute("SELECT set_config('app.door', 'house', true)")
    op.execute("UPDATE kept_facts SET silent_why = 'switched_off' WHERE silent_why = 'not_started'")
    _check(BEFORE)  # the log is never rewritten, so it goes on taking the new word


def _check(whys: str) -> None:
    _holds("kept_facts", "kept_facts_silent_why_check", f"silent_why IN ({whys})")


def _holds(table: str, name: str, what: str) -> None:
    """Rows from before fit the wider check: they are not read again."""
    op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({what}) NOT VALID")
