"""Cases a ward works here, and what an application has become."""

revision = "0026_cases"
down_revision = "0025_trust"


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
