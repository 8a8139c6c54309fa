"""A draft on its way from one phone to another."""

revision = "0034_drafts"
down_revision = "0033_effect"


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
