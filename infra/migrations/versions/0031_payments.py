"""Fees and slips."""

revision = "0031_payments"
down_revision = "0030_facilities"


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
