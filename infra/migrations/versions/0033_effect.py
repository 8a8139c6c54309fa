"""Assumptions behind the figures."""

revision = "0033_effect"
down_revision = "0032_calendars"


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
