"""Decisions and certificates, sealed."""

revision = "0029_documents"
down_revision = "0028_tasks"


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
