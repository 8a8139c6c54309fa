"""Feeds of dates."""

revision = "0032_calendars"
down_revision = "0031_payments"


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
