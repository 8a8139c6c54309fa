"""What a second official and both ends of a mandate need."""

revision = "0025_trust"
down_revision = "0024_purposes"


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
