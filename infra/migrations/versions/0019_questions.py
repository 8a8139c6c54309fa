"""Consent, the ledger and questions about it."""

from alembic import op

revision = "0019_questions"
down_revision = "0018_family"

HOUSE = "current_setting('app.door', true) = 'house'"
MINE = "resident = nullif(current_setting('app.resident', true), '')::uuid"


def upgrade() -> None:
    _consents()


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
    op.execute("DROP TABLE consents_answered")
