"""Consent, the ledger and questions about it."""

revision = "0019_questions"
down_revision = "0018_family"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
