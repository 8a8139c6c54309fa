"""Consent, the ledger and questions about it."""

from alembic import op

revision = "0019_questions"
down_revision = "0018_family"

HOUSE = "current_setting('app.door', true) = 'house'"
MINE = "resident = nullif(current_setting('app.resident', true), '')::uuid"
WARDS = "ward = nullif(current_setting('app.ward', true), '')"


def upgrade() -> None:
    _consents()
    _questions()
    _wishes()
    _ways_into_the_log()


def _questions() -> None:
    """Her words and the ward's are sealed under her own key. What was asked is never changed, only answered, once."""
    op.execute("""
        CREATE TABLE ledger_questions (
            id uuid PRIMARY KEY,
            resident uuid NOT NULL REFERENCES residents ON DELETE CASCADE,
            ward text NOT NULL CHECK (ward ~ '^[0-9]{6}$'),
            entry bigint NOT NULL,
            entry_at timestamptz NOT NULL,
            about text NOT NULL,
            kind text NOT NULL CHECK (kind IN ('question', 'objection')),
            body bytea NOT NULL,
            asked_at timestamptz NOT NULL,
            due date NOT NULL,
            answer bytea,
            answered_at timestamptz CHECK (answered_at >= asked_at),
            answered_by uuid,
            answered_office text,
            CHECK (num_nonnulls(answer, answered_at, answered_by, answered_office) IN (0, 4))
        );
        CREATE UNIQUE INDEX ledger_questions_open ON ledger_questions (resident, entry) WHERE answered_at IS NULL;
        CREATE INDEX ledger_questions_of_resident ON ledger_questions (resident, asked_at DESC);
        CREATE INDEX ledger_questions_of_ward ON ledger_questions (ward, due, asked_at);
    """)
    _locked("ledger_questions")
    op.execute(f"CREATE POLICY house ON ledger_questions USING ({HOUSE})")
    op.execute(f"CREATE POLICY resident_reads ON ledger_questions FOR SELECT USING ({MINE})")
    op.execute(f"CREATE POLICY resident_asks ON ledger_questions FOR INSERT WITH CHECK ({MINE})")
    op.execute(f"CREATE POLICY ward_reads ON ledger_questions FOR SELECT USING ({WARDS})")


def _wishes() -> None:
    op.execute("""
        CREATE TABLE look_wishes (
            resident uuid PRIMARY KEY REFERENCES residents ON DELETE CASCADE,
            told boolean NOT NULL,
            at timestamptz NOT NULL
        );
    """)
    _locked("look_wishes")
    op.execute(f"CREATE POLICY house ON look_wishes USING ({HOUSE})")
    op.execute(f"CREATE POLICY resident ON look_wishes USING ({MINE})")


def _ways_into_the_log() -> None:
    """To refused readings of one resident, and to what officials of one ward looked at."""
    op.execute(
        "CREATE INDEX exchange_log_refused ON exchange_log (resident, at DESC, id DESC) WHERE outcome = 'refused'"
    )
    op.execute("CREATE INDEX exchange_log_looks ON exchange_log (caller, at DESC, id DESC) WHERE direction = 'within'")


def _consents() -> None:
    """Whoever had agreed by logging in before has answered: her grants stay."""
    op.execute("""
        CREATE TABLE consents_answered (
            resident uuid PRIMARY KEY REFERENCES residents ON DELETE CASCADE,
            text_version text NOT NULL,
            at timestamptz NOT NULL
        );
        INSERT INTO consents_answered (resident, text_version, at)
            SELECT DISTINCT ON (resident) resident, text_version, given_at FROM grants ORDER BY resident, given_at;
    """)
    _locked("consents_answered")
    op.execute(f"CREATE POLICY house ON consents_answered USING ({HOUSE})")
    op.execute(f"CREATE POLICY resident ON consents_answered USING ({MINE})")


def _locked(table: str) -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def downgrade() -> None:
    op.execute("DROP INDEX exchange_log_looks")
    op.execute("DROP INDEX exchange_log_refused")
    op.execute("DROP TABLE look_wishes, ledger_questions, consents_answered")
