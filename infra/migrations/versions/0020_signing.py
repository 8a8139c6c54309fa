"""Signed applications and receipts."""

revision = "0020_signing"
down_revision = "0019_questions"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
