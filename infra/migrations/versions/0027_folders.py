"""What was answered and sent together."""

revision = "0027_folders"
down_revision = "0026_cases"


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
