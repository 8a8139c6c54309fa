"""Facilities from open data, and slots at them."""

revision = "0030_facilities"
down_revision = "0029_documents"


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
